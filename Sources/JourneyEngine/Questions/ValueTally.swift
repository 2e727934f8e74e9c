import EventStore
import JourneyQuery

/// The values one thread found.
struct ValueTally: GroupedQueryTally {
  /// Values of customers in a group and period.
  ///
  /// Sums of floating-point numbers depend on their order. A customer's events are added in canonical order, and what comes
  /// from different customers is sorted first, so that no sum depends on which thread read what.
  struct Cell: GroupCell {
    /// By customer.
    private(set) var values: [Double] = []
    /// Number of the customer met last, from 1.
    private var last = 0

    var isEmpty: Bool { values.isEmpty }

    mutating func add(_ value: Double, of customer: Int) {
      if last == customer { values[values.count - 1] += value } else { values.append(value) }
      last = customer
    }

    mutating func absorb(_ other: Cell) {
      values += other.values
    }
  }
  private let column: Int?
  private let calendar: PeriodCalendar?
  private var reader: JourneyReader
  private var groups: GroupReader?
  private(set) var total = Cell()
  /// By group and period.
  private(set) var places: CellPlaces
  /// Empty without breakdown and `per`.
  private(set) var cells: [Cell] = []
  private var customers = 0

  init(_ query: ValueQuery, _ calendar: PeriodCalendar?, in schema: StoreSchema, _ regrouping: Regrouping? = nil) {
    column = schema.index(ofProperty: query.property)
    var clauses = JourneyReader.Clauses(filter: query.filter, people: query.people, during: query.during)
    clauses.having = column
    reader = JourneyReader(clauses, in: schema)
    groups = query.breakdown.map { GroupReader($0, in: schema, regrouping) }
    places = CellPlaces(width: calendar.width)
    self.calendar = calendar
  }

  var groupKeys: GroupKeys { groups?.keys ?? GroupKeys() }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    guard let column, case .number(let numbers, _) = bucket.properties[column] else { return }
    reader.read(block, of: bucket)
    for person in reader.people {
      let events = reader.events(of: person)
      guard !events.isEmpty else { continue }
      customers += 1
      for event in events {
        let row = reader.row(of: event)
        total.add(numbers[row], of: customers)
        guard groups != nil || calendar != nil else { continue }
        let group = groups?.group(at: row, of: reader.customer(of: person), in: bucket) ?? -1
        let period = calendar?.period(of: reader.instants[reader.firstInstant + event]) ?? 0
        let place = places.place(max(0, group), period)
        if place == cells.count { cells.append(Cell()) }
        cells[place].add(numbers[row], of: customers)
      }
    }
  }
}
