import JourneyModel
import JourneyQuery
import JourneyStatistics
import Language
import SourceText

/// A map drafted from events: each name a touchpoint, cut into stages by where in journeys they stand.
struct MapDraft {
  /// How many stages it is cut into where nothing is said.
  static let standardStages = 5

  let map: JourneyMap
  /// What was done, in words.
  let report: String

  /// - Parameter stages: 1 … `MapMetricsQuery.mostStages`; fewer where there are fewer names.
  init(named name: String, from found: PlacesReport, stages: Int) throws(MapError) {
    // A map knows no thing without a name.
    let places = found.places.filter { !$0.name.isBlank }
    let cuts = leastSquaresCuts(of: places.map(\.place), into: stages)
    let elements = cuts.enumerated().flatMap { index, cut in
      Self.elements(of: places[cut], in: ElementReference(.stage, "Stage \(index + 1)"))
    }
    map = try JourneyMap(name: name, elements: elements)
    let events = places.reduce(0) { $0 + $1.events }
    report = """
      from \(events.counted("event")) of \(found.customers.counted("customer")), each where it lies in the median, \
      between the first event of a journey and the last
      """
  }

  /// A stage with its touchpoints.
  private static func elements(
    of places: ArraySlice<PlacesReport.Place>, in stage: ElementReference
  ) -> [Element] {
    var whole = Element(.stage, stage.name)
    whole.attributes[.note] = [.text(note(places))]
    return [whole]
      + places.map { place in
        var touchpoint = Element(.touchpoint, place.name, under: stage)
        touchpoint.links = ["event \(nameLiteral(place.name))"]
        return touchpoint
      }
  }

  /// `commonest: visit, product_viewed, search`
  private static func note(_ places: ArraySlice<PlacesReport.Place>) -> String {
    let commonest = places.sorted { $0.events > $1.events }.prefix(3).map(\.name)
    return "commonest: " + commonest.joined(separator: ", ")
  }
}
