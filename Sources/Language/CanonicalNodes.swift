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
    atom.canonical(avoiding: keywords) + (condition.map { "(\($0.canonical))" } ?? "")
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

extension TestSyntax {
  package var canonical: String {
    switch content {
    case .compare(let comparison, let value): "\(comparison.rawValue) \(value.canonical())"
    case .contains(let value): "~ \(value.canonical())"
    case .missing(let negated): negated ? "is not missing" : "is missing"
    case .oneOf(let values, let negated):
      (negated ? "not in [" : "in [") + values.map { $0.canonical() }.joined(separator: ", ") + "]"
    }
  }
}

/// How tightly a part of a test must hold together not to need brackets where it stands.
private enum Binding: Int {
  case or, and, not
}

extension ConditionSyntax {
  package var canonical: String { canonical(within: .or) }

  private func canonical(within outer: Binding) -> String {
    switch self {
    case .test(let name, let test): "\(name.canonical(avoiding: Competing.check)) \(test.canonical)"
    case .not(let inner): "not " + inner.canonical(within: .not)
    case .and(let parts): joined(parts, .and, within: outer)
    case .or(let parts): joined(parts, .or, within: outer)
    }
  }

  private func joined(_ parts: [ConditionSyntax], _ binding: Binding, within outer: Binding) -> String {
    let text = parts.map { $0.canonical(within: binding) }.joined(separator: " \(binding) ")
    return binding.rawValue < outer.rawValue ? "(\(text))" : text
  }
}

extension PeopleSyntax {
  /// `avoiding` are keywords that would win over a name at the very start.
  package func canonical(avoiding keywords: Set<String> = []) -> String { canonical(within: .or, keywords) }

  /// As one test, in brackets where it has `and` or `or` at its top.
  var canonicalTest: String { canonical(within: .not, []) }

  private func canonical(within outer: Binding, _ keywords: Set<String>) -> String {
    switch self {
    case .property(let name, let test): return "\(property(name, avoiding: keywords)) \(test.canonical)"
    case .named(nil, let name): return name.canonical(avoiding: Competing.person.union(keywords))
    case .named(let group?, let name):
      return "\(group.rawValue) \(name.canonical(avoiding: Competing.afterGroup))"
    case .saved(let name): return name.asVariable
    case .did(let did): return did.canonical
    case .not(let inner): return "not " + inner.canonical(within: .not, [])
    case .and(let parts): return joined(parts, .and, within: outer, keywords)
    case .or(let parts): return joined(parts, .or, within: outer, keywords)
    }
  }

  /// Before a test `persona`, `segment` and `did` are names like any other.
  private func property(_ name: NameSyntax, avoiding keywords: Set<String>) -> String {
    name.canonical(avoiding: keywords.union(["not"]))
  }

  private func joined(
    _ parts: [PeopleSyntax], _ binding: Binding, within outer: Binding, _ keywords: Set<String>
  ) -> String {
    let isBracketed = binding.rawValue < outer.rawValue
    let texts = parts.enumerated().map { index, part in
      part.canonical(within: binding, index == 0 && !isBracketed ? keywords : [])
    }
    let text = texts.joined(separator: " \(binding) ")
    return isBracketed ? "(\(text))" : text
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
