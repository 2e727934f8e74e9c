import Testing

@testable import Rendering

@Suite struct ColumnFlowTests {
  @Test(arguments: 1...100) func keepsOrderAndFillsTheColumns(seed: UInt64) {
    var chance = Chance(seed)
    let heights = (0..<Int.random(in: 0...40, using: &chance)).map { _ in Double.random(in: 50...500, using: &chance) }
    let count = Int.random(in: 1...10, using: &chance)
    let columns = ColumnFlow.columns(of: heights, gap: 10, count: count)
    #expect(columns.flatMap { $0 } == Array(heights.indices))
    #expect(columns.count == min(count, heights.count) && columns.allSatisfy { !$0.isEmpty })
  }

  @Test func balancesTheColumns() {
    #expect(ColumnFlow.columns(of: [100, 100, 100, 300], gap: 10, count: 2) == [0..<3, 3..<4])
    #expect(ColumnFlow.columns(of: [300, 100, 100, 100], gap: 10, count: 2) == [0..<1, 1..<4])
  }
}
