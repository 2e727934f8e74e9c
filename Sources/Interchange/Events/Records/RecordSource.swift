import EventStore
import JourneyTime
import SourceText

/// A file of records whose values have names. Which names there are, and of what kind their values, only the whole file
/// tells: so it is read twice, once for the columns, once for the events; or once, if the first records tell what all the
/// others have.
protocol RecordSource: EventContents {
  associatedtype Reader: RecordReader
  /// What its records are called: `JSON objects`.
  static var noun: String { get }
  var input: EventInput { get }
  /// Where parts begin that can be read at once, ascending.
  func starts(_ options: LoadOptions) -> [Int]
  /// What is known of files with these names in them.
  func shape(among paths: [String]) -> ExportShape?
  /// Adds the records of a part to a parser. Returns how many line breaks there are.
  func parse(
    part: Int, of starts: [Int], _ progress: LoadProgress, into parser: inout RecordEventParser
  ) throws(Diagnostic) -> Int
  /// The first records of the file, where that is quicker to tell than the whole.
  func firstRecords(_ options: LoadOptions, _ progress: LoadProgress) throws(Diagnostic) -> RecordSurvey?
  /// Hands on each record of a part: the reader that has read it, or what is wrong with it, its text, and the line where
  /// it begins, from 1. `body` gives how many records it has taken. Returns how many line breaks there are.
  func scan(
    part: Int, of starts: [Int], _ progress: LoadProgress,
    _ body: (Reader, _ fault: String?, Span<UInt8>, _ line: Int) throws(Diagnostic) -> Int
  ) throws(Diagnostic) -> Int
}

extension RecordSource {
  var name: String { input.source.name }

  /// All of it is one part, and nothing is known beforehand.
  func starts(_ options: LoadOptions) -> [Int] { [0] }
  func shape(among paths: [String]) -> ExportShape? { nil }
  func firstRecords(_ options: LoadOptions, _ progress: LoadProgress) throws(Diagnostic) -> RecordSurvey? { nil }

  func parse(
    part: Int, of starts: [Int], _ progress: LoadProgress, into parser: inout RecordEventParser
  ) throws(Diagnostic) -> Int {
    try scan(part: part, of: starts, progress) { reader, fault, text, line throws(Diagnostic) in
      try parser.take(reader, fault, text, line: line)
    }
  }

  func load(_ options: LoadOptions, progress: LoadProgress) throws(Diagnostic) -> LoadedEvents {
    let starts = starts(options)
    if let first = try firstRecords(options, progress) {
      try check(first)
      progress.begin(bytes: input.source.size)
      if let loaded = try load(starts, first, options, progress) { return loaded }
    }
    progress.begin(bytes: 2 * input.source.size)
    let survey = try survey(starts, options, progress)
    // Nothing surprises who has seen all.
    guard let loaded = try load(starts, survey, options, progress) else { throw .cancelled }
    return loaded
  }

  /// Nil if the file holds something else than the survey says.
  private func load(
    _ starts: [Int], _ survey: RecordSurvey, _ options: LoadOptions, _ progress: LoadProgress
  ) throws(Diagnostic) -> LoadedEvents? {
    guard survey.records > 0 else {
      if survey.badRows.count > 0 { try survey.badRows.check(against: 0, options, file: name) }
      throw Diagnostic(.loadNoRows, "the file has no \(Self.noun)", place: name)
    }
    let paths = survey.columns.map(\.path)
    let shape = shape(among: paths)
    let plan: ColumnPlan
    do {
      plan = try ColumnPlan(
        names: shape?.names(of: paths) ?? paths, paths: paths, shape: shape, options: options, file: name)
    } catch {
      // A column that is missing among the first records may come later.
      if survey.isGuess { return nil }
      throw error
    }
    // Products write UTC where they write no offset.
    let zone = shape?.product == nil || options.isZoneGiven ? options.zone : .utc
    var layout = plan.column(of: .time).flatMap { TimeLayout.detected(in: survey.columns[$0].samples) } ?? .yearFirst
    func parsed(_ options: LoadOptions) throws(Diagnostic) -> ParsedEvents? {
      let none = ParsedEvents(layout, in: zone, expected: survey.expectedRecords, options)
      return try parse(starts, RecordEventParser(plan, survey, none), progress)
    }
    guard var events = try parsed(options) else { return nil }
    if case .instead(let other) = try events.times.verdict(file: name) {
      layout = other
      guard let again = try parsed(options) else { return nil }
      events = again
    }
    if let joining = options.joining(events, plan) {
      events.dropRows()
      progress.begin(bytes: input.source.size)
      guard let joined = try parsed(joining) else { return nil }
      events = joined.saying(events.pairs)
    }
    return try events.load(of: input.source, called: name, plan, options, progress, product: shape?.product)
  }

  private func survey(_ starts: [Int], _ options: LoadOptions, _ progress: LoadProgress) throws(Diagnostic)
    -> RecordSurvey
  {
    let zone = options.zone
    let parts = concurrentMap(count: starts.count) { index in
      Result { () throws(Diagnostic) in
        var survey = RecordSurvey(zone: zone)
        survey.lines = try scan(part: index, of: starts, progress) { reader, fault, text, line throws(Diagnostic) in
          if let fault { survey.badRows.add(fault, text, line: line) } else { survey.add(reader) }
          try check(survey)
          return survey.records
        }
        return survey
      }
    }
    var whole = RecordSurvey(zone: zone)
    for part in parts {
      do throws(Diagnostic) {
        whole.absorb(try part.get())
      } catch {
        throw error.movedDown(lines: whole.lines, in: name)
      }
      try check(whole)
    }
    return whole
  }

  private func check(_ survey: RecordSurvey) throws(Diagnostic) {
    guard survey.columns.count > EventFileLimits.columns else { return }
    throw .tooManyNames("the \(Self.noun) have", at: name)
  }

  /// Nil if some part holds something else than the survey says, so that values may have got lost.
  private func parse(_ starts: [Int], _ fresh: RecordEventParser, _ progress: LoadProgress) throws(Diagnostic)
    -> ParsedEvents?
  {
    let surprise = Surprise()
    let parts = concurrentMap(count: starts.count) { index in
      Result { () throws(Diagnostic) in
        var parser = fresh
        parser.surprise = surprise
        parser.parsed.lines = try parse(part: index, of: starts, progress, into: &parser)
        try parser.parsed.endPart(of: name)
        return parser.parsed
      }
    }
    if surprise.hasCome { return nil }
    var whole = fresh.parsed
    for part in parts {
      do throws(Diagnostic) {
        whole.absorb(try part.get())
      } catch {
        throw error.movedDown(lines: whole.lines, in: name)
      }
    }
    return fresh.isGuess && !whole.builder.mixedProperties.isEmpty ? nil : whole
  }
}
