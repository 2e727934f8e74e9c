// Clauses in canonical form and order.

extension ClausesSyntax {
  /// All clauses that are set, in the order of `Clause.allCases`, joined by blanks; empty if none is.
  package var canonical: String {
    Clause.allCases.compactMap { clause in canonical(clause).map { "\(clause.rawValue) \($0)" } }
      .joined(separator: " ")
  }

  /// The same where a comparison follows: a group that ends it without its word is put in brackets, else it would read as a property.
  var canonicalBeforeComparison: String {
    let last = Clause.allCases.last { canonical($0) != nil }
    guard last == .for, let people, people.endsWithBareName else { return canonical }
    var others = self
    others.people = nil
    return (others.canonical + " for (\(people.canonical()))").trimmingPrefix(" ").description
  }

  /// What stands behind the clause's word; nil where the clause is not set. Several filters are one by `and`.
  package func canonical(_ clause: Clause) -> String? {
    switch clause {
    case .within: within?.canonical
    case .order: order
    case .entry: entry
    case .counting: counting
    case .gap: gap?.canonical
    case .without: without.isEmpty ? nil : without.map { $0.canonical() }.joined(separator: ", ")
    case .holding: holding?.canonical()
    case .where: filters.isEmpty ? nil : ConditionSyntax.all(of: filters).canonical
    case .for: people?.canonical()
    case .by: by.isEmpty ? nil : by.map { $0.canonical() }.joined(separator: ", ")
    case .at: at?.canonical
    case .during: during?.canonical
    case .vs: versus?.canonical
    case .per: per?.rawValue
    case .depth: depth.map(String.init)
    case .top: top.map(String.init)
    case .using: using.isEmpty ? nil : using.joined(separator: ", ")
    case .as: name?.canonical()
    }
  }
}

extension PeopleSyntax {
  /// Whether its last word is a segment or persona that is named without saying which.
  fileprivate var endsWithBareName: Bool {
    switch self {
    case .named(nil, _): true
    case .named, .property, .saved, .did: false
    case .not(let inner): inner.endsWithBareName
    case .and(let parts), .or(let parts): parts.last?.endsWithBareName ?? false
    }
  }
}
