import Testing

@testable import EventStore

@Suite struct LogarithmicBinsTests {
  @Test(arguments: [1, 5, 9]) func `every value lies between the starts of its bin and of the next`(bits: Int) {
    let bins = LogarithmicBins(bits: bits)
    let powers = (0..<62).flatMap { power in [-1, 0, 1].map { (Int64(1) << Int64(power)) + $0 } }
    for value in Array(0...3_000) + powers where value > 0 {
      let bin = bins.bin(value)
      // The lowest bit does not count.
      #expect(bins.start(of: bin) <= value | 1 && value < bins.start(of: bin + 1), "\(value)")
    }
    #expect(bins.bin(-5) == bins.bin(0))
    #expect(bins.bin(.max) < bins.count)
  }
}
