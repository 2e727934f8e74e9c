import EventStore
import Interchange
import JourneyModel
import Simulation
import SourceText

/// The built-in sample: a shop for fashion accessories, its map and 20,000 simulated customers. The same on every machine.
enum Sample {
  static let name = "shop"

  static func map() throws(Diagnostic) -> JourneyMap {
    try MapFormat.yaml.read(shopMap, file: "shop.yaml", name: name).map
  }

  static func journeys() -> [ShopJourney] { ShopSimulator().journeys(customers: 20_000, seed: 5) }

  /// Six lines: what is loaded, and what to type next.
  ///
  /// - Parameter isJoined: whether ids of one person are.
  static func greeting(_ map: JourneyMap, _ events: EventStore, isJoined: Bool) -> String {
    """
    Sample shop: \(events.customerCount.grouped) customers, \(events.eventCount.grouped) events, \
    November 2024 to June 2025.
    A survey of theirs, what the shop knows of buyers and readers, \(isJoined ? "whose cookies are whose, " : "")what channels cost.
      show map                                        the journey as designed
      funnel stages                                   how far customers get
      funnel Cart -> Checkout -> purchase by device   where they are lost, and who
      help                                            all else; Tab completes
    """
  }
}
