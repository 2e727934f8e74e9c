import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

/// Places by their definition: each occurrence by itself, sorted.
struct DefinedPlaces {
  let rows: [EventRow]
  let query: PlacesQuery

  var report: PlacesReport {
    let asked = asked(query.scope, of: rows)
    let journeys = asked.map { person in
      person.events.filter { row in
        query.scope.keeps(row) && (query.scope.during?.contains(Instant(microseconds: row.instant)) ?? true)
      }
    }.filter { !$0.isEmpty }
    var found: [String: [Double]] = [:]
    for journey in journeys {
      for (index, row) in journey.enumerated() {
        found[row.name, default: []].append(journey.count == 1 ? 0 : Double(index) / Double(journey.count - 1))
      }
    }
    let places = found.map { name, places in
      PlacesReport.Place(name: name, place: median(places.sorted()), events: places.count)
    }
    return PlacesReport(
      places: places.sorted { ($0.place, $0.name) < ($1.place, $1.name) }, customers: journeys.count,
      basis: Basis(span: span(of: rows), people: asked.count))
  }

  private func median(_ sorted: [Double]) -> Double { (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2 }
}

@Suite struct PlacesTests {
  @Test(arguments: 0..<4) func `the places are those of the definition`(seed: Int) throws {
    try expectDefined(seed: seed, stores: 250) { random in
      PlacesQuery(scope: .random(using: &random))
    } definition: { rows, query in
      DefinedPlaces(rows: rows, query: query).report
    } answer: { engine, query in
      try engine.places(query, Run())
    }
  }

  /// Short ones are counted in another way than long ones.
  @Test func `long journeys are counted like short ones`() throws {
    let names = ["A", "B", "C"]
    for length in [63, 64, 65, 200] {
      let rows =
        (0..<length).map { EventRow(customer: "u", instant: minute(Int64($0)), name: names[$0 * 7 % 3]) }
        + journey("B0 C1", of: "v")
      #expect(
        try EmbeddedEngine(rows).places(PlacesQuery(), Run()) == DefinedPlaces(rows: rows, query: PlacesQuery()).report)
    }
  }
}
