import EventStore
import JourneyQuery
import JourneyTime

extension Executor where Self: EventPart {
  /// How answers score. Throws `limit` for too many periods.
  public func score(_ query: ScoreQuery, _ run: Run) throws(ExecutionError) -> ScoreReport {
    try answer(CutAnalysis<ScoreTally>(query.ofNamed, catalog), run)
  }
}

extension ScoreQuery: CutQuery {
  /// The same with every test of people held to those who are named.
  fileprivate var ofNamed: ScoreQuery {
    var query = self
    query.scope.people = scope.people?.ofNamed
    for (index, key) in (split.breakdown?.keys ?? []).enumerated() {
      guard case .people(let groups) = key else { continue }
      query.split.breakdown?.keys[index] = .people(
        groups.map { NamedPeople(name: $0.name, people: $0.people.ofNamed) })
    }
    return query
  }
}

/// The scores one thread counted.
struct ScoreTally: CutCellsTally {
  /// Of a group in a period.
  struct Cell: FiguresCell {
    var figures = ScoreFigures()
    var size: Int { figures.answers }
    var isEmpty: Bool { size == 0 }

    mutating func absorb(_ other: Cell) {
      for (score, count) in other.figures.counts.enumerated() { figures.counts[score] += count }
    }
  }
  private let column: Int?
  private let scores: ClosedRange<Int>
  private var reader: JourneyReader
  private(set) var total = Cell()
  private(set) var cut: CutCells<Cell>

  init(_ query: ScoreQuery, _ calendar: PeriodCalendar?, in schema: StoreSchema, _ places: GroupPlaces? = nil) {
    column = schema.index(ofProperty: query.property)
    scores = query.scale.scores
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
      for event in reader.events(of: person) {
        let row = reader.row(of: event)
        guard let score = Int(exactly: numbers[row]), scores.contains(score) else { continue }
        total.figures.counts[score] += 1
        let instant = reader.firstInstant + event
        guard
          let place = cut.place(
            row: row, of: reader.customer(of: person), in: bucket, at: reader.instants[instant])
        else { continue }
        cut.cells[place].figures.counts[score] += 1
      }
    }
  }
}
