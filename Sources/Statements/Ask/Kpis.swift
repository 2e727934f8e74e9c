import JourneyModel
import JourneyTime
import Language
import Rendering
import SourceText

/// `kpis …`: how the kpis and goals of the map go.
enum KpisStatement: Question {
  static let form = Form(
    "kpis", in: .ask,
    [
      "kpis",
      .clauses([
        .where, .for,
        .during.taking("The dates that they are measured in; the last unit of per that is over where it is left out."),
        .per.taking("The unit whose course is told.", standard: standard.rawValue), .as,
      ]),
    ],
    summary: "each kpi and goal: target, figure, course and verdict",
    meaning: """
      Each is measured by the question behind its as, in the last whole month of the data and in those before it. Before is the unit \
      before, or as many days before where during is no one unit. The verdict holds the target against now; said is where \
      now is the highest or lowest of 13 units, and how many may still complete what they began. What has dates of its own is measured in these.
      """,
    examples: [
      "kpis",
      "kpis during 2025-Q1 per quarter",
      "kpis per week for device = phone",
    ])

  /// Each has a name of its own.
  static let severalBy: [Clause] = []

  private static let standard = CalendarUnit.month

  static func canonical(_ parsed: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic)
    -> ParsedStatement
  {
    var canonical = try resolver.written(parsed)
    let given = try canonical.clauses.during.map { (range) throws(Diagnostic) in try resolver.range(range) }
    let zone = resolver.vocabulary.zone
    let unit = canonical.clauses.per ?? given.flatMap { $0.unit(in: zone) } ?? standard
    canonical.clauses[.per] = .word(unit.rawValue)
    if given == nil {
      guard let span = resolver.vocabulary.span else { throw .noEvents(at: parsed.span) }
      canonical.clauses[.during] = try Self.operand(span.lastWhole(unit, in: zone).label(in: zone), at: parsed.span)
    }
    return canonical
  }

  static func answer(_ canonical: ParsedStatement, _ resolver: Resolver, in session: Session) throws(Diagnostic)
    -> Answer
  {
    let map = try session.activeMap(at: canonical.span)
    let elements = map.all(.kpi) + map.all(.goal)
    guard !elements.isEmpty else {
      throw Diagnostic(
        .kpisNone, "the map has no kpi and no goal", at: canonical.span,
        hint: "add kpi \"Checkout rate\" target 40% as funnel …")
    }
    guard let unit = canonical.clauses.per else { throw .incomplete(canonical) }
    let dates = try self.dates(canonical, per: unit, resolver)
    var rows: [KpiReview.Row] = []
    for element in elements { rows.append(try row(of: element, dates, canonical.clauses, in: session)) }
    return KpiReview(rows, per: unit, labels: dates.map(\.label)).answer
  }

  /// Those asked of and those before them, in order: up to 13 units, or two ranges that are no one unit.
  private static func dates(
    _ canonical: ParsedStatement, per unit: CalendarUnit, _ resolver: Resolver
  ) throws(Diagnostic) -> [(label: String, operand: Argument)] {
    guard let written = canonical.clauses.during else { throw .incomplete(canonical) }
    let (range, zone) = (try resolver.range(written), resolver.vocabulary.zone)
    var ranges = [try resolver.previous(written), range]
    if range.unit(in: zone) == unit {
      let first = resolver.vocabulary.span.map { unit.start(of: $0.lowerBound, in: zone) }
      ranges = (1 - KpiReview.units...0).map { unit.start($0, after: range.lowerBound, in: zone) }
        .filter { start in first.map { start >= $0 } ?? false || start == range.lowerBound }
        .map { $0..<unit.start(1, after: $0, in: zone) }
    }
    return try ranges.map { (range) throws(Diagnostic) in
      let label = range.label(in: zone)
      return (label, try operand(label, at: canonical.span))
    }
  }

  /// Dates as a clause has them; not all that data may have can be written.
  private static func operand(_ dates: String, at span: Range<Int>) throws(Diagnostic) -> Argument {
    do { return try Forms.grammar.parse(dates, as: .range) } catch {
      throw Diagnostic(
        .literalWrong, "the dates \(dates) lie where none can be written", at: span, hint: "kpis during 2025-05")
    }
  }

  private static func row(
    of element: Element, _ dates: [(label: String, operand: Argument)], _ clauses: ClausesSyntax, in session: Session
  ) throws(Diagnostic) -> KpiReview.Row {
    guard let meaning = element.meaning else {
      return KpiReview.Row(element, course: [Measured(fault: "it has no question")])
    }
    var clauses = clauses
    for clause in [Clause.during, .per, .as] { clauses.remove(clause) }
    if let question = try? Forms.grammar.parse(meaning), question.clauses[.during] != nil {
      let measured = try session.measured(element, with: clauses)
      return KpiReview.Row(element, course: [measured].compactMap(\.self), remark: "of its own dates")
    }
    var course: [Measured] = []
    for (_, operand) in dates {
      clauses[.during] = operand
      if let measured = try session.measured(element, with: clauses) { course.append(measured) }
      // What cannot be asked of these dates cannot be asked of others.
      if course.last?.fault != nil { return KpiReview.Row(element, course: course.suffix(1)) }
    }
    return KpiReview.Row(element, course: course)
  }
}

extension ClosedRange<Instant> {
  /// The last unit that is over with the last instant.
  func lastWhole(_ unit: CalendarUnit, in zone: Zone) -> Range<Instant> {
    let end = unit.start(of: Instant(microseconds: upperBound.microseconds.advanced(by: 1)), in: zone)
    return unit.start(-1, after: end, in: zone)..<end
  }
}

extension DiagnosticCode {
  package static let kpisNone = DiagnosticCode(
    "kpis.none", "There is nothing to measure: the map has no kpi and no goal.")
}
