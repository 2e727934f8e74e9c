import EventStore

/// Values from the least to the most, among which the median of many is looked for.
///
/// A sample gives a bracket that is narrow and yet almost always holds the median (Floyd and Rivest, "Expected time bounds
/// for selection", 1975); then only the values in it need keeping, and those below it counting.
struct Bracket: Hashable, Sendable, Codable {
  private(set) var least: Int64
  private var most: Int64

  /// The most less the least; of no values, nothing is so far from the least.
  var width: UInt64 { UInt64(bitPattern: max(least, most) &- least) }

  /// Every value.
  static let all = Bracket(least: .min, most: .max)
  static let none = Bracket(least: .max, most: .min)

  init(least: Int64, most: Int64) {
    (self.least, self.most) = (least, most)
  }

  /// Around the median of a sample.
  init(aroundMedianOf sample: inout [Int64]) { self.init(around: 0.5, ofSample: &sample) }

  /// Around what has so great a share of a sample below it, 0 to 1, and so wide that what has the same share of the whole below it lies
  /// outside about once in a hundred thousand times, if the sample was drawn well. Of a small sample, every value.
  init(around share: Double, ofSample sample: inout [Int64]) {
    guard sample.count >= 64 else {
      self = .all
      return
    }
    // Its rank in the sample has a standard deviation of half the root, at most: that of the median.
    let margin = Int(2.25 * Double(sample.count).squareRoot()) + 1
    let middle = Int(share * Double(sample.count))
    least = select(max(0, middle - margin), of: &sample)
    most = select(min(sample.count - 1, middle + margin), of: &sample)
  }

  /// From the lesser of the two leasts to the greater of the two mosts.
  mutating func widen(to other: Bracket) { (least, most) = (min(least, other.least), max(most, other.most)) }

  @inline(__always)
  func contains(_ value: Int64) -> Bool { value >= least && value <= most }
}
