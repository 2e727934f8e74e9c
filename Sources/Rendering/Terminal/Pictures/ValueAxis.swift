import JourneyQuery
import JourneyTime

/// A vertical axis from 0, or a round figure below it where there are negative ones, up to a round figure, with a few round figures on it,
/// as many rows apart.
struct ValueAxis {
  let labelWidth: Int
  /// Eight to ten.
  let rows: Int
  /// What stands at the lower end.
  let lowest: String
  private let bottom: Double
  private let top: Double
  /// By row from the top.
  private let labels: [Int: String]

  /// For the figures among the cells, all of one kind; nil where there are none.
  init?(_ cells: [Cell], in context: RenderingContext) {
    let values = cells.compactMap(\.height)
    guard let most = values.max(), let least = values.min(), let sample = cells.first(where: { $0.height != nil })
    else {
      return nil
    }
    let (largest, smallest) = (max(0, most), min(0, least))
    let step = Self.step(for: largest - smallest, like: sample)
    bottom = (smallest / step).rounded(.down) * step
    top = max(bottom + step, (largest / step).rounded(.up) * step)
    let count = Int(((top - bottom) / step).rounded())
    // So that figures are as many rows apart.
    rows = count == 3 ? 9 : count == 5 ? 10 : 8
    var labels: [Int: String] = [:]
    for index in stride(from: count, to: 0, by: -1) {
      let row = rows - index * rows / max(count, 1)
      if labels[row] == nil { labels[row] = Self.text(bottom + Double(index) * step, step, like: sample, in: context) }
    }
    self.labels = labels
    lowest = bottom < 0 ? Self.text(bottom, step, like: sample, in: context) : "0"
    labelWidth = (labels.values + [lowest]).map(\.count).max() ?? 1
  }

  func label(ofRow row: Int) -> String? { labels[row] }

  /// Dots from the top, four a row; the lower end stands on the last, right above the axis of time.
  func dot(of value: Double) -> Int {
    let dots = rows * 4
    let share = (value - bottom) / (top - bottom)
    return min(dots - 1, dots - Int((min(max(share, 0), 1) * Double(dots)).rounded()))
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

  private static func text(_ value: Double, _ step: Double, like sample: Cell, in context: RenderingContext) -> String {
    switch sample {
    case .share, .rate:
      let percent = value * 100
      return HumanText.number(percent, decimals: abs(percent - percent.rounded()) < 1e-9 ? 0 : 1) + " %"
    case .duration:
      return HumanText.duration(Duration(microseconds: Int64(min(value, 9e18))), micro: context.glyphs.micro)
    case .estimate(let estimate) where estimate.unit == .share:
      return text(value, step, like: .share(estimate.value), in: context)
    case .estimate(let estimate) where estimate.unit == .points && value > 0:
      return "+" + text(value, step, like: .number(estimate.value), in: context)
    case .number, .estimate: return HumanText.number(value, decimals: HumanText.decimals(for: [step, value]))
    case .bytes: return ByteCount(bytes: Int(min(value, 9e18))).description
    default: return HumanText.integer(Int(min(value, 9e18)))
    }
  }
}
