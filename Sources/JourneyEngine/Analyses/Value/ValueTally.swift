import EventStore
import JourneyQuery

extension Executor where Self: EventPart {
  /// What customers bring, in all and each. Throws `limit` for too many periods, and for a sum beyond the largest number.
  public func value(_ query: ValueQuery, _ run: Run) throws(ExecutionError) -> ValueReport {
    let report = try answer(CutAnalysis<ValueTally>(query, catalog), run)
    let figures =
      report.groups.flatMap { [$0.figures] + $0.periods } + report.total.periods
      + [report.versus, report.total.figures].compactMap(\.self)
    guard figures.allSatisfy(\.isFinite) else { throw .limit(.sum(property: query.property)) }
    return report
  }
}

extension ValueQuery: CutQuery {}

/// The values one thread found.
struct ValueTally: CutCellsTally {
  /// Values of customers, or of events, in a group and period.
  ///
  /// Sums are exact until they are said, so that none depends on which thread read what.
  struct Cell: FiguresCell {
    /// Of the customers or events before the last.
    private var values: [Double] = []
    private var sum = ExactSum()
    /// Number of the customer or event met last, from 1; 0 before the first.
    private var last = 0
    private var lastSum = ExactSum()

    var isEmpty: Bool { last == 0 && values.isEmpty }
    var size: Double { closed.sum.value }
    var figures: ValueFigures {
      let closed = closed
      let (sorted, total) = (closed.values.sorted(), closed.sum.value)
      let mean = sorted.isEmpty ? nil : total / Double(sorted.count)
      return ValueFigures(
        counted: sorted.count, total: total, mean: mean, least: sorted.first,
        median: Self.quantile(tenths: 5, of: sorted), p90: Self.quantile(tenths: 9, of: sorted), most: sorted.last,
        variance: mean.flatMap { Self.variance(of: sorted, around: $0) })
    }

    /// Added up in the order of the values, so that it does not depend on which thread read what.
    private static func variance(of sorted: [Double], around mean: Double) -> Double? {
      guard sorted.count > 1 else { return nil }
      let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return squares.isFinite ? squares / Double(sorted.count - 1) : nil
    }

    /// What has the same owner as the value before is added to it.
    mutating func add(_ value: Double, of owner: Int) {
      if last != owner { close() }
      lastSum.add(value)
      last = owner
    }

    mutating func absorb(_ other: Cell) {
      let other = other.closed
      close()
      values += other.values
      sum.add(other.sum)
    }

    private var closed: Cell {
      var cell = self
      cell.close()
      return cell
    }

    /// Counts the last customer among those before.
    private mutating func close() {
      guard last > 0 else { return }
      values.append(lastSum.value)
      sum.add(lastSum)
      (last, lastSum) = (0, ExactSum())
    }

    /// By the R-7 rule: linear between the values around rank (n − 1)·q. Nil of nothing.
    private static func quantile(tenths: Int, of sorted: [Double]) -> Double? {
      guard let last = sorted.last else { return nil }
      let (rank, rest) = ((sorted.count - 1) * tenths).quotientAndRemainder(dividingBy: 10)
      let low = sorted[rank]
      let high = rank + 1 < sorted.count ? sorted[rank + 1] : last
      let share = Double(rest) / 10
      // Between the two largest numbers there is none that is their difference.
      return (high - low).isFinite ? low + (high - low) * share : low * (1 - share) + high * share
    }
  }
  private let column: Int?
  private var reader: JourneyReader
  private(set) var total = Cell()
  private(set) var cut: CutCells<Cell>
  private let counting: ValueQuery.Counting
  /// Customers or events met.
  private var owners = 0

  init(_ query: ValueQuery, _ calendar: PeriodCalendar?, in schema: StoreSchema, _ places: GroupPlaces? = nil) {
    column = schema.index(ofProperty: query.property)
    counting = query.counting
    var clauses = JourneyReader.Clauses(scope: query.scope)
    (clauses.having, clauses.needsInstants) = (column, calendar != nil)
    reader = JourneyReader(clauses, in: schema)
    cut = CutCells(query.split, calendar, in: schema, places)
  }

  var asked: Int { reader.asked }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    reader.read(block, of: bucket)
    guard let column, case .number(let numbers, _) = bucket.properties[column] else { return }
    for person in reader.people {
      let events = reader.events(of: person)
      guard !events.isEmpty else { continue }
      if counting == .customers { owners += 1 }
      for event in events {
        if counting == .events { owners += 1 }
        let row = reader.row(of: event)
        total.add(numbers[row], of: owners)
        let instant = reader.firstInstant + event
        guard
          let place = cut.place(
            row: row, of: reader.customer(of: person), in: bucket, at: reader.instants[instant])
        else { continue }
        cut.cells[place].add(numbers[row], of: owners)
      }
    }
  }
}

extension ValueFigures {
  fileprivate var isFinite: Bool { total.isFinite && [median, p90].allSatisfy { $0?.isFinite ?? true } }
}
