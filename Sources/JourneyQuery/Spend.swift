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
  public var costs: [ChannelCost]

  public init(_ costs: [ChannelCost]) { self.costs = costs }

  /// By channel, what falls into these dates; channels without any are left out.
  public func byChannel(within dates: Range<Instant>) -> [String: Double] {
    var sums: [String: Double] = [:]
    for cost in costs where cost.dates.overlaps(dates) { sums[cost.channel, default: 0] += cost.cost(within: dates) }
    return sums
  }
}
