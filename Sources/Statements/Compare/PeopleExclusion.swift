import JourneyQuery

extension People {
  /// Whether it follows from the tests alone that nobody passes both. False says nothing.
  func excludes(_ other: People) -> Bool {
    let (own, others) = (parts, other.parts)
    return own.contains { part in others.contains { part.isOpposite(of: $0) } }
  }

  /// Tests all of which must be true.
  private var parts: [People] {
    if case .and(let parts) = self { parts.flatMap(\.parts) } else { [self] }
  }

  private func isOpposite(of other: People) -> Bool {
    switch (self, other) {
    case (.not(let inner), _) where inner == other: true
    case (_, .not(let inner)) where inner == self: true
    case (.listed(let one), .listed(let two)): Set(one).isDisjoint(with: two)
    case (.property(let one), .property(let two)) where one.property == two.property:
      if let own = one.test.values, let others = two.test.values { own.isDisjoint(with: others) } else { false }
    default: false
    }
  }
}

extension ValueTest {
  /// What alone passes; nil where that is not a few values, each equal to itself only.
  fileprivate var values: Set<Value>? {
    let values: [Value]
    switch self {
    case .compare(.equal, let value): values = [value]
    case .oneOf(let several): values = several
    case .compare, .contains, .isMissing: return nil
    }
    // A date is all of its instants.
    return values.contains { if case .date = $0 { true } else { false } } ? nil : Set(values)
  }
}
