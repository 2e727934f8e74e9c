import JourneyStatistics
import TestSupport
import Testing

@Suite struct RateChangeTests {
  /// Whatever the parts, their effects sum to the change, those of shares to the part of it that is left where no rate changed.
  @Test(arguments: 0..<4) func `effects sum to the change`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for _ in 0..<300 {
      let parts = (0...random.next(6)).map { _ in
        [1, 1].map { _ in
          let whole = random.one(in: 4) ? 0 : random.next(90)
          return (count: whole > 0 ? random.next(whole + 1) : 0, whole: whole)
        }
      }
      let wholes = [0, 1].map { time in
        Proportion(parts.reduce(0) { $0 + $1[time].count }, of: parts.reduce(0) { $0 + $1[time].whole })
      }
      guard let now = wholes[0], let before = wholes[1] else { continue }
      let change = RateChange(now: now, before: before)
      let effects = parts.map { part in
        change.effects(
          now: Proportion(part[0].count, of: part[0].whole), before: Proportion(part[1].count, of: part[1].whole))
      }
      #expect(abs(effects.reduce(0) { $0 + $1.sum } - change.difference) < 1e-14, "\(parts)")
      for (part, effect) in zip(parts, effects) where part[0].whole * part[1].whole == 0 { #expect(effect.rate == 0) }
    }
  }

  /// Half were phones at 20 %, then most are, at 10 %; desktops stay at 60 %.
  @Test func known() throws {
    func rate(_ count: Int, _ whole: Int) throws -> Proportion { try #require(Proportion(count, of: whole)) }
    let change = RateChange(now: try rate(200, 1_000), before: try rate(400, 1_000))
    let phones = change.effects(now: try rate(80, 800), before: try rate(100, 500))
    let desktops = change.effects(now: try rate(120, 200), before: try rate(300, 500))
    #expect(abs(phones.rate - -0.065) < 1e-15 && abs(phones.mix - -0.045) < 1e-15)
    #expect(abs(desktops.rate) < 1e-15 && abs(desktops.mix - -0.09) < 1e-15)
    #expect(abs(phones.sum + desktops.sum - change.difference) < 1e-15)
  }
}
