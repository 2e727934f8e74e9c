import JourneyModel
import JourneyQuery
import JourneyTime
import Language
import Rendering
import SourceText

/// `lift of win NAME [between A and B] …`: whether a win moved its figure.
enum LiftStatement: Question {
  static let form = Form(
    "lift", in: .ask,
    [
      "lift", "of", "win", .slot("win", .name(.element(.win))),
      .optional(["between", .slot("first", .test), "and", .slot("second", .test)]),
      .clauses([
        .within.taking(
          "The time from the first step to the last of a question with steps. Weeks whose customers still have time are left out."
        ),
        .where, .for,
        .during.taking("Keeps the weeks that lie in these dates whole: all that is looked at, before and after."), .as,
      ]),
    ],
    summary: "whether a win moved its figure more than ordinary weeks do",
    meaning: """
      The win's question is asked of each week, and 4 to 8 weeks before its date are set against as many after it; without a question it \
      is how many of its touchpoint come to the next. The same difference is taken at every earlier week, where nothing began: these are the \
      ordinary weeks. Raised or lowered is said where the difference may not be 0 at 95 %, weeks that resemble each other allowed for, and \
      not more than one ordinary week in twenty goes as far. With between it is the difference of two groups that is looked at: what \
      happened to both alike falls out. It takes \(questions.map { $0.form.name }.joined(separator: ", ")).
      """,
    examples: [
      "lift of win \"Guest checkout\"",
      "lift of win \"Guest checkout\" within 1d for device = phone",
      "lift of win \"Guest checkout\" between device = phone and device = desktop",
    ])

  /// The questions that have one figure a week of what happened in that week.
  static let questions: [any WeeklyQuestion.Type] = [
    FunnelStatement.self, ValueStatement.self, SessionsStatement.self, NPSStatement.self, CSATStatement.self,
    CESStatement.self,
  ]

  /// With the question's window, and groups as they are read.
  static func canonical(_ parsed: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic)
    -> ParsedStatement
  {
    let asked = try AskedLift(parsed, resolver, in: session)
    var canonical = parsed.between(asked.groups)
    canonical.clauses[.within] = asked.inner.clauses[.within]
    for (clause, operand) in try resolver.written(parsed).clauses.all where clause != .within {
      canonical.clauses[clause] = operand
    }
    return canonical
  }

  static func answer(_ canonical: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic)
    -> Answer
  {
    let asked = try AskedLift(canonical, resolver, in: session)
    let lift = try asked.question.lift(asked, resolver.inside(asked.win.name, at: asked.span), in: session)
    var answer = lift.answer
    answer.warnings += try session.incidents(in: lift.dates.map { [$0] } ?? [], except: asked.win.reference)
    return answer
  }

  static func rules(of canonical: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> [String] {
    [
      "The win's question is asked of each week by itself; a week counts once all that began in it had its time. Two years before are looked at.",
      "4 to 8 whole weeks before the win's date are set against as many after: the most that leave 19 earlier weeks to hold it against.",
      "A week in which the win began on another day than its first is in neither side.",
      "The difference of the means has the interval of Welch's t test, its variance widened by (1 + r) / (1 - r), r being what a week tells of the next.",
      "The same difference at each earlier week, sides ending before the win, says how far ordinary weeks go.",
      "Raised or lowered: the interval leaves out 0, and (1 + weeks as large) / (1 + weeks) is 1/20 or less; below 19 weeks none may be as large.",
      "Not enough data yet: fewer than 4 weeks or 30 counted on a side, or fewer than 9 ordinary weeks.",
    ]
  }
}

/// A compared question whose main figure is of what happened in the dates that are asked of.
protocol WeeklyQuestion: ComparedQuestion {}

extension FunnelStatement: WeeklyQuestion {}
extension ValueStatement: WeeklyQuestion {}
extension SessionsStatement: WeeklyQuestion {}
extension NPSStatement: WeeklyQuestion {}
extension CSATStatement: WeeklyQuestion {}
extension CESStatement: WeeklyQuestion {}

extension WeeklyQuestion {
  /// Throws where the question has no meaning.
  fileprivate static func check(
    _ complete: ParsedStatement, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) {
    _ = try query(complete, asking(complete, resolver, in: session).resolver)
  }

  fileprivate static func lift(
    _ asked: AskedLift, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> WinLift {
    let asking = try asking(asked.inner, resolver, in: session)
    func weekly(for group: PeopleSyntax?) throws(Diagnostic) -> Asked {
      var inner = asked.inner
      let people = [inner.clauses.people, group].compactMap(\.self)
      if !people.isEmpty { inner.clauses[.for] = .people(.all(of: people)) }
      var query = asking.resolver.complete(try query(inner, asking.resolver))
      query.keepSamples()
      return query
    }
    var queries: [Asked] = []
    if let (first, second) = asked.groups {
      let parted = PartedGroups(try weekly(for: first), try weekly(for: second))
      queries = [parted.first, parted.second]
    } else {
      queries = [try weekly(for: nil)]
    }
    let (executor, span) = (try asking.executor(), asking.resolver.vocabulary.span)
    let window = try asking.resolver.window(asked.inner.clauses)
    let groups = asked.groups.map { (first: $0.first.canonicalTest, second: $0.second.canonicalTest) }
    return try session.apart(at: asked.span) {
      [run = session.run, since = asked.since, sentence = asked.sentence, queries] () throws(ExecutionError) in
      let figures = try WeeklyFigures(
        of: queries, around: since.start, span: span, window: window, executor, run)
      return WinLift(figures, since: since, groups: groups, sentence: sentence)
    }
  }
}

/// What a `lift` asks: the question of its win, of each week, and of whom.
private struct AskedLift {
  let win: Element
  let since: (label: String, start: Instant)
  let question: any WeeklyQuestion.Type
  /// Complete, with the clauses of both places; without `per`.
  let inner: ParsedStatement
  /// The same as it is written, without what holds where nothing is said.
  let sentence: String
  /// As they are written out; nil of everybody.
  let groups: (first: PeopleSyntax, second: PeopleSyntax)?
  /// Of the win's name.
  let span: Range<Int>

  init(_ parsed: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic) {
    guard let name = parsed.name("win") else { throw .incomplete(parsed) }
    span = name.span
    let map = try session.activeMap(at: name.span)
    let wins = map.all(.win)
    guard let win = wins.first(where: { $0.name == name.text }) else {
      guard !wins.isEmpty else {
        throw Diagnostic(
          .winUnknown, "the map has no win", at: name.span,
          hint: "add win \(name.text.writtenAsName()) to TOUCHPOINT since DATE")
      }
      throw .unknown(.winUnknown, "win", name, among: wins.map(\.name))
    }
    self.win = win
    guard case .date(let label)? = win.attributes[.since]?.first, let date = CalendarDate(label) else {
      throw Diagnostic(
        .winUndated, "win '\(win.name)' does not say since when it is there", at: name.span,
        hint: "set win \(win.name.writtenAsName()) since \(resolver.vocabulary.exampleDay)")
    }
    since = (label, date.range(in: resolver.vocabulary.zone).lowerBound)
    let inside = try resolver.inside(win.name, at: name.span)
    let own = try Self.question(of: win, on: map, at: name.span)
    guard let question = Forms.statement(named: own.form) as? any WeeklyQuestion.Type else {
      throw Diagnostic(
        .liftFigure, "the question of win '\(win.name)' is '\(own.form)', which has no figure a week", at: name.span,
        hint: LiftStatement.questions.map { $0.form.name }.joined(separator: ", "))
    }
    self.question = question
    // What is wrong in the win's question is told at its name; what is wrong thereafter is of the statement's own words.
    do {
      _ = try question.check(question.canonical(own, inside, in: session), inside, in: session)
    } catch { throw error.inDefinition(of: win.name, at: name.span) }
    let asked = own.with(clausesOf: parsed.without([.as]))
    try Forms.grammar.check(asked)
    groups = try parsed.groups(of: asked, question, resolver, in: session)
    inner = try question.canonical(asked, inside, in: session)
    sentence = Forms.grammar.canonical(asked)
    if case .none? = inner.clauses[.within].map({ $0.asDuration }) {
      throw Diagnostic(
        .liftWindow, "without a window no week is ever over", at: parsed.clauses.spans[.within] ?? name.span,
        hint: "within 30d")
    }
  }

  /// The question on the map, or how many of the touchpoint come to the next.
  private static func question(
    of win: Element, on map: JourneyMap, at span: Range<Int>
  ) throws(Diagnostic) -> ParsedStatement {
    let meaning: String
    if let own = win.meaning { meaning = own } else { meaning = try next(to: win, on: map, at: span) }
    let question: ParsedStatement
    do { question = try Forms.grammar.parse(meaning) } catch { throw error.inDefinition(of: win.name, at: span) }
    if let several = [Clause.by, .vs].first(where: { question.clauses[$0] != nil }) {
      throw Diagnostic(
        .liftFigure, "the question of win '\(win.name)' has several figures, as it is asked '\(several)'", at: span,
        hint: "set win \(win.name.writtenAsName()) as \(question.form) …")
    }
    return question.without([.per, .sort, .top, .as, .at])
  }

  /// The funnel from the win's touchpoint to the next one in map order, or from its stage to the next.
  private static func next(to win: Element, on map: JourneyMap, at span: Range<Int>) throws(Diagnostic) -> String {
    let tree = MapTree(map)
    var place = win.parent.flatMap(tree.element)
    while let here = place, ![.touchpoint, .stage].contains(here.kind) { place = here.parent.flatMap(tree.element) }
    guard let place else {
      throw Diagnostic(
        .liftFigure, "win '\(win.name)' has no question, and hangs at no touchpoint", at: span,
        hint: "set win \(win.name.writtenAsName()) as funnel …")
    }
    let order = map.all(place.kind)
    guard let index = order.firstIndex(where: { $0.reference == place.reference }), index + 1 < order.count else {
      throw Diagnostic(
        .liftFigure, "win '\(win.name)' has no question, and hangs at the last \(place.kind.rawValue)", at: span,
        hint: "set win \(win.name.writtenAsName()) as funnel …")
    }
    return "funnel "
      + [place, order[index + 1]].map { "\($0.kind.rawValue) \($0.name.writtenAsName())" }.joined(separator: " -> ")
  }
}

extension Vocabulary {
  /// A day of the data, to type; any where there is none.
  fileprivate var exampleDay: String {
    span.map { CalendarUnit.day.label(of: $0.upperBound, in: zone) } ?? "2025-01-01"
  }
}

extension DiagnosticCode {
  package static let winUnknown = DiagnosticCode("win.unknown", "No win on the map is called so.")
  package static let winUndated = DiagnosticCode(
    "win.undated", "Before and after a win can only be told apart where it says since when it is there.")
  package static let liftFigure = DiagnosticCode(
    "lift.figure", "The win's question has not one figure a week; the hint lists questions that have.")
  package static let liftWindow = DiagnosticCode(
    "lift.window", "lift asks how each week went on, which a question without a window never knows.")
}
