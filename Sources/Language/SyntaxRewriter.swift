import JourneyQuery
import SourceText

/// Goes through all that a statement says and replaces what it is told to: variables by their values, say. What is not overridden
/// stays as it is; it may just be looked at. As deep as the parser lets statements be.
package protocol SyntaxRewriter {
  mutating func rewrite(_ path: PathSyntax) throws(Diagnostic) -> PathSyntax
  mutating func rewrite(_ duration: DurationSyntax) throws(Diagnostic) -> DurationSyntax
  mutating func rewrite(_ range: RangeSyntax) throws(Diagnostic) -> RangeSyntax
  mutating func rewrite(_ value: ValueSyntax) throws(Diagnostic) -> ValueSyntax
  /// - Parameter owner: what is tested: events, or their customers.
  mutating func rewrite(_ test: TestSyntax, of owner: PropertyOwner) throws(Diagnostic) -> TestSyntax
  mutating func rewrite(_ people: PeopleSyntax) throws(Diagnostic) -> PeopleSyntax
  /// A property that a clause names.
  mutating func rewrite(property name: NameSyntax) throws(Diagnostic) -> NameSyntax
  /// `$name` where it stands for people.
  mutating func rewrite(saved name: NameSyntax) throws(Diagnostic) -> NameSyntax
}

extension SyntaxRewriter {
  package mutating func rewrite(_ path: PathSyntax) throws(Diagnostic) -> PathSyntax { try inside(path) }
  package mutating func rewrite(_ duration: DurationSyntax) throws(Diagnostic) -> DurationSyntax { duration }
  package mutating func rewrite(_ range: RangeSyntax) throws(Diagnostic) -> RangeSyntax { range }
  package mutating func rewrite(_ value: ValueSyntax) throws(Diagnostic) -> ValueSyntax { value }
  package mutating func rewrite(_ test: TestSyntax, of owner: PropertyOwner) throws(Diagnostic) -> TestSyntax {
    try inside(test)
  }
  package mutating func rewrite(property name: NameSyntax) throws(Diagnostic) -> NameSyntax { name }
  package mutating func rewrite(saved name: NameSyntax) throws(Diagnostic) -> NameSyntax { name }

  package mutating func rewrite(_ statement: ParsedStatement) throws(Diagnostic) -> ParsedStatement {
    var statement = statement
    for index in statement.arguments.indices {
      statement.arguments[index].value = try rewrite(statement.arguments[index].value)
    }
    for (clause, operand) in statement.clauses.all {
      statement.clauses[clause] = clause.namesProperties ? try properties(operand) : try rewrite(operand)
    }
    return statement
  }

  private mutating func properties(_ argument: Argument) throws(Diagnostic) -> Argument {
    switch argument {
    case .name(let name) where !name.isVariable: .name(try rewrite(property: name))
    case .list(let list):
      .list(try all(list) { (writer, part) throws(Diagnostic) in try writer.properties(part) })
    default: try rewrite(argument)
    }
  }

  package mutating func rewrite(_ argument: Argument) throws(Diagnostic) -> Argument {
    switch argument {
    case .path(let path): return .path(try rewrite(path))
    case .one(let one): return .one(try rewrite(one))
    case .duration(let duration): return .duration(try rewrite(duration))
    case .range(let range): return .range(try rewrite(range))
    case .condition(let condition): return .condition(try rewrite(condition))
    case .people(let people): return .people(try rewrite(people))
    case .value(let value): return .value(try rewrite(value))
    case .statement(let statement): return .statement(try rewrite(statement))
    case .list(let list): return .list(try all(list) { (writer, part) throws(Diagnostic) in try writer.rewrite(part) })
    case .spot(var spot):
      if case .one(let one) = spot.content { spot.content = .one(try rewrite(one)) }
      return .spot(spot)
    case .name(let name): return name.isVariable ? .name(try rewrite(saved: name)) : argument
    case .word, .text, .number, .variable, .date, .comparison, .place, .setting, .meaning, .node: return argument
    }
  }

  package mutating func rewrite(_ one: OneSyntax) throws(Diagnostic) -> OneSyntax {
    var one = one
    if case .choice(let ones) = one.atom {
      one.atom = .choice(try all(ones) { (writer, one) throws(Diagnostic) in try writer.rewrite(one) })
    }
    if let condition = one.condition { one.condition = try rewrite(condition) }
    return one
  }

  package mutating func rewrite(_ condition: ConditionSyntax) throws(Diagnostic) -> ConditionSyntax {
    try tests(of: condition) { (writer, test) throws(Diagnostic) in try writer.rewrite(test, of: .event) }
  }

  package mutating func rewrite(_ people: PeopleSyntax) throws(Diagnostic) -> PeopleSyntax { try inside(people) }

  /// The tests of people rewritten.
  package mutating func inside(_ people: PeopleSyntax) throws(Diagnostic) -> PeopleSyntax {
    try tests(of: people) { (writer, test) throws(Diagnostic) in
      switch test {
      case .property(let test): return .property(try writer.rewrite(test, of: .customer))
      case .named: return test
      case .saved(let name): return .saved(try writer.rewrite(saved: name))
      case .did(var did):
        did.one = try writer.rewrite(did.one)
        if let range = did.during { did.during = try writer.rewrite(range) }
        return .did(did)
      }
    }
  }

  private mutating func tests<Test>(
    of logic: Logic<Test>, _ rewrite: (inout Self, Test) throws(Diagnostic) -> Test
  ) throws(Diagnostic) -> Logic<Test> {
    switch logic {
    case .test(let test): .test(try rewrite(&self, test))
    case .not(let inner): .not(try tests(of: inner, rewrite))
    case .and(let parts):
      .and(try all(parts) { (writer, part) throws(Diagnostic) in try writer.tests(of: part, rewrite) })
    case .or(let parts):
      .or(try all(parts) { (writer, part) throws(Diagnostic) in try writer.tests(of: part, rewrite) })
    }
  }

  /// The steps of a path rewritten.
  package mutating func inside(_ path: PathSyntax) throws(Diagnostic) -> PathSyntax {
    guard case .steps(var steps, let span) = path else { return path }
    for index in steps.indices {
      steps[index].one = try rewrite(steps[index].one)
      if let limit = steps[index].arrow?.limit { steps[index].arrow?.limit = try rewrite(limit) }
    }
    return .steps(steps, span: span)
  }

  /// The values of a test rewritten.
  package mutating func inside(_ test: TestSyntax) throws(Diagnostic) -> TestSyntax {
    var test = test
    switch test.content {
    case .compare(let comparison, let value): test.content = .compare(comparison, try rewrite(value))
    case .contains(let value): test.content = .contains(try rewrite(value))
    case .oneOf(let values, let isNegated):
      let values = try all(values) { (writer, value) throws(Diagnostic) in try writer.rewrite(value) }
      test.content = .oneOf(values, negated: isNegated)
    case .missing: break
    }
    return test
  }

  private mutating func all<Part>(
    _ parts: [Part], _ rewrite: (inout Self, Part) throws(Diagnostic) -> Part
  ) throws(Diagnostic) -> [Part] {
    var parts = parts
    for index in parts.indices { parts[index] = try rewrite(&self, parts[index]) }
    return parts
  }
}
