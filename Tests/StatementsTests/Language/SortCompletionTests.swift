import JourneyTime
import SourceText
import Testing

@testable import Statements

/// Behind `sort` Tab offers what sorts the answer, and all of it does.
@Suite struct SortCompletionTests {
  private let shop: Session

  init() throws {
    shop = try Session(opening: nil, directory: "/") { Instant(microseconds: 0) }
    for statement in [
      "load sample shop", "funnel visit -> cart_added -> purchase as main", "people $main lost at 2 as lost",
    ] { _ = try shop.execute(statement) }
  }

  private func offered(behind text: String) -> [String] {
    Completer(shop).candidates(in: text, at: text.utf8.count).candidates.map(\.text)
  }

  @Test(arguments: [
    ("count by device", ["device", "events", "share", "customers"]),
    ("count visit per week for $lost", ["week", "events", "share", "customers"]),
    ("count visit where device = nothing by device, channel", ["channel"]),
    ("funnel visit -> \"cart_added\" by device", ["visit", "cart_added", "conversion", "\"median to complete\""]),
    ("time visit -> purchase by $lost", ["\"$lost\"", "median", "p90"]),
    ("dropoff visit -> purchase", ["step", "lost", "share", "\"next event\"", "\"of lost\"", "\"went on\""]),
    ("count purchase by device per month", ["month", "events", "all", "phone", "tablet"]),
    ("funnel visit -> purchase by weekday per month", ["month", "conversion", "all", "Mon", "Sun"]),
    ("flow using stages", ["from", "to", "times", "\"median time\"", "starts"]),
    ("loops", ["from", "\"back to\"", "times"]), ("paths", ["customers", "share"]),
    ("retention of visit by device", ["device", "customers"]), ("sessions by channel", ["\"median length\""]),
    ("value of revenue by device", ["total", "mean"]),
    ("value by channel per month", ["cost", "return", "\"cost per customer\""]),
    ("nps by device", ["event.device", "nps"]),
    ("list purchase", ["customer", "time", "revenue"]),
    ("people $main lost at 2 with device", ["customer", "steps", "entered", "\"last step\"", "device"]),
    ("explain count by device", ["events"]), ("let $x = count by device", ["events"]),
  ])
  func whatIsOfferedSorts(_ statement: String, _ among: [String]) throws {
    let offered = offered(behind: statement + " sort ")
    #expect(Set(offered).isSuperset(of: among), "\(offered)")
    for column in offered { _ = try shop.execute("\(statement) sort \(column) descending") }
  }

  @Test func whatIsNoTableIsNotSorted() throws {
    for statement in ["count", "retention of visit", "sessions", "count by nothing"] {
      #expect(offered(behind: statement + " sort ") == [], "\(statement)")
    }
  }

  @Test func aColumnBegunIsCompleted() {
    #expect(offered(behind: "sessions by device sort med") == ["\"median length\""])
    #expect(offered(behind: "assert count by device sort ev") == ["events"])
    #expect(
      offered(behind: "export people $main at 1 sort ") == ["customer", "steps", "entered", "\"last step\""])
  }
}
