import EventStore
import JourneyQuery

/// Where one thread found the events of journeys.
struct PlacesTally: Sendable {
  /// One event of a journey of some length.
  private struct Spot: Hashable {
    let name: Int32
    let index: Int32
    let length: Int32
  }
  /// Journeys up to this length are counted in tables, which most are.
  private static let shortLength = 64
  /// And only where there are no more names, so that a table stays small.
  private static let mostNames = 1_024

  private var reader: JourneyReader
  private let names: [String]
  private var customers = 0
  /// By length of the journey, index of the event and number of its name; empty where nothing is counted so.
  private var short: [Int]
  private var others: [Spot: Int] = [:]

  init(_ query: PlacesQuery, in schema: StoreSchema) {
    let clauses = JourneyReader.Clauses(naming: Naming(), scope: query.scope, needsInstants: false)
    reader = JourneyReader(clauses, in: schema)
    names = reader.namer?.names ?? []
    let isTabled = names.count <= Self.mostNames
    short = Array(repeating: 0, count: isTabled ? Self.first(ofLength: Self.shortLength + 1) * names.count : 0)
  }

  /// How many events all shorter journeys have.
  private static func first(ofLength length: Int) -> Int { length * (length - 1) / 2 }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    reader.read(block, of: bucket)
    for person in reader.people {
      let events = reader.events(of: person)
      guard !events.isEmpty else { continue }
      customers += 1
      if !short.isEmpty, events.count <= Self.shortLength {
        let first = Self.first(ofLength: events.count)
        for (index, event) in events.enumerated() {
          short[(first + index) * names.count + Int(reader.names[event])] += 1
        }
      } else {
        for (index, event) in events.enumerated() {
          let spot = Spot(
            name: reader.names[event], index: Int32(truncatingIfNeeded: index),
            length: Int32(truncatingIfNeeded: events.count))
          others[spot, default: 0] += 1
        }
      }
    }
  }

  var found: PlacesPartial {
    var counts = [[Double: Int]](repeating: [:], count: names.count)
    func add(_ count: Int, _ name: Int, _ index: Int, _ length: Int) {
      guard count > 0 else { return }
      counts[name][length > 1 ? Double(index) / Double(length - 1) : 0, default: 0] += count
    }
    for length in 1...Self.shortLength where !short.isEmpty {
      for index in 0..<length {
        let row = (Self.first(ofLength: length) + index) * names.count
        for name in names.indices { add(short[row + name], name, index, length) }
      }
    }
    for (spot, count) in others { add(count, Int(spot.name), Int(spot.index), Int(spot.length)) }
    var found = PlacesPartial()
    (found.asked, found.customers) = (reader.asked, customers)
    found.names = zip(names, counts).filter { !$1.isEmpty }.map { PlacesPartial.Name($0, $1) }
    return found
  }
}
