import JourneyModel
import JourneyQuery
import JourneyTime
import Language
import Rendering
import SourceText
import Workspace

/// `review [DATES] [since DATE|SNAPSHOT]`: one page for the meeting.
enum ReviewStatement: Statement {
  static let form = Form(
    "review", in: .judge,
    ["review", .optional([.slot("range", .range)]), .since],
    summary: "one page for the meeting: figures, wins, losses, work",
    meaning: """
      Without dates it is of the last whole month of the data, and since its start. Kpis and goals are those of kpis, wins those of lift; losses \
      are the stages at which most customers left the map in these dates, priced as pains are; below stand what changed on the map, touchpoints that nobody reviewed in the 90 days before the end, and what \
      check map finds. It marks nothing as reviewed: set touchpoint NAME reviewed DATE does.
      """,
    examples: [
      "review",
      "review 2025-Q2 since 2025-04-01",
      "review last 4 weeks",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    .answer(try session.review(parsed))
  }
}

/// `export review [DATES] [since DATE|SNAPSHOT] to FILE [as FORMAT]`.
enum ExportReviewStatement: Statement {
  static let form = Form(
    "export review", in: .data,
    ["export", "review", .optional([.slot("range", .range)]), .since, .exported],
    summary: "write the page for the meeting to a file",
    meaning: """
      All that review shows, as an answer is written: html prints on paper, markdown goes into a wiki.
      """,
    examples: [
      "export review to \"review.html\"",
      "export review 2025-05 to \"review.md\"",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    try session.files.door.check()
    let target = try ExportTarget(parsed, among: FileFormat.answers)
    let answer = try session.review(parsed)
    let warnings = try session.write(answer, to: target)
    return .done("wrote the review to '\(target.file)'", warnings: warnings)
  }
}

extension Session {
  /// The page that a statement with `range` and `since` asks for.
  fileprivate func review(_ parsed: ParsedStatement) throws(Diagnostic) -> Answer {
    let map = try activeMap(at: parsed.span)
    let resolver = try resolver()
    let zone = resolver.vocabulary.zone
    guard let span = resolver.vocabulary.span else { throw .noEvents(at: parsed.span) }
    let range: Range<Instant>
    if case .range(let written)? = parsed["range"] {
      range = try resolver.range(written)
    } else {
      range = span.lastWhole(.month, in: zone)
    }
    let dates = range.label(in: zone)
    let start = CalendarUnit.day.label(of: range.lowerBound, in: zone)
    let since = parsed.name("snapshot").map { $0.text.writtenAsName() } ?? parsed.date ?? start
    let before: JourneyMap?
    if let said = try self.before(parsed, of: map) {
      before = said.map
    } else {
      before = try attempt(at: parsed.span, workspace.map(map.name, asOf: range.lowerBound))
    }
    let read: MapReading = try inside(parsed) { () throws(Diagnostic) in
      try reading(of: map, as: Forms.grammar.parse("count during \(dates)"))
    }
    var page = ReviewPage(map, read, dates: range, in: zone)
    if !(map.all(.kpi) + map.all(.goal)).isEmpty {
      page.kpis = try inside(parsed) { () throws(Diagnostic) in try ask(Forms.grammar.parse("kpis during \(dates)")) }
    }
    for win in map.all(.win) { page.wins.append(try lifted(win)) }
    page.changes = try before.map { (old) throws(Diagnostic) in try apart { MapDiff(from: old, to: map).lines } }
    page.since = since
    page.findings = try inside(parsed) { () throws(Diagnostic) in try ask(Forms.grammar.parse("check map")) }
    var answer = page.answer
    answer.question = "review \(dates) since \(since)"
    return answer
  }

  /// What is wrong in a part of the page has its place in another text: it is told at the statement.
  private func inside<Part>(
    _ parsed: ParsedStatement, _ part: () throws(Diagnostic) -> Part
  ) throws(Diagnostic) -> Part {
    do { return try part() } catch { throw error.pointingNowhere.located(at: parsed.span) }
  }

  /// What is said of a win; why nothing is, where it cannot be asked.
  private func lifted(_ win: Element) throws(Diagnostic) -> ReviewPage.Win {
    do {
      return ReviewPage.Win(win, lift: try ask(Forms.grammar.parse("lift of win \(win.name.quoted)")))
    } catch {
      guard error.isOfQuestion else { throw error.pointingNowhere }
      return ReviewPage.Win(win, fault: error.message)
    }
  }
}

extension ParsedStatement {
  /// As it was written behind `since`.
  fileprivate var date: String? { if case .date(let date)? = self["date"] { "\(date)" } else { nil } }
}
