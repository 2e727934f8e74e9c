import EventStore
import JourneyQuery
import JourneyTime

extension Executor where Self: EventPart {
  /// Sessions, their lengths and sizes. Throws `limit` for too many periods.
  public func sessions(_ query: SessionsQuery, _ run: Run) throws(ExecutionError) -> SessionsReport {
    try answer(CutAnalysis<SessionsTally>(query, catalog), run)
  }
}

extension SessionsQuery: CutQuery {}

/// The sessions one thread found.
struct SessionsTally: CutCellsTally {
  /// Sessions of a group and period.
  struct Cell: FiguresCell {
    private var events = 0
    private var customers = 0
    private var bounces = 0
    /// Microseconds from the first event to the last, of each session.
    private var lengths: [Int64] = []
    private var length = IntegerSum()
    /// Number of the customer met last, from 1.
    private var last = 0

    var isEmpty: Bool { lengths.isEmpty }
    var size: Int { lengths.count }
    var figures: SessionsFigures {
      SessionsFigures(
        sessions: lengths.count, customers: customers, events: events, bounces: bounces,
        medianLength: median(of: lengths),
        meanLength: lengths.isEmpty ? nil : Duration(microseconds: Int64(length.value / Int128(lengths.count))))
    }

    mutating func add(_ length: Int64, events: Int, of customer: Int) {
      lengths.append(length)
      self.length.add(length)
      self.events += events
      bounces += events == 1 ? 1 : 0
      customers += last == customer ? 0 : 1
      last = customer
    }

    mutating func absorb(_ other: Cell) {
      lengths += other.lengths
      length.add(other.length)
      events += other.events
      customers += other.customers
      bounces += other.bounces
    }
  }
  /// What is left of a session: its kept events, and the first and last of these.
  private typealias Remains = (events: Int, first: Int, last: Int)

  private var reader: JourneyReader
  private var cutter: SessionCutter
  private(set) var total = Cell()
  private(set) var cut: CutCells<Cell>
  private var customers = 0
  private var remains: [Remains] = []

  init(
    _ query: SessionsQuery, _ calendar: PeriodCalendar?, in schema: StoreSchema, _ places: GroupPlaces? = nil
  ) {
    reader = JourneyReader(JourneyReader.Clauses(scope: query.scope), in: schema)
    cutter = SessionCutter(gap: query.gap.microseconds, in: schema)
    cut = CutCells(query.split, calendar, in: schema, places)
  }

  var asked: Int { reader.asked }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    reader.read(block, of: bucket)
    let offsets = bucket.offsets
    for person in reader.people {
      let events = reader.events(of: person)
      guard !events.isEmpty else { continue }
      customers += 1
      let customer = reader.customer(of: person)
      // Sessions are cut before events are dropped.
      let rows = Int(offsets[customer])..<Int(offsets[customer + 1])
      let sessions = cutter.cut(rows, of: bucket)
      remains.removeAll(keepingCapacity: true)
      for _ in 0..<sessions { remains.append((0, 0, 0)) }
      for event in events {
        let session = cutter.sessions[reader.row(of: event) - rows.lowerBound]
        if remains[session].events == 0 { remains[session].first = event }
        remains[session].events += 1
        remains[session].last = event
      }
      count(customer, bucket)
    }
  }

  private mutating func count(_ customer: Int, _ bucket: Bucket) {
    for session in remains.indices where remains[session].events > 0 {
      let (events, first, last) = remains[session]
      let instant = reader.instants[reader.firstInstant + first]
      let length = elapsed(from: instant, to: reader.instants[reader.firstInstant + last])
      total.add(length, events: events, of: customers)
      let row = reader.row(of: first)
      guard let place = cut.place(row: row, of: customer, in: bucket, at: instant) else { continue }
      cut.cells[place].add(length, events: events, of: customers)
    }
  }
}
