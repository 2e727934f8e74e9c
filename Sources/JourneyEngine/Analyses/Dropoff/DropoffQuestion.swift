import EventStore
import JourneyQuery

extension Executor where Self: EventPart {
  /// Who is lost at each step, and what comes next. Throws `limit` as `funnel` does.
  public func dropoff(_ query: DropoffQuery, _ run: Run) throws(ExecutionError) -> DropoffReport {
    try answer(DropoffQuestion(query: query, catalog: catalog), run)
  }
}

struct DropoffQuestion: SingleReading {
  let query: DropoffQuery
  let catalog: Catalog

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> DropoffPartial {
    let store = try part.reading(query.scope, catalog)
    let reader = try FunnelReader(query.funnel, of: store, catalog, run)
    let tally = DropoffTally(query, reader.rules, in: store.schema)
    let parts = try store.scan(threads: part.threads, run, part: { (reader: reader, tally: tally) }) {
      part, bucket, customers in
      part.reader.read(customers, of: bucket, into: &part.tally)
    }
    let places = EventPlaces(store.schema, in: catalog)
    return parts.reduce(into: tally.found(places, asked: 0)) {
      $0.absorb($1.tally.found(places, asked: $1.reader.asked))
    }
  }

  func report(_ found: DropoffPartial, _ run: Run) -> DropoffReport {
    DropoffReport(
      steps: found.steps(query, names: catalog.events), entered: found.entered,
      basis: Basis(span: catalog.span, people: found.asked))
  }
}

/// At each row asked about, those lost and those who went on, by what comes next.
struct DropoffPartial: PartialAnswer {
  struct Row: Sendable, Codable {
    let index: Int
    var unfinished = 0
    /// By event of the catalog, and last those after whom nothing comes.
    var lost: [Int]
    var wentOn: [Int]
  }
  var asked: Int
  var entered: Int
  var rows: [Row]

  mutating func absorb(_ other: DropoffPartial) {
    asked += other.asked
    entered += other.entered
    for place in rows.indices {
      rows[place].unfinished += other.rows[place].unfinished
      for event in rows[place].lost.indices {
        rows[place].lost[event] += other.rows[place].lost[event]
        rows[place].wentOn[event] += other.rows[place].wentOn[event]
      }
    }
  }

  func steps(_ query: DropoffQuery, names: [String]) -> [DropoffStep] {
    let path = query.funnel.path.steps
    return rows.map { row in
      DropoffStep(
        index: row.index,
        label: query.funnel.order == .any ? "\(row.index + 1) of \(path.count)" : path[row.index].step.label,
        lost: row.lost.reduce(0, +), wentOn: row.wentOn.reduce(0, +), unfinished: row.unfinished,
        next: Self.nextEvents(row, query.top, names))
    }
  }

  private static func nextEvents(_ row: Row, _ top: Int, _ names: [String]) -> [NextEvent] {
    let named = names.indices.filter { row.lost[$0] + row.wentOn[$0] > 0 }.sorted { left, right in
      if row.lost[left] != row.lost[right] { return row.lost[left] > row.lost[right] }
      if row.wentOn[left] != row.wentOn[right] { return row.wentOn[left] > row.wentOn[right] }
      return names[left].utf8Order(to: names[right]) < 0
    }
    func next(_ name: NextEvent.Name, _ places: some Sequence<Int>) -> NextEvent {
      places.reduce(into: NextEvent(name, lost: 0, wentOn: 0)) { sum, place in
        sum.lost += row.lost[place]
        sum.wentOn += row.wentOn[place]
      }
    }
    let rest = named.dropFirst(top)
    let none = next(.none, CollectionOfOne(names.count))
    return named.prefix(top).map { next(.event(names[$0]), CollectionOfOne($0)) }
      + (rest.isEmpty ? [] : [next(.other, rest)]) + (none.lost + none.wentOn > 0 ? [none] : [])
  }
}
