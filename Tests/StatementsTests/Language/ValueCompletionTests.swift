import JourneyTime
import SourceText
import Testing

@testable import Statements

/// What Tab offers of a property's values.
@Suite struct ValueCompletionTests {
  @Test func valuesAreOfferedInOrderAlsoBehindAStatementThatWasStopped() throws {
    let shop = try Session(opening: nil, directory: "/") { Instant(microseconds: 0) }
    _ = try shop.execute("load sample shop")
    let text = "count where device = "
    func offered() -> [String] { Completer(shop).candidates(in: text, at: text.utf8.count).candidates.map(\.text) }
    let before = offered()
    #expect(before.prefix(3) == ["desktop", "phone", "tablet"])
    shop.run.cancel()
    #expect(offered() == before)
  }

  @Test func `answers and customers are offered properties of events with their values`() throws {
    let shop = try Session(opening: nil, directory: "/") { Instant(microseconds: 0) }
    _ = try shop.execute("load sample shop")
    func offered(_ text: String) -> [String] {
      Completer(shop).candidates(in: text, at: text.utf8.count).candidates.map(\.text)
    }
    #expect(offered("nps by ").contains("event.device") && offered("show customers where ").contains("event.device"))
    #expect(offered("nps by event.chan") == ["event.channel"])
    #expect(offered("nps where device = ").prefix(3) == ["desktop", "phone", "tablet"])
    #expect(Set(offered("nps where channel = ")).isSuperset(of: ["email", "web"]))
    #expect(Set(offered("nps where event.channel = ")).isSuperset(of: ["social", "affiliate"]))
    #expect(!offered("count by ").contains { $0.hasPrefix("event.") })
  }
}
