import JourneyQuery
import JourneyTime
import Language
import SourceText

/// Writes a question out in full: every `$name` replaced by what it stands for, and every property that events and customers may be asked
/// for by a name that says whose it is, so that a saved question means the same for ever.
private struct VariableWriter: SyntaxRewriter {
  let resolver: Resolver

  mutating func rewrite(_ path: PathSyntax) throws(Diagnostic) -> PathSyntax {
    guard case .variable(let name) = path else { return try inside(path) }
    let saved = try resolver.binding(of: name)
    guard case .path(let inner) = saved.argument else {
      throw Diagnostic(.variableKind, "$\(name.text) is \(saved.kindPhrase), not a path", at: name.span)
    }
    return try behind(name) { (writer) throws(Diagnostic) in try writer.rewrite(inner) }
  }

  mutating func rewrite(_ duration: DurationSyntax) throws(Diagnostic) -> DurationSyntax {
    guard case .variable(let name) = duration else { return duration }
    return .literal(try resolver.duration(duration), span: name.span)
  }

  mutating func rewrite(_ value: ValueSyntax) throws(Diagnostic) -> ValueSyntax {
    ValueSyntax(content: try resolver.literalContent(value), span: value.span)
  }

  mutating func rewrite(_ test: TestSyntax, of owner: PropertyOwner) throws(Diagnostic) -> TestSyntax {
    var test = test
    test.property = resolver.qualified(test.property, of: owner)
    return try inside(test)
  }

  mutating func rewrite(_ people: PeopleSyntax) throws(Diagnostic) -> PeopleSyntax {
    var writer = VariableWriter(resolver: resolver.ofPeople)
    return try writer.inside(people)
  }

  /// `by persona` asks for no property, unless the store has one of this name.
  mutating func rewrite(property name: NameSyntax) throws(Diagnostic) -> NameSyntax {
    resolver.group(by: name) == nil ? resolver.qualified(name) : name
  }

  /// `$_` as the number that it stands for now.
  mutating func rewrite(saved name: NameSyntax) throws(Diagnostic) -> NameSyntax { try resolver.written(saved: name) }

  /// A saved range stands as its own dates; a range between two variables as theirs.
  mutating func rewrite(_ range: RangeSyntax) throws(Diagnostic) -> RangeSyntax {
    guard case .dates(let first, let second) = range.content else { return range }
    if case .variable(let name) = first, second == nil {
      if case .range(let inner) = try resolver.binding(of: name).argument {
        let content = try behind(name) { (writer) throws(Diagnostic) in try writer.rewrite(inner).content }
        return RangeSyntax(content: content, span: range.span)
      }
    }
    let from = try end(first, isStart: true)
    let to = try second.map { (end) throws(Diagnostic) in try self.end(end, isStart: false) }
    return RangeSyntax(content: .dates(from, to), span: range.span)
  }

  /// A variable at the end of a range: the date it holds, or that end of the range it holds.
  private func end(_ end: RangeSyntax.End, isStart: Bool) throws(Diagnostic) -> RangeSyntax.End {
    guard case .variable(let name) = end else { return end }
    let saved = try resolver.binding(of: name)
    switch saved.argument {
    case .value(let value):
      if case .date(let date) = value.content { return .date(date) }
    case .range(let inner):
      if case .dates(let first, let second) = inner.content {
        return try behind(name) { (writer) throws(Diagnostic) in
          try writer.end(isStart ? first : second ?? first, isStart: isStart)
        }
      }
    default: break
    }
    throw Diagnostic(.variableKind, "$\(name.text) is \(saved.kindPhrase), not a date", at: name.span)
  }

  /// What a writer for the text of a definition makes.
  private func behind<Result>(
    _ name: NameSyntax, _ write: (inout VariableWriter) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    var writer = VariableWriter(resolver: try resolver.inside(name.text, at: name.span))
    return try write(&writer)
  }
}

extension Resolver {
  /// A question with variables written out, defaults left out.
  func written(_ parsed: ParsedStatement) throws(Diagnostic) -> ParsedStatement {
    var writer = VariableWriter(resolver: self)
    var written = try writer.rewrite(parsed)
    // Rows are sorted by the column of a group however the property of it was written.
    if let (name, isDescending) = parsed.clauses.sort, parsed.clauses.by.contains(where: { $0.text == name.text }),
      group(by: name) == nil, let property = vocabulary.property(qualified(name).text, of: .event)
    {
      var column = name
      column.text = property.name
      written.clauses[.sort] = .list([.name(column)] + (isDescending ? [.word("descending")] : []))
    }
    return written
  }

  func written(_ path: PathSyntax) throws(Diagnostic) -> PathSyntax {
    var writer = VariableWriter(resolver: self)
    return try writer.rewrite(path)
  }

  func written(_ range: RangeSyntax) throws(Diagnostic) -> RangeSyntax {
    var writer = VariableWriter(resolver: self)
    return try writer.rewrite(range)
  }

  /// `$_` as the number that it stands for now.
  func written(saved name: NameSyntax) throws(Diagnostic) -> NameSyntax {
    guard name.text == "_" else { return name }
    _ = try binding(of: name)
    var copy = name
    copy.text = String(vocabulary.variables.keys.compactMap(Int.init).max() ?? 1)
    return copy
  }

  /// An operand with variables written out, in canonical form: as maps, definitions and `let` keep it.
  func writtenText(of operand: Argument, as slot: Slot? = nil) throws(Diagnostic) -> String {
    var writer = VariableWriter(resolver: self)
    return Forms.grammar.canonical(try writer.rewrite(operand), as: slot)
  }
}
