import Interchange
import JourneyQuery
import JourneyTime
import Language
import SourceText
import Workspace

/// `load survey FILE`: reads what people answered.
enum LoadSurveyStatement: Statement {
  static let form = Form(
    "load survey", in: .data,
    [
      "load", "survey", .slot("file", .file),
      .repeated([
        .choice([
          [.slot("role", .oneOf(RowKind.survey.roles.map(\.rawValue))), .slot("column", .column)],
          ["scale", .slot("kind", .oneOf(ScoreScale.allCases.map(\.rawValue)))],
        ])
      ]),
      .optional(["zone", .slot("zone", .text)]), .optional(["again"]), .named,
    ],
    summary: "read what people answered: scores and comments",
    meaning: """
      A row an answer: time and score are needed, customer, comment, touchpoint and channel are used where they are there, and all others \
      become properties of the answer. What scores mean is read off them and said, or given: nps from 0 to 10, csat from 1 to 5, ces from 1 \
      to 7. An answer without a customer counts where no people are asked for; where no time has a clock, an answer stands at the end of its day. Answers \
      are no events. Without as, the survey is called main.
      """,
    examples: [
      "load survey \"nps.csv\"",
      "load survey \"service.csv\" score rating time submitted scale csat as service",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let name = parsed.name("name")?.text ?? FileLoad.standardName
    let known = try session.attempt(session.workspace.surveys()).first { $0.name == name }
    let given = parsed.word("kind").flatMap(ScoreScale.init)
    if let known, let given, known.scale != given.rawValue {
      throw Diagnostic(
        .surveyScale, "'\(name)' is answered as \(known.scale)", at: parsed.span(of: "kind"),
        hint: "\(given.rawValue), and as NAME keeps it apart")
    }
    let scale = given ?? known.flatMap { ScoreScale(rawValue: $0.scale) }
    let load = try FileLoad(of: .survey, into: name, scores: scale?.scores, parsed, in: session)
    let rows = try LoadedRows(load.loaded, of: load.shown)
    try ScoreScale.checkIsOne(rows, load)
    let column = load.loaded.summary.roles.first { $0.role == .score }?.column ?? ""
    let (answers, areDates) = try answers(of: rows, in: load.loaded.summary.zone)
    let found = scale ?? ScoreScale(of: answers.map(\.score), called: column)
    try session.attempt(at: parsed.span) { () throws(WorkspaceError) in
      try session.workspace.addAnswers(
        answers, scale: found.rawValue, rows.details, unknown: rows.unknown, to: name, from: load.source)
    }
    return .done(
      LoadReport(
        load.loaded.summary, headline(answers, load, name),
        remarks: [found.told(isGiven: scale != nil)]
          + (areDates ? ["times are dates: an answer stands at the end of its day"] : [])
          + held(known, name, parsed),
        properties: rows.details.map { ($0.name, $0.kind) }
      ).text)
  }

  private static func headline(_ answers: [AnswerRow], _ load: FileLoad, _ name: String) -> String {
    let people = Set(answers.compactMap(\.customer)).count
    let times = answers.map(\.at)
    let span = times.min().flatMap { first in times.max().map { first...$0 } }
    let nameless = answers.count { $0.customer == nil }
    return """
      loaded \(answers.count.counted("answer")) of \(people.counted("customer"))\
      \(nameless > 0 ? " and \(nameless.grouped) without one" : "") from '\(load.shown)' into survey '\(name)'\
      \(LoadReport.dates(span, in: load.loaded.summary.zone))
      """
  }

  private static func held(_ known: StoredSurvey?, _ name: String, _ parsed: ParsedStatement) -> [String] {
    guard let known, known.answers > 0, parsed.name("name") == nil else { return [] }
    return [
      "'\(name)' held \(known.answers.counted("answer")) before and holds both now; as NAME keeps a load by itself"
    ]
  }

  /// What the rows say, and whether they are dated without a clock: all then stand at the ends of their days.
  private static func answers(
    of rows: LoadedRows, in zone: Zone
  ) throws(Diagnostic) -> (answers: [AnswerRow], areDates: Bool) {
    var answers = try rows.map { row throws(Diagnostic) in
      AnswerRow(
        customer: row.key.isEmpty ? nil : row.key, at: Instant(microseconds: row.instant), score: Int(row.figure ?? 0),
        comment: rows.value(.comment, row)?.text, touchpoint: rows.value(.touchpoint, row)?.text,
        channel: rows.value(.channel, row)?.text, values: rows.values(row))
    }
    guard answers.allSatisfy({ CalendarUnit.day.start(of: $0.at, in: zone) == $0.at }) else { return (answers, false) }
    for index in answers.indices {
      let next = CalendarUnit.day.start(1, after: answers[index].at, in: zone)
      answers[index].at = Instant(microseconds: next.microseconds - 1)
    }
    return (answers, true)
  }
}

extension ScoreScale {
  /// As scores that are called so are probably meant: by a name that says it, else by how far they go.
  init(of scores: [Int], called name: String) {
    let named = Self.allCases.first { name.lowercased().contains($0.rawValue) }
    let (least, most) = (scores.min() ?? 0, scores.max() ?? 10)
    if let named, named.scores.contains(least), named.scores.contains(most) {
      self = named
    } else if least >= 1, most <= 5 {
      self = .csat
    } else {
      self = least >= 1 && most <= 7 ? .ces : .nps
    }
  }

  func told(isGiven: Bool) -> String {
    let others = Self.allCases.filter { $0 != self }.map(\.rawValue).joined(separator: " or ")
    return "scores are \(rawValue), \(scores.lowerBound) to \(scores.upperBound)"
      + (isGiven ? "" : " (scale \(others) says otherwise)")
  }

  /// Throws where a column says that scores are on several scales.
  static func checkIsOne(_ rows: LoadedRows, _ load: FileLoad) throws(Diagnostic) {
    for detail in rows.details where detail.kind == .text {
      let found = Set(rows.texts(of: detail).compactMap { ScoreScale(rawValue: $0.lowercased().filter(\.isLetter)) })
      guard found.count > 1 else { continue }
      let listed = found.map(\.rawValue).sorted().joined(separator: " and ")
      throw Diagnostic(
        .surveyScales, "column '\(detail.name)' says that scores are \(listed), and a survey has one scale",
        hint: "a file for each, load survey \"FILE\" scale nps as NAME", place: load.shown)
    }
  }
}

extension DiagnosticCode {
  package static let surveyScale = DiagnosticCode(
    "survey.scale", "The survey has answers on another scale.")
  package static let surveyScales = DiagnosticCode(
    "survey.scales", "A column says that scores are on several scales, and a survey has one.")
}
