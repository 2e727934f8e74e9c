import EventStore
import JourneyQuery

extension Executor where Self: EventPart {
  /// Where in their journeys events stand.
  public func places(_ query: PlacesQuery, _ run: Run) throws(ExecutionError) -> PlacesReport {
    try answer(PlacesQuestion(query: query, catalog: catalog), run)
  }
}

struct PlacesQuestion: SingleReading {
  let query: PlacesQuery
  let catalog: Catalog

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> PlacesPartial {
    let store = try part.reading(query.scope, catalog)
    let parts = try store.scan(threads: part.threads, run, part: { PlacesTally(query, in: store.schema) }) {
      part, bucket, customers in
      part.read(customers, of: bucket)
    }
    return parts.reduce(into: PlacesPartial()) { $0.absorb($1.found) }
  }

  func report(_ found: PlacesPartial, _ run: Run) -> PlacesReport {
    let places = found.names.map { name in
      PlacesReport.Place(name: name.name, place: name.median, events: name.counts.reduce(0, +))
    }
    return PlacesReport(
      places: places.sorted {
        $0.place == $1.place ? $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) : $0.place < $1.place
      },
      customers: found.customers, basis: Basis(span: catalog.span, people: found.asked))
  }
}

/// How often events of each name stand where.
struct PlacesPartial: PartialAnswer {
  struct Name: Sendable, Codable {
    let name: String
    /// Rising, each once.
    var places: [Double]
    /// Parallel to them.
    var counts: [Int]

    /// of an even number, the middle between the two in the middle.
    var median: Double {
      let whole = counts.reduce(0, +)
      return (place(atRank: (whole - 1) / 2) + place(atRank: whole / 2)) / 2
    }

    private func place(atRank rank: Int) -> Double {
      var below = 0
      for (place, count) in zip(places, counts) {
        below += count
        if rank < below { return place }
      }
      return 0
    }
  }
  var asked = 0
  var customers = 0
  /// Each once, by its bytes.
  var names: [Name] = []

  mutating func absorb(_ other: PlacesPartial) {
    asked += other.asked
    customers += other.customers
    var known = Dictionary(names.enumerated().map { (ByteText($1.name), $0) }) { first, _ in first }
    for name in other.names {
      if let index = known[ByteText(name.name)] {
        names[index].absorb(name)
      } else {
        known[ByteText(name.name)] = names.count
        names.append(name)
      }
    }
  }
}

extension PlacesPartial.Name {
  init(_ name: String, _ counts: [Double: Int]) {
    let places = counts.keys.sorted()
    self.init(name: name, places: places, counts: places.map { counts[$0] ?? 0 })
  }

  /// Merges two rising lists.
  mutating func absorb(_ other: Self) {
    let counts = Dictionary(zip(places + other.places, counts + other.counts), uniquingKeysWith: +)
    self = Self(name, counts)
  }
}
