import EventStore
import JourneyQuery

/// What one thread counted by the group and the period of each event that it met. Nothing without breakdown and `per`.
struct CutCells<Cell: FiguresCell>: Sendable {
  private let calendar: PeriodCalendar?
  private var groups: GroupReader?
  /// By group and period.
  private(set) var places: CellPlaces
  /// Parallel to `places`.
  var cells: [Cell] = []

  init(_ split: Split, _ calendar: PeriodCalendar?, in schema: StoreSchema, _ places: GroupPlaces?) {
    groups = split.breakdown.map { GroupReader($0, in: schema, places) }
    self.places = CellPlaces(width: calendar.width)
    self.calendar = calendar
  }

  var groupKeys: GroupKeys { groups?.keys ?? GroupKeys() }

  /// The cell that an event counts in; nil without breakdown and `per`. The instant is asked for by `per` alone.
  @inline(__always)
  mutating func place(
    row: Int, of customer: Int, in bucket: Bucket, at instant: @autoclosure () -> Int64
  ) -> Int? {
    guard groups != nil || calendar != nil else { return nil }
    let group = groups?.group(at: row, of: customer, in: bucket) ?? -1
    let place = places.place(max(0, group), calendar?.period(of: instant()) ?? 0)
    if place == cells.count { cells.append(Cell()) }
    return place
  }
}

/// A tally that counts each event by its group and period.
protocol CutCellsTally: CutTally {
  var cut: CutCells<Cell> { get }
}

extension CutCellsTally {
  var groupKeys: GroupKeys { cut.groupKeys }
  var places: CellPlaces { cut.places }
  var cells: [Cell] { cut.cells }
}
