/// Bins of values from 0, 2^bits to each doubling; all that are negative are in the first.
public struct LogarithmicBins: Sendable {
  @usableFromInline let bits: Int

  /// 1 to 30 bits.
  @inlinable public init(bits: Int) { self.bits = bits }

  public var count: Int { (65 - bits) << bits }

  @inlinable @inline(__always)
  public func bin(_ value: Int64) -> Int {
    let distance = UInt64(bitPattern: max(0, value)) | 1
    let doublings = max(bits, 63 &- distance.leadingZeroBitCount)
    return (doublings &- bits) &<< bits
      &+ Int(truncatingIfNeeded: distance &>> UInt64(truncatingIfNeeded: doublings &- bits))
  }

  /// The least value of a bin.
  public func start(of bin: Int) -> Int64 {
    let first = 1 << bits
    guard bin >= 2 * first else { return Int64(bin) }
    return Int64(truncatingIfNeeded: first + bin & (first - 1)) << Int64(bin / first - 1)
  }
}
