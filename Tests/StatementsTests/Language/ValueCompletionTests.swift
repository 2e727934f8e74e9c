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
}
