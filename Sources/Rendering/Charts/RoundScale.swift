import JourneyQuery
import JourneyTime

/// Round figures, each as far from the next, from 0, or from one below where there are negative figures, to one that none is above.
struct RoundScale {
  let bottom: Double
  let top: Double
  /// Steps from the bottom to the top, one to six.
  let count: Int
  private let step: Double
  private let sample: Cell

  /// What is further from 0 is drawn as if it were this.
  private static let farthest = 1e300

  /// For the figures among the cells, all of one kind; nil where there are none.
  init?(_ cells: [Cell]) {
    guard let sample = cells.first(where: { $0.height != nil }) else { return nil }
    var (largest, smallest) = (0.0, 0.0)
    for height in cells.lazy.compactMap(\.height) {
      largest = min(Self.farthest, max(largest, height))
      smallest = max(-Self.farthest, min(smallest, height))
    }
    self.sample = sample
    step = Self.step(for: largest - smallest, like: sample)
    bottom = (smallest / step).rounded(.down) * step
    top = max(bottom + step, (largest / step).rounded(.up) * step)
    count = max(1, Int(((top - bottom) / step).rounded()))
  }

  /// Where a figure lies between the bottom, 0, and the top, 1; held at the ends.
  func share(of value: Double) -> Double { min(max((value - bottom) / (top - bottom), 0), 1) }

  /// The share of the round figure that is so many steps above the bottom.
  func share(ofStep index: Int) -> Double { Double(index) / Double(count) }

  /// That figure, in the unit of the others.
  func label(_ index: Int, _ glyphs: Glyphs) -> String {
    index == 0 && bottom == 0 ? "0" : text(bottom + Double(index) * step, like: sample, glyphs)
  }

  /// A round figure that goes up to four times into the largest, or into what lies between it and the least.
  private static func step(for largest: Double, like sample: Cell) -> Double {
    if case .duration = sample {
      let steps = durations.map { Double($0.microseconds) }
      if let step = steps.first(where: { largest <= 4 * $0 }) { return step }
    }
    var power = 1.0
    let wanted = max(largest, .leastNormalMagnitude) / 4
    // Within the range of numbers that are counted; anything beyond ends with the figure itself as its step.
    for _ in 0..<40 where power > wanted { power /= 10 }
    for _ in 0..<40 where power * 10 <= wanted { power *= 10 }
    let step = [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= wanted } ?? max(largest, 1)
    if case .integer = sample { return max(1, step.rounded(.up)) }
    return largest > 0 ? step : 1
  }

  private static let durations: [Duration] =
    [.seconds(1), .seconds(2), .seconds(5), .seconds(10), .seconds(15), .seconds(30)]
    + [.minutes(1), .minutes(2), .minutes(5), .minutes(10), .minutes(15), .minutes(30)]
    + [.hours(1), .hours(2), .hours(3), .hours(6), .hours(12)]
    + [.days(1), .days(2), .days(7), .days(14), .days(30), .days(60), .days(90)]

  private func text(_ value: Double, like sample: Cell, _ glyphs: Glyphs) -> String {
    switch sample {
    case .share, .rate:
      let percent = value * 100
      return HumanText.number(percent, decimals: abs(percent - percent.rounded()) < 1e-9 ? 0 : 1) + " %"
    case .duration: return HumanText.duration(Duration(microseconds: Self.whole(value)), micro: glyphs.micro)
    case .estimate(let estimate) where estimate.unit == .share:
      return text(value, like: .share(estimate.value), glyphs)
    case .estimate(let estimate) where estimate.unit == .points && value > 0:
      return "+" + text(value, like: .number(estimate.value), glyphs)
    case .number, .estimate: return HumanText.number(value, decimals: HumanText.decimals(for: [step, value]))
    case .bytes: return ByteCount(bytes: Int(Self.whole(value))).description
    default: return HumanText.integer(Int(Self.whole(value)))
    }
  }

  private static func whole(_ value: Double) -> Int64 { Int64(min(max(value, -9e18), 9e18)) }
}
