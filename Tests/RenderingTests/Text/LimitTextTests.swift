import JourneyQuery
import Rendering
import Testing

@Suite struct LimitTextTests {
  @Test(
    arguments: [
      (.steps(63), "at most 63 steps in a path"), (.stepsInAnyOrder(16), "at most 16 steps in any order"),
      (.units(1_000_000), "at most 1000000 units of 'per'"),
      (
        .rows(1_000_000),
        "at most 1000000 rows of groups and units; a longer unit of 'per', fewer dates or a smaller 'top' have fewer"
      ),
      (.cells(1_000_000), "at most 1000000 cells of cohort and unit; a longer unit of 'per' has fewer"),
      (.listed(1_000_000), "at most 1000000 rows of 'list'; 'export events' writes all there are"),
      (.yearsOfUnits(1...9999), "dates in the years 1 to 9999 for 'per'"),
      (.yearsOfClocks(1...9999), "dates in the years 1 to 9999 for days and hours"),
      (.sum(property: "price"), "values of price add up to more than 1.8 × 10^308, the largest number"),
    ] as [(Limit, String)])
  func everyLimitInWords(_ limit: Limit, _ words: String) {
    #expect(limit.text == words)
  }
}
