import Testing

@testable import Rendering

@Suite struct MonotoneCurveTests {
  @Test(arguments: 1...200) func neverLeavesTheRangeOfItsNeighbours(seed: UInt64) {
    var chance = Chance(seed)
    var x = 0.0
    let points = (0..<Int.random(in: 2...20, using: &chance)).map { _ in
      x += Double.random(in: 0.5...80, using: &chance)
      return Point(x: x, y: Double(Int.random(in: -2...2, using: &chance)))
    }
    let curve = MonotoneCurve(points)
    for (start, end) in zip(points, points.dropFirst()) {
      let range = min(start.y, end.y) - 1e-9...max(start.y, end.y) + 1e-9
      for step in 0...20 {
        let height = curve.y(at: min(start.x + (end.x - start.x) * Double(step) / 20, end.x))
        #expect(height.map(range.contains) == true)
      }
    }
    #expect(curve.y(at: points[0].x - 1) == nil)
  }
}
