import EventStore
import Simulation
import Testing

@Suite struct ShopSimulatorTests {
  @Test func theSameSeedGivesTheSameRows() {
    let simulator = ShopSimulator()
    let first = simulator.journeys(customers: 50, seed: 7).flatMap(\.rows)
    let second = simulator.journeys(customers: 50, seed: 7).flatMap(\.rows)
    let other = simulator.journeys(customers: 50, seed: 8).flatMap(\.rows)
    #expect(first.map(\.instant) == second.map(\.instant))
    #expect(first.map(\.name) == second.map(\.name))
    #expect(first.map(\.instant) != other.map(\.instant))
  }

  /// Fewer customers are the first of more: growing the sample changes nobody's journey.
  @Test func customersDoNotDependOnEachOther() {
    let simulator = ShopSimulator()
    let few = simulator.journeys(customers: 10, seed: 7).flatMap(\.rows)
    let many = simulator.journeys(customers: 20, seed: 7).flatMap(\.rows)
    #expect(many.prefix(few.count).map(\.instant) == few.map(\.instant))
  }

  @Test func nothingLiesOutsideTheStory() {
    let story = ShopStory()
    let rows = ShopSimulator(story: story).journeys(customers: 500, seed: 1).flatMap(\.rows)
    let first = Int64(story.firstDay.daysSince1970) * 86_400_000_000
    let end = first + Int64(story.days) * 86_400_000_000
    #expect(rows.allSatisfy { (first..<end).contains($0.instant) })
    #expect(Set(rows.map(\.customer)).count > 490)
  }

  /// The draws behind everything, written down so that a change of them is seen.
  @Test func chanceIsSplitMix() {
    var chance = Chance(seed: 0)
    #expect(chance.next() == 0xE220_A839_7B1D_CDAF)
    #expect(chance.next() == 0x6E78_9E6A_A1B9_65F4)
  }
}
