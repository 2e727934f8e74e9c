import JourneyTime

/// What a channel cost over some days, over which it is spread evenly.
public struct ChannelCost: Hashable, Sendable {
  public var channel: String
  public var dates: Range<Instant>
  public var cost: Double

  public init(channel: String, dates: Range<Instant>, cost: Double) {
    (self.channel, self.dates, self.cost) = (channel, dates, cost)
  }

  /// The part of it that falls into other dates: that of their time which is its own.
  public func cost(within dates: Range<Instant>) -> Double {
    let length = self.dates.upperBound.microseconds - self.dates.lowerBound.microseconds
    let common = self.dates.clamped(to: dates)
    let shared = common.upperBound.microseconds - common.lowerBound.microseconds
    return length > 0 ? cost * Double(shared) / Double(length) : 0
  }
}

/// What channels cost in all.
public struct Spend: Hashable, Sendable {
  /// The property by whose values costs meet what is brought.
  public static let property = "channel"

  public var costs: [ChannelCost]

  public init(_ costs: [ChannelCost]) { self.costs = costs }

  /// By channel, what falls into each of these dates, which follow each other; channels without any are left out.
  public func byChannel(within parts: [Range<Instant>]) -> [[String: Double]] {
    var sums = parts.map { _ in [String: Double]() }
    for cost in costs {
      for index in parts.firstIndex(endingAfter: cost.dates.lowerBound)..<parts.count {
        guard parts[index].lowerBound < cost.dates.upperBound else { break }
        guard cost.dates.overlaps(parts[index]) else { continue }
        sums[index][cost.channel, default: 0] += cost.cost(within: parts[index])
      }
    }
    return sums
  }
}

extension [Range<Instant>] {
  /// Of dates that follow each other.
  fileprivate func firstIndex(endingAfter instant: Instant) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].upperBound > instant { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
