import JourneyQuery
import JourneyTime
import Language
import Rendering
import SourceText

/// `compare QUESTION [between A and B] …`: two groups of people, or two periods, and one question.
enum CompareStatement: Question {
  static let form = Form(
    "compare", in: .ask,
    [
      "compare", .choice([[.slot("question", .question)], [.result]]),
      .optional(["between", .slot("first", .test), "and", .slot("second", .test)]),
      .clauses(
        Clause.allCases.filter(clauses.contains).map { clause in
          switch clause {
          case .sort:
            .sort.taking("The column that rows of groups are sorted by, the smallest first unless descending.")
          case .top: .top.taking("How many groups of by are shown, those that are largest in both together.")
          case .counting:
            .counting.taking(Clause.counting.meaning, .oneOf(countings), standard: Clause.counting.standard)
          default: clause
          }
        }),
    ],
    summary: "one question of two groups, and whether their figures differ",
    meaning: """
      Both groups are asked the same, with all clauses that the question uses; without between, both dates of during and vs. A row per figure has \
      the figure of each, the first less the second with where that may lie at 95 %, p, and a verdict: higher, lower, not told apart, or too few \
      below 30 in a group. P is how likely chance alone makes so large a difference where there is none; a verdict needs less than \
      0.05. By adds a row per value for the main figure. People in both groups are left out of both. Rates are of \
      funnel, retention, csat, sessions and conform, means of value, ces and conform, medians of time, the score of nps.
      """,
    examples: [
      "compare funnel visit -> purchase within 7d between device = phone and device = desktop",
      "compare value between did wishlist_added and not did wishlist_added by channel",
      "compare retention of purchase per month during 2025-Q1 vs previous",
    ])

  static let severalBy: [Clause] = [.by]

  /// The questions that have a rate, a mean or a score.
  static let questions: [any ComparedQuestion.Type] = [
    FunnelStatement.self, TimeStatement.self, ConformStatement.self, RetentionStatement.self, SessionsStatement.self,
    ValueStatement.self, NPSStatement.self, CSATStatement.self, CESStatement.self,
  ]

  /// What any of them counts.
  private static let countings = ["customers", "entries", "sessions", "events"]

  /// Those that some of them use, and its own.
  private static let clauses = Set(questions.flatMap { $0.form.clauses ?? [] } + [.vs, .expected, .sort, .top, .as])

  /// The question with all written out, also what a variable stood for; what both places of clauses say is one.
  static func canonical(_ parsed: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic)
    -> ParsedStatement
  {
    let asked = try parsed.placing { () throws(Diagnostic) in
      try AskedComparison(parsed, resolver, in: session)
    }
    return parsed.asking(asked.inner).between(asked.groups)
  }

  static func answer(_ canonical: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic)
    -> Answer
  {
    let answer = try canonical.placing { () throws(Diagnostic) in
      let asked = try AskedComparison(canonical, resolver, in: session)
      return try asked.question.comparison(asked, resolver, in: session)
    }
    return try answer.sorted(by: canonical.clauses)
  }

  static func sortableColumns(
    _ parsed: ParsedStatement, _ resolver: Resolver, in session: Session
  ) throws(Diagnostic) -> [String] {
    let asked = try AskedComparison(parsed, resolver, in: session)
    guard !asked.inner.clauses.by.isEmpty else { return [] }
    return asked.inner.clauses.by.map(\.text) + ["of", "difference", "p", "verdict"]
  }

  static func rules(of canonical: ParsedStatement, _ resolver: Resolver) throws(Diagnostic) -> [String] {
    guard let inner = canonical.statement("question"),
      let question = Forms.statement(named: inner.form) as? any Question.Type
    else { throw .incomplete(canonical) }
    var asked = inner
    asked.clauses = canonical.clauses
    return try question.rules(of: asked, resolver)
  }
}

/// What a `compare` asks: the question, with the clauses of both places, and of whom.
struct AskedComparison {
  let question: any ComparedQuestion.Type
  /// Complete, with the clauses that are the question's own.
  let inner: ParsedStatement
  /// As they are written out; nil where two periods are compared.
  let groups: (first: PeopleSyntax, second: PeopleSyntax)?
  /// The share that the first group was meant to hold.
  let expected: Double?
  let clauses: ClausesSyntax
  let span: Range<Int>

  init(_ parsed: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic) {
    var asked = try parsed.innerQuestion(resolver)
    if asked.form == CompareStatement.form.name, let saved = parsed.variable("result") {
      let own = asked.statement("question")?.form ?? "value"
      throw Diagnostic(
        .compareFigure, "\(saved.asVariable) is a comparison already, and its figures are differences",
        at: parsed.placeOfInner, hint: "compare \(own) … between A and B, or show \(saved.asVariable)")
    }
    guard let question = Forms.statement(named: asked.form) as? any ComparedQuestion.Type else {
      throw Diagnostic(
        .compareFigure, "'\(asked.form)' has no rate, mean or score that could differ", at: parsed.placeOfInner,
        hint: CompareStatement.questions.map { $0.form.name }.joined(separator: ", "))
    }
    (self.question, clauses, span) = (question, parsed.clauses, parsed.span)
    try Self.check(parsed, asked)
    asked = try Self.withoutPeriods(asked)
    expected = try Self.expected(asked.clauses)
    asked.clauses.remove(.expected)
    let plain = asked.without([.sort, .vs])
    groups = try parsed.groups(of: plain, question, resolver, in: session)
    var complete = try question.canonical(plain, resolver, in: session)
    for clause in [Clause.sort, .vs] { complete.clauses[clause] = asked.clauses[clause] }
    inner = complete
  }

  private static func expected(_ clauses: ClausesSyntax) throws(Diagnostic) -> Double? {
    guard case .value(let value)? = clauses[.expected], case .share(let share) = value.content else { return nil }
    guard 0 < share, share < 1 else {
      throw Diagnostic(
        .compareExpected, "one of two groups is more than nobody and less than everybody", at: value.span, hint: "50%")
    }
    return share
  }

  /// That the question uses all its clauses, and that there are two to compare.
  private static func check(_ parsed: ParsedStatement, _ asked: ParsedStatement) throws(Diagnostic) {
    try Forms.grammar.check(asked.without([.expected, .sort, .vs]))
    try checkCounting(of: asked)
    if let span = asked.clauses.spans[.sort], asked.clauses.by.isEmpty {
      throw Diagnostic(
        .clauseNeeds, "'sort' is of the rows of groups, and there is no 'by'", at: span, hint: "by device")
    }
    let isOfDates = asked.clauses[.vs] != nil
    if parsed.has("between") {
      guard isOfDates else { return }
      throw Diagnostic(
        .clauseConflict, "two groups are compared, and 'vs' would be two periods of each", at: asked.clauses.spans[.vs],
        hint: "without vs, or without between")
    }
    guard isOfDates else {
      throw Diagnostic(
        .compareSides, "there are no two sides to compare", at: parsed.placeOfInner,
        hint: "between device = phone and device = desktop, or during 2025-Q2 vs 2025-Q1")
    }
    if let span = asked.clauses.spans[.expected] {
      throw Diagnostic(
        .clauseNeeds, "'expected' is of the sizes of two groups, and here two periods are compared", at: span,
        hint: "between A and B")
    }
  }
}

extension AskedComparison {
  /// That the question counts such things: the clause may stand where any of them is taken.
  private static func checkCounting(of asked: ParsedStatement) throws(Diagnostic) {
    guard let own = Forms.grammar.form(named: asked.form)?.clauses?.first(where: { $0 == .counting }),
      let word = asked.clauses[.counting]?.asWord
    else { return }
    do { _ = try Forms.grammar.parse(word, as: own.slot) } catch {
      throw Diagnostic(error.code, error.message, at: asked.clauses.spans[.counting], hint: error.hint)
    }
  }

  /// Periods make several figures of a question, of which one is compared; of cohorts they are what these are made of.
  private static func withoutPeriods(_ asked: ParsedStatement) throws(Diagnostic) -> ParsedStatement {
    guard asked.form != RetentionStatement.form.name, asked.clauses[.per] != nil else { return asked }
    if let span = asked.clauses.spans[.per] {
      throw Diagnostic(
        .clauseConflict, "a comparison is of all dates together, and 'per' would be one of each unit", at: span,
        hint: "without per; \(asked.form) … by … per … shows both over time")
    }
    return asked.without([.per])
  }
}

extension DiagnosticCode {
  package static let compareFigure = DiagnosticCode(
    "compare.figure",
    "The question has no figure whose difference could be tested; the hint lists questions that have one.")
  package static let compareSides = DiagnosticCode(
    "compare.sides", "compare needs two groups behind between, or two periods: during 2025-Q2 vs 2025-Q1.")
}
