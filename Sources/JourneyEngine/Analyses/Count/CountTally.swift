import EventStore
import JourneyQuery
import JourneyTime

extension Executor where Self: EventPart {
  /// Counts events and the customers who have them. Throws `limit` for too many periods.
  public func count(_ query: CountQuery, _ run: Run) throws(ExecutionError) -> CountReport {
    try answer(CutAnalysis<CountTally>(query, catalog), run)
  }
}

extension CountQuery: CutQuery {}

/// What one thread counted.
struct CountTally: CutTally {
  /// A group's events in a period.
  struct Cell: FiguresCell {
    var events = 0
    var customers = 0
    /// Number of the customer met last, from 1.
    fileprivate var last = 0

    var isEmpty: Bool { events == 0 }
    var figures: CountFigures { CountFigures(events: events, customers: customers) }
    var size: Int { events }

    mutating func absorb(_ other: Cell) {
      events += other.events
      customers += other.customers
    }
  }
  private let calendar: PeriodCalendar?
  private var reader: JourneyReader
  private var groups: GroupReader?
  private var events = 0
  private var customers = 0
  /// Customers who were not read.
  private var passed = 0
  /// By group and period.
  private(set) var places: CellPlaces
  /// Empty without breakdown and `per`.
  private(set) var cells: [Cell] = []
  /// Place of each event of a block.
  private var placeOfEvent: [Int32] = []

  init(_ query: CountQuery, _ calendar: PeriodCalendar?, in schema: StoreSchema, _ places: GroupPlaces? = nil) {
    reader = JourneyReader(JourneyReader.Clauses(scope: query.scope).only(query.step), in: schema)
    groups = query.split.breakdown.map { GroupReader($0, in: schema, places) }
    self.places = CellPlaces(width: calendar.width)
    self.calendar = calendar
    if groups == nil, let calendar, calendar.count <= Self.mostFixedPeriods {
      for period in 0..<max(1, calendar.count) { _ = self.places.place(0, period) }
      cells = Array(repeating: Cell(), count: self.places.count)
    }
  }

  /// What the buckets' summaries say, where they say all that is asked: events of any name or of one, in all or by UTC day.
  static func known(of store: EventStore, _ query: CountQuery, _ calendar: PeriodCalendar?) -> CountTally? {
    guard query.scope.keepsEverything, query.split.per == nil || (query.split.per == .day && query.scope.zone == .utc),
      let code = query.step.map({ store.schema.code(ofOnly: $0) }) ?? .some(nil)
    else { return nil }
    let known = store.faults?.count
    let summaries = store.buckets.filter { $0.eventCount > 0 }.compactMap { $0.daySummary }
    guard summaries.count == store.buckets.count(where: { $0.eventCount > 0 }), store.faults?.count == known else {
      return nil
    }
    return CountTally(query, calendar, in: store.schema, summaries, code: code, customers: store.customerCount)
  }

  /// What summaries of all buckets, which hold so many customers, say of one code or of any. `calendar` is of UTC days.
  private init?(
    _ query: CountQuery, _ calendar: PeriodCalendar?, in schema: StoreSchema, _ summaries: [DaySummary], code: Int?,
    customers passed: Int
  ) {
    self.init(query, calendar, in: schema)
    self.passed = passed
    guard calendar.map({ cells.count == max(1, $0.count) }) ?? true else { return nil }
    for summary in summaries {
      let all = summary.cell(code: code, day: nil)
      events += all.events
      customers += all.customers
      guard let calendar else { continue }
      for period in 0..<calendar.count {
        let day = summary.cell(code: code, day: DaySummary.day(of: calendar.start(of: period).microseconds))
        cells[period].events += day.events
        cells[period].customers += day.customers
      }
    }
  }

  /// So many periods of one group have a place each from the beginning, the number of the period.
  private static let mostFixedPeriods = 1 << 16

  var total: Cell {
    var cell = Cell()
    (cell.events, cell.customers) = (events, customers)
    return cell
  }
  var asked: Int { reader.asked + passed }
  var groupKeys: GroupKeys { groups?.keys ?? GroupKeys() }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    reader.read(block, of: bucket)
    events += reader.eventCount
    guard groups != nil || calendar != nil else {
      for person in reader.people where !reader.events(of: person).isEmpty { customers += 1 }
      return
    }
    placeEvents(bucket)
    Self.count(reader, placeOfEvent, &customers, &cells)
  }

  /// Finds the cell of each event.
  private mutating func placeEvents(_ bucket: Bucket) {
    if placeOfEvent.count < reader.eventCount { placeOfEvent = Array(repeating: 0, count: reader.eventCount) }
    groups?.read(reader, of: bucket)
    Self.place(reader, groups?.nodes, calendar, &placeOfEvent, &places)
    if cells.count < places.count {
      cells.append(contentsOf: repeatElement(Cell(), count: places.count - cells.count))
    }
  }

  private static func place(
    _ reader: JourneyReader, _ nodes: [Int32]?, _ calendar: PeriodCalendar?, _ placeOfEvent: inout [Int32],
    _ places: inout CellPlaces
  ) {
    let instants = reader.instants.span.extracting(droppingFirst: reader.firstInstant)
    calendar?.periods(of: instants, reader.eventCount, &placeOfEvent)
    guard let nodes else {
      guard let calendar, calendar.count > mostFixedPeriods else { return }
      return place(reader.eventCount, &placeOfEvent, &places) { _, period in (0, period) }
    }
    let groups = nodes.span
    if calendar == nil {
      place(reader.eventCount, &placeOfEvent, &places) { event, _ in (max(0, Int(groups[event])), 0) }
    } else {
      place(reader.eventCount, &placeOfEvent, &places) { event, period in (max(0, Int(groups[event])), period) }
    }
  }

  /// Finds the place of the cell of each event, which `cell` tells from its period.
  @inline(__always)
  private static func place(
    _ count: Int, _ placeOfEvent: inout [Int32], _ places: inout CellPlaces,
    _ cell: (_ event: Int, _ period: Int) -> (row: Int, column: Int)
  ) {
    var placeOfEvent = placeOfEvent.mutableSpan
    for event in 0..<count {
      let (row, column) = cell(event, Int(placeOfEvent[event]))
      placeOfEvent[event] = Int32(truncatingIfNeeded: places.place(row, column))
    }
  }

  /// Adds the events of a block, which have these places.
  private static func count(
    _ reader: JourneyReader, _ places: [Int32], _ customers: inout Int, _ cells: inout [Cell]
  ) {
    let places = places.span
    var cells = cells.mutableSpan
    for person in reader.people {
      let events = reader.events(of: person)
      guard !events.isEmpty else { continue }
      customers += 1
      for event in events {
        let place = Int(places[event])
        cells[place].events += 1
        cells[place].customers += cells[place].last == customers ? 0 : 1
        cells[place].last = customers
      }
    }
  }
}

extension StoreSchema {
  /// The code of the events that a step is all of; nil within where it is all events, nil where it is something else.
  fileprivate func code(ofOnly step: Step) -> Int?? {
    guard step.alternatives.count == 1, let pattern = step.alternatives.first, pattern.condition == nil else {
      return nil
    }
    guard let event = pattern.event else { return .some(nil) }
    return code(ofEvent: event).map { .some($0) }
  }
}
