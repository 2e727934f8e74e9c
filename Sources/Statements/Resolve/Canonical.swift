import JourneyQuery
import JourneyTime
import Language
import SourceText

// Writing a question out in full: every `$name` replaced by what it stands for, so that a saved question means the same for ever.

extension Resolver {
  /// A question with variables written out, defaults left out.
  func written(_ parsed: ParsedStatement) throws(Diagnostic) -> ParsedStatement {
    var parsed = parsed
    for (index, argument) in parsed.arguments.enumerated() {
      switch argument.value {
      case .path(let path): parsed.arguments[index].value = .path(try written(path))
      case .one(let one): parsed.arguments[index].value = .one(try written(one))
      case .people(let people): parsed.arguments[index].value = .people(try written(people))
      case .condition(let condition): parsed.arguments[index].value = .condition(try written(condition))
      default: continue
      }
    }
    parsed.clauses = try written(parsed.clauses)
    return parsed
  }

  /// The canonical text of what `let` saves.
  func writtenText(of value: Argument) throws(Diagnostic) -> String {
    switch value {
    case .path(let path): (try written(path)).canonical()
    case .range(let range): (try written(range)).canonical
    case .duration(let duration): (try written(duration)).canonical
    case .value(let literal): try literalText(written(literal))
    default: ""
    }
  }

  /// A text in quotes, so that it reads back as one.
  private func literalText(_ literal: ValueSyntax) -> String {
    if case .name(let name) = literal.content { name.text.quoted } else { literal.canonical() }
  }

  /// The clauses with variables written out.
  func written(_ clauses: ClausesSyntax) throws(Diagnostic) -> ClausesSyntax {
    var clauses = clauses
    clauses.filters = try clauses.filters.map { (filter) throws(Diagnostic) in try written(filter) }
    clauses.people = try clauses.people.map { (people) throws(Diagnostic) in try written(people) }
    clauses.by = try clauses.by.map { (name) throws(Diagnostic) in name.isVariable ? try written(saved: name) : name }
    if case .duration(let length)? = clauses.within { clauses.within = .duration(try written(length)) }
    clauses.during = try clauses.during.map { (range) throws(Diagnostic) in try written(range) }
    clauses.versus = try clauses.versus.map { (range) throws(Diagnostic) in try written(range) }
    clauses.without = try clauses.without.map { (one) throws(Diagnostic) in try written(one) }
    clauses.gap = try clauses.gap.map { (gap) throws(Diagnostic) in try written(gap) }
    if case .one(let one)? = clauses.at?.content { clauses.at?.content = .one(try written(one)) }
    return clauses
  }

  func written(_ path: PathSyntax) throws(Diagnostic) -> PathSyntax {
    switch path {
    case .variable(let name):
      let saved = try binding(of: name)
      guard case .path(let inner) = saved.argument else {
        throw Diagnostic("variable.kind", "$\(name.text) is \(saved.kindPhrase), not a path", at: name.span)
      }
      return try inside(name.text, at: name.span).written(inner)
    case .steps(let steps, let span):
      let whole = try steps.map { (step) throws(Diagnostic) in
        var step = step
        step.one = try written(step.one)
        if let limit = step.arrow?.limit { step.arrow?.limit = try written(limit) }
        return step
      }
      return .steps(whole, span: span)
    }
  }

  func written(_ one: OneSyntax) throws(Diagnostic) -> OneSyntax {
    var one = one
    if case .choice(let ones) = one.atom {
      one.atom = .choice(try ones.map { (inner) throws(Diagnostic) in try written(inner) })
    }
    one.condition = try one.condition.map { (condition) throws(Diagnostic) in try written(condition) }
    return one
  }

  func written(_ duration: DurationSyntax) throws(Diagnostic) -> DurationSyntax {
    guard case .variable(let name) = duration else { return duration }
    return .literal(try self.duration(duration), span: name.span)
  }

  private func written(_ condition: ConditionSyntax) throws(Diagnostic) -> ConditionSyntax {
    switch condition {
    case .test(let name, let test): .test(name, try written(test))
    case .not(let inner): .not(try written(inner))
    case .and(let parts): .and(try parts.map { (part) throws(Diagnostic) in try written(part) })
    case .or(let parts): .or(try parts.map { (part) throws(Diagnostic) in try written(part) })
    }
  }

  func written(_ people: PeopleSyntax) throws(Diagnostic) -> PeopleSyntax {
    switch people {
    case .property(let name, let test): return .property(name, try written(test))
    case .named: return people
    case .saved(let name): return .saved(try written(saved: name))
    case .did(var did):
      did.one = try written(did.one)
      did.during = try did.during.map { (range) throws(Diagnostic) in try written(range) }
      return .did(did)
    case .not(let inner): return .not(try written(inner))
    case .and(let parts): return .and(try parts.map { (part) throws(Diagnostic) in try written(part) })
    case .or(let parts): return .or(try parts.map { (part) throws(Diagnostic) in try written(part) })
    }
  }

  /// `$_` as the number that it stands for now.
  func written(saved name: NameSyntax) throws(Diagnostic) -> NameSyntax {
    guard name.text == "_" else { return name }
    _ = try binding(of: name)
    var copy = name
    copy.text = String(vocabulary.variables.keys.compactMap(Int.init).max() ?? 1)
    return copy
  }

  private func written(_ test: TestSyntax) throws(Diagnostic) -> TestSyntax {
    var test = test
    switch test.content {
    case .compare(let comparison, let value): test.content = .compare(comparison, try written(value))
    case .contains(let value): test.content = .contains(try written(value))
    case .oneOf(let values, let negated):
      test.content = .oneOf(try values.map { (value) throws(Diagnostic) in try written(value) }, negated: negated)
    case .missing: break
    }
    return test
  }

  private func written(_ value: ValueSyntax) throws(Diagnostic) -> ValueSyntax {
    ValueSyntax(content: try literalContent(value), span: value.span)
  }

  /// A saved range stands as its own dates; a range between two variables as theirs.
  func written(_ range: RangeSyntax) throws(Diagnostic) -> RangeSyntax {
    guard case .dates(let first, let second) = range.content else { return range }
    if case .variable(let name) = first, second == nil {
      let saved = try binding(of: name)
      if case .range(let inner) = saved.argument {
        return RangeSyntax(content: try inside(name.text, at: name.span).written(inner).content, span: range.span)
      }
    }
    let from = try written(first, start: true)
    let to = try second.map { (end) throws(Diagnostic) in try written(end, start: false) }
    return RangeSyntax(content: .dates(from, to), span: range.span)
  }

  /// A variable at the end of a range: the date it holds, or that end of the range it holds.
  private func written(_ end: RangeSyntax.End, start: Bool) throws(Diagnostic) -> RangeSyntax.End {
    guard case .variable(let name) = end else { return end }
    let saved = try binding(of: name)
    switch saved.argument {
    case .value(let value):
      if case .date(let date) = value.content { return .date(date) }
    case .range(let inner):
      if case .dates(let first, let second) = inner.content {
        return try inside(name.text, at: name.span).written(start ? first : second ?? first, start: start)
      }
    default: break
    }
    throw Diagnostic("variable.kind", "$\(name.text) is \(saved.kindPhrase), not a date", at: name.span)
  }
}
