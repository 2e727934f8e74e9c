import EventStore
import JourneyTime
import SourceText

/// The events of one part of a file, so far, and what is wrong with its other rows. Parts can be parsed at once and joined
/// in the order of the file; all formats end a load here.
struct ParsedEvents: Sendable {
  var builder: EventStoreBuilder
  var times: TimeReader
  var badRows = BadRows()
  /// Ids that rows say are one person's.
  var pairs = IdentityPairs()
  /// Line breaks passed.
  var lines = 0

  /// None yet.
  ///
  /// - Parameter expected: about how many there will be.
  init(_ layout: TimeLayout, in zone: Zone, expected: Int, _ options: LoadOptions) {
    builder = EventStoreBuilder(
      zone: zone, expectedEvents: expected,
      spill: RowSpill(budget: options.memory / 2, folder: options.spillFolder), groupSize: options.groupSize,
      identities: options.kind == .events ? options.identities : nil)
    times = TimeReader(layout, in: zone)
  }

  /// Adds those of the part of the file that follows.
  mutating func absorb(_ later: ParsedEvents) {
    builder.absorb(later.builder)
    times.absorb(later.times, lines: lines)
    badRows.absorb(later.badRows, lines: lines)
    pairs.absorb(later.pairs)
    lines += later.lines
  }

  /// Gives the room of rows back that are to be read again.
  mutating func dropRows() { builder = EventStoreBuilder(zone: builder.zone) }

  /// The same with the pairs by which the rows were dealt out: a file that changes meanwhile may say others.
  consuming func saying(_ pairs: IdentityPairs) -> ParsedEvents {
    self.pairs = pairs
    return self
  }

  /// Ends a part: rows put aside must have found room. Deals out its rows, so that joining parts is cheap.
  mutating func endPart(of file: String) throws(Diagnostic) {
    if let failure = builder.failure { throw .noRoom(failure, file: file) }
    builder.seal()
  }

  /// Ends a load. Throws where too many rows are bad, or nobody waits for it any more.
  consuming func load(
    of source: ByteSource, called name: String, _ plan: ColumnPlan, _ options: LoadOptions, _ progress: LoadProgress,
    delimiter: UInt8? = nil, product: String? = nil
  ) throws(Diagnostic) -> LoadedEvents {
    let (events, zone) = (builder.eventCount, builder.zone)
    let (badRows, times) = (badRows, times)
    let identities = JoinedIdentities(pairs, by: plan.joints)
    try badRows.check(against: events, options, file: name)
    if progress.isCancelled { throw .cancelled }
    let draft: BucketAssembly
    do throws(SpillFailure) {
      draft = try builder.draft(buckets: options.buckets) { progress.isCancelled }
    } catch {
      throw .noRoom(error, file: name)
    }
    if progress.isCancelled { throw .cancelled }
    return LoadedEvents(
      draft: draft, identities: identities,
      summary: LoadSummary(
        rows: events, badRows: badRows.count, firstBadRows: badRows.first, roles: plan.roles,
        delimiter: delimiter.map { Character(Unicode.Scalar($0)) }, hasHeader: plan.hasHeader, timeLayout: times.layout,
        zone: zone, skippedTimes: times.skipped, repeatedTimes: times.repeated,
        properties: draft.schema.properties.map { ($0.name, $0.kind) },
        isCompressed: source.isCompressed, bytes: source.size, product: product))
  }
}

extension Diagnostic {
  static var cancelled: Diagnostic { Diagnostic(.loadCancelled, "stopped; nothing has changed") }

  static func noRoom(_ failure: SpillFailure, file: String) -> Diagnostic {
    Diagnostic(
      .loadSpill, "rows that memory has no room for cannot be put aside: \(failure.reason)",
      hint: ".memory 8GB", place: file)
  }

  /// The same, `lines` lines further down.
  func movedDown(lines: Int, in file: String) -> Diagnostic {
    guard lines > 0, let place, let line = Int(place.dropFirst(file.count + 1)) else { return self }
    var moved = self
    moved.place = "\(file):\(line + lines)"
    return moved
  }
}

extension DiagnosticCode {
  package static let loadSpill = DiagnosticCode(
    "load.spill", "Rows that memory has no room for go to a file beside the workspace, and it cannot be written.")
  package static let loadCancelled = DiagnosticCode(
    "load.cancelled", "The load was stopped. Nothing has changed.")
}
