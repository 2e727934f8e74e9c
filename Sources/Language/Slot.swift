import JourneyModel
import JourneyTime
import SourceText

/// A kind of operand: what may be written there, how it is read, and what help says of it. One value each; forms and clauses hold them.
package struct Slot: Sendable {
  typealias Read = @Sendable (inout Parser, _ follow: [Expectation]) throws(Diagnostic) -> Argument

  /// What tells it from others.
  private let id: String
  /// Its name in grammar lines; nil where a label says it better.
  let operand: String?
  /// What may be written for it, for the legend of grammar lines; nil where its name says enough.
  let meaning: String?
  /// What it may begin with.
  let first: @Sendable (Grammar) -> [Expectation]
  /// Reads one at the next token. `follow` is what may stand behind it.
  let read: Read
  /// The keywords it is one of, or one or more of; nil where it is not that.
  package private(set) var words: [String]?
  package private(set) var isList = false
  /// How its argument is printed where that is not how such arguments are.
  private(set) var writes: @Sendable (Grammar, Argument) -> String? = { _, _ in nil }

  private init(
    _ id: String, _ operand: String? = nil, _ meaning: String? = nil,
    opens: [Expectation] = [], first: (@Sendable (Grammar) -> [Expectation])? = nil, read: @escaping Read
  ) {
    (self.id, self.operand, self.meaning, self.read) = (id, operand, meaning, read)
    self.first = first ?? { _ in opens }
  }

  private func written(_ writes: @escaping @Sendable (Grammar, Argument) -> String?) -> Slot {
    var slot = self
    slot.writes = writes
    return slot
  }
}

extension Slot: Hashable {
  package static func == (left: Slot, right: Slot) -> Bool { left.id == right.id }
  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

// MARK: Names and literals

extension Slot {
  /// A word or string that names something of this sort (`name`).
  package static func name(_ names: Names) -> Slot {
    Slot(
      "name of \(names)", [.property, .grouping].contains(names) ? "PROPERTY" : names == .new ? "NAME" : nil,
      opens: [.name(names)]
    ) {
      parser, _ throws(Diagnostic) in
      .name(try parser.name(names))
    }
  }

  /// Any word or sign that help may be asked about, as it is written (`name`).
  package static let topic = Slot("topic", "TOPIC", opens: [.name(.topic)]) { parser, _ throws(Diagnostic) in
    .name(try parser.topic())
  }

  /// A quoted text that is a file or an address (`text`).
  package static let file = Slot("file", "FILE", "a quoted file name", opens: [.literal(.file)]) {
    parser, _ throws(Diagnostic) in
    .text(try parser.quoted(.file))
  }

  /// A quoted text (`text`).
  package static let text = Slot("text", "TEXT", opens: [.literal(.text)]) { parser, _ throws(Diagnostic) in
    .text(try parser.quoted(.text))
  }

  /// A whole number, 0 or more (`number`).
  package static let number = Slot("number", "N", opens: [.literal(.wholeNumber)]) { parser, _ throws(Diagnostic) in
    .number(try parser.wholeNumber())
  }

  /// A percent (`value`).
  package static let percent = Slot("percent", "PERCENT", opens: [.literal(.percent)]) { parser, _ throws(Diagnostic) in
    parser.expect(.literal(.percent))
    guard case .percent = parser.next.kind else { throw parser.failure() }
    return .value(try parser.value())
  }

  /// A whole number, 1 or more (`number`).
  package static let count = Slot("count", "N", opens: [.literal(.wholeNumber)]) { parser, _ throws(Diagnostic) in
    .number(try parser.wholeNumber(atLeast: 1))
  }

  /// `$name`, `$3`, `$_` (`variable`).
  package static let variable = Slot(
    "variable", "$NAME", "a saved value or answer: $name, $3 for the third of the session, $_ for the last",
    opens: [.literal(.variable)]
  ) { parser, _ throws(Diagnostic) in .variable(try parser.variable()) }

  /// A column of a file by name or by its number from 1 (`name` or `number`).
  package static let column = Slot(
    "column", "COLUMN", "a column by its name, or by its number from 1",
    opens: [.name(.column), .literal(.wholeNumber)]
  ) { parser, _ throws(Diagnostic) in
    if case .number = parser.next.kind { return .number(try parser.wholeNumber(atLeast: 1)) }
    return .name(try parser.name(.column))
  }

  /// A customer's id; digits need no quotes (`name`).
  package static let customer = Slot(
    "customer", "CUSTOMER", "a customer's id; quoted unless it is a name or digits",
    opens: [.name(.customer), .literal(.wholeNumber)]
  ) { parser, _ throws(Diagnostic) in
    // Digits are kept as they are written: `007` is not `7`.
    guard case .number = parser.next.kind, parser.next.raw.isDigits else { return .name(try parser.name(.customer)) }
    return .name(NameSyntax(text: parser.next.raw, isQuoted: false, span: parser.take(as: .literal).span))
  }.written { _, argument in argument.asName.flatMap { $0.text.isDigits ? $0.text : nil } }

  /// A column and whether its largest values come first (`list` of `name` and perhaps `word`).
  package static let sorting = Slot("sorting", "COLUMN [descending]", opens: [.name(.answerColumn)]) {
    parser, _ throws(Diagnostic) in
    let name = Argument.name(try parser.name(.answerColumn))
    return .list(parser.takes("descending") ? [name, .word("descending")] : [name])
  }.written { grammar, argument in argument.asList.map { grammar.canonical($0) }.joined(separator: " ") }

  /// One of these keywords (`word`). Few are said in the grammar line, many below it.
  package static func oneOf(_ words: [String]) -> Slot {
    let isFew = words.count <= 4
    var slot = Slot(
      "one of \(words)", isFew ? words.joined(separator: "|") : nil, isFew ? nil : words.joined(separator: ", "),
      opens: words.map(Expectation.keyword)
    ) { parser, _ throws(Diagnostic) in .word(try parser.oneOf(words)) }
    slot.words = words
    return slot
  }

  /// A unit of the calendar (`word`).
  package static let unit = Slot(
    "unit", CalendarUnit.allCases.map(\.rawValue).joined(separator: "|"),
    opens: CalendarUnit.allCases.map { .keyword($0.rawValue) }
  ) { parser, _ throws(Diagnostic) in .word(try parser.unit(isPlural: false).rawValue) }

  /// One or more of a kind, parted by commas (`list`).
  package static func list(of slot: Slot) -> Slot {
    let one = slot.operand ?? "WORD"
    var list = Slot("list of \(slot.id)", "\(one), \(one) …", first: slot.first) { parser, follow throws(Diagnostic) in
      var arguments: [Argument] = []
      repeat { arguments.append(try slot.read(&parser, follow)) } while parser.takes(.comma)
      return .list(arguments)
    }
    (list.words, list.isList) = (slot.words, true)
    return list
  }
}

// MARK: Values, dates and tests

extension Slot {
  /// A length of time (`duration`).
  package static let duration = Slot(
    "duration", "DURATION", opens: [.literal(.duration), .literal(.variable)]
  ) { parser, _ throws(Diagnostic) in .duration(try parser.duration()) }

  /// A length of time, or none at all (`duration` or `word`).
  package static let window = Slot(
    "window", "DURATION|forever", opens: [.keyword("forever"), .literal(.duration), .literal(.variable)]
  ) { parser, _ throws(Diagnostic) in parser.takes("forever") ? .word("forever") : .duration(try parser.duration()) }

  package static let range = Slot(
    "range", "DATES", "2025, 2025-Q3, 2025-07-01 .. 2025-07-14, last 12 weeks, $name",
    opens: [.literal(.date), .keyword("last"), .literal(.variable)]
  ) { parser, _ throws(Diagnostic) in .range(try parser.range()) }

  /// Dates, or those right before others (`range` or `word`).
  package static let rangeOrPrevious = Slot(
    "range or previous", "(DATES | previous)", first: { range.first($0) + [.keyword("previous")] }
  ) { parser, follow throws(Diagnostic) in
    parser.takes("previous") ? .word("previous") : try range.read(&parser, follow)
  }

  /// A date, a year included (`date`).
  package static let date = Slot(
    "date", "DATE", "2025, 2025-Q3, 2025-07, 2025-W31, 2025-07-01", opens: [.literal(.date)]
  ) { parser, _ throws(Diagnostic) in .date(try parser.date()) }

  package static let value = Slot(
    "value", "VALUE", "a number, percent, duration, date, true, false, name or $name", opens: Expectation.value(nil)
  ) { parser, _ throws(Diagnostic) in .value(try parser.value()) }

  /// A number, a percent or a duration (`value`).
  package static let figure = Slot(
    "figure", "NUMBER", "a number, a percent or a duration",
    opens: [.literal(.number), .literal(.percent), .literal(.duration)]
  ) { parser, _ throws(Diagnostic) in
    switch parser.next.kind {
    case .number, .percent, .duration: return .value(try parser.value())
    default: throw parser.failure()
    }
  }

  package static let comparison = Slot(
    "comparison", "COMPARISON", "= != < <= > >=", opens: Expectation.comparison
  ) { parser, _ throws(Diagnostic) in .comparison(try parser.comparison()) }

  package static let condition = Slot("condition", "CONDITION", opens: Expectation.check) {
    parser, _ throws(Diagnostic) in
    .condition(try parser.condition())
  }

  package static let people = Slot(
    "people", "PEOPLE",
    "tests of persons: device = mobile, did purchase 2 or more times in 2025-Q3, persona NAME, segment NAME",
    opens: Expectation.peopleTest
  ) { parser, _ throws(Diagnostic) in .people(try parser.people()) }

  /// One test of people, without `and` and `or` at its top (`people`).
  package static let test = Slot("test", "PEOPLE", opens: Expectation.peopleTest) { parser, _ throws(Diagnostic) in
    .people(try parser.personTest())
  }.written { _, argument in argument.asPeople?.canonicalTest }
}

// MARK: Steps

extension Slot {
  package static let one = Slot(
    "one", "STEP",
    "a touchpoint, stage, event or defined step, with or without (condition), {a | b} for either, * for any event",
    opens: Expectation.one
  ) { parser, _ throws(Diagnostic) in .one(try parser.one()) }

  package static let path = Slot(
    "path", "PATH",
    "steps joined by -> (later) or => (directly next), a time limit behind: ->[2h]; STEP? may be skipped",
    opens: Expectation.one + [.literal(.variable)]
  ) { parser, _ throws(Diagnostic) in .path(try parser.path()) }

  package static let spot = Slot(
    "spot", "STEP", "a step of the path, or its number from 1", opens: Expectation.one + [.literal(.wholeNumber)]
  ) { parser, _ throws(Diagnostic) in .spot(try parser.spot()) }
}

// MARK: The map

extension Slot {
  package static let place = Slot(
    "place", "PLACE", "to what it belongs, after or before which sibling: to Purchase after Payment",
    opens: [.keyword("to"), .keyword("after"), .keyword("before")]
  ) { parser, _ throws(Diagnostic) in .place(try parser.place()) }

  package static let node = Slot("node", "ELEMENT", opens: Expectation.node) { parser, _ throws(Diagnostic) in
    .node(try parser.node())
  }

  /// One attribute with its values (`setting`).
  package static let setting = Slot(
    "setting", "ATTRIBUTE VALUE", Attribute.allCases.map(\.rawValue).joined(separator: ", "),
    opens: Expectation.attribute
  ) { parser, _ throws(Diagnostic) in .setting(try parser.setting()) }

  /// `as` and what follows it (`meaning`).
  package static let meaning = Slot(
    "meaning", "as MEANING", "the people it stands for, or the question it is measured by", opens: [.keyword("as")]
  ) { parser, follow throws(Diagnostic) in .meaning(try parser.meaning(then: follow)) }
}

// MARK: Statements within statements

extension Slot {
  /// A literal, a span of dates, a path of at least two steps, or a question: what `let` takes (`value`, `range`, `path`, `statement`).
  package static let binding = Slot(
    "binding", "VALUE", "a number, text, duration, range of dates, a path of two steps or more, or a question",
    first: \.binding
  ) { parser, follow throws(Diagnostic) in
    try parser.binding(then: follow)
  }.written { grammar, argument in
    switch argument {
    // Bare, a text would begin a path.
    case .value(let value): if case .name(let name) = value.content { name.text.quoted } else { value.canonical() }
    case .path(let path): path.canonical(avoiding: grammar.binding.keywords)
    default: nil
    }
  }

  /// Any question (`statement`).
  package static let ask = Slot("ask", "QUESTION", first: \.asks.verbs) { parser, follow throws(Diagnostic) in
    .statement(try parser.innerStatement(parser.grammar.asks, then: follow))
  }

  /// Any question, or a variable (`statement` or `variable`).
  package static let askOrVariable = Slot(
    "ask or variable", "QUESTION|$NAME", "a question with its clauses, or a saved answer",
    first: { $0.asks.verbs + [.literal(.variable)] }
  ) { parser, follow throws(Diagnostic) in
    if case .variable = parser.next.kind { return .variable(try parser.variable()) }
    parser.expect(.literal(.variable))
    return try ask.read(&parser, follow)
  }

  /// A question that can be asked of two groups; its clauses become those of the statement around it (`statement`).
  package static let question = Slot("question", "QUESTION", first: \.questions.verbs) {
    parser, follow throws(Diagnostic) in
    var statement = try parser.innerStatement(parser.grammar.questions, then: follow)
    (parser.frame.clauses, statement.clauses) = (statement.clauses, ClausesSyntax())
    return .statement(statement)
  }

  /// Any statement (`statement`).
  package static let statement = Slot("statement", "STATEMENT", first: \.statements.verbs) {
    parser, follow throws(Diagnostic) in
    .statement(try parser.innerStatement(parser.grammar.statements, then: follow))
  }
}
