// Paths, steps, conditions and tests of people in canonical form: keywords lower case, one blank, names quoted only when they
// must be. `avoiding` are keywords that would win over a name at the very start.

extension PathSyntax {
  package func canonical(avoiding keywords: Set<String> = []) -> String {
    switch self {
    case .variable(let name): name.asVariable
    case .steps(let steps, _):
      steps.enumerated().map { index, step in step.canonical(avoiding: index == 0 ? keywords : []) }
        .joined(separator: " ")
    }
  }
}

extension StepSyntax {
  /// The step with the arrow that leads to it.
  package func canonical(avoiding keywords: Set<String> = []) -> String {
    (arrow.map { $0.canonical + " " } ?? "") + one.canonical(avoiding: keywords) + (isOptional ? "?" : "")
  }
}

extension ArrowSyntax {
  package var canonical: String { (isNext ? "=>" : "->") + (limit.map { "[\($0.canonical)]" } ?? "") }
}

extension OneSyntax {
  package func canonical(avoiding keywords: Set<String> = []) -> String {
    atom.canonical(avoiding: keywords) + (condition.map { "(\($0.canonical()))" } ?? "")
  }
}

extension OneSyntax.Atom {
  fileprivate func canonical(avoiding keywords: Set<String>) -> String {
    switch self {
    case .name(let name): name.canonical(avoiding: Competing.step.union(keywords))
    case .qualified(let qualifier, let name): "\(qualifier.rawValue) \(name.canonical())"
    case .choice(let alternatives): "{" + alternatives.map { $0.canonical() }.joined(separator: " | ") + "}"
    case .any: "*"
    }
  }
}

extension SpotSyntax {
  package var canonical: String {
    switch content {
    case .one(let one): one.canonical()
    case .number(let number): String(number)
    }
  }
}

/// A test that can be joined with others.
package protocol PrintedTest {
  /// `avoiding` are keywords that would win over a name at its start.
  func canonical(avoiding keywords: Set<String>) -> String
}

extension TestSyntax: PrintedTest {
  package func canonical(avoiding keywords: Set<String>) -> String {
    property.canonical(avoiding: keywords.union(Competing.check)) + " " + test
  }

  private var test: String {
    switch content {
    case .compare(let comparison, let value): "\(comparison.rawValue) \(value.canonical())"
    case .contains(let value): "~ \(value.canonical())"
    case .missing(let negated): negated ? "is not missing" : "is missing"
    case .oneOf(let values, let negated):
      (negated ? "not in [" : "in [") + values.map { $0.canonical() }.joined(separator: ", ") + "]"
    }
  }
}

extension PersonTestSyntax: PrintedTest {
  package func canonical(avoiding keywords: Set<String>) -> String {
    switch self {
    // Before a test `persona`, `segment` and `did` are names like any other.
    case .property(let test): test.canonical(avoiding: keywords)
    case .named(nil, let name): name.canonical(avoiding: Competing.person.union(keywords))
    case .named(let group?, let name): "\(group.rawValue) \(name.canonical(avoiding: Competing.afterGroup))"
    case .saved(let name): name.asVariable
    case .did(let did): did.canonical
    }
  }
}

/// How tightly a part of a test must hold together not to need brackets where it stands.
private enum Binding: Int {
  case or, and, not
}

extension Logic where Test: PrintedTest {
  /// `avoiding` are keywords that would win over a name at the very start.
  package func canonical(avoiding keywords: Set<String> = []) -> String { canonical(within: .or, keywords) }

  /// As one test, in brackets where it has `and` or `or` at its top.
  package var canonicalTest: String { canonical(within: .not, []) }

  private func canonical(within outer: Binding, _ keywords: Set<String>) -> String {
    switch self {
    case .test(let test): test.canonical(avoiding: keywords)
    case .not(let inner): "not " + inner.canonical(within: .not, [])
    case .and(let parts): joined(parts, .and, within: outer, keywords)
    case .or(let parts): joined(parts, .or, within: outer, keywords)
    }
  }

  private func joined(_ parts: [Logic], _ binding: Binding, within outer: Binding, _ keywords: Set<String>) -> String {
    let isBracketed = binding.rawValue < outer.rawValue
    let texts = parts.enumerated().map { index, part in
      part.canonical(within: binding, index == 0 && !isBracketed ? keywords : [])
    }
    let text = texts.joined(separator: " \(binding) ")
    return isBracketed ? "(\(text))" : text
  }
}

extension PeopleSyntax {
  /// Whether its last word is a segment or persona that is named without saying which.
  var endsWithBareName: Bool {
    switch self {
    case .test(.named(let group, _)): group == nil
    case .test: false
    case .not(let inner): inner.endsWithBareName
    case .and(let parts), .or(let parts): parts.last?.endsWithBareName ?? false
    }
  }
}

extension DidSyntax {
  package var canonical: String {
    // `did in`, `did is` and `did not` go on a test of a property called did.
    let what = one.canonical(avoiding: Competing.afterGroup)
    let count =
      switch times {
      case .atLeast(1): ""
      case .exactly(let count): " \(count) times"
      case .atLeast(let count): " \(count) or more times"
      case .atMost(let count): " \(count) or fewer times"
      }
    return "did \(what)\(count)" + (during.map { " in \($0.canonical)" } ?? "")
  }
}
