import SourceText

/// Where what a `TrendPicture` shows lies: figures to the left, lines, names to the right, times below.
struct TrendFrame {
  static let style = TypeStyle.quiet
  /// Of a name at the end of a line.
  static let nameStyle = TypeStyle.label
  /// Between a line's end and its name.
  static let gap = 14.0
  private static let mostNameShare = 0.3
  /// From the plot to the middle of what stands below it.
  private static let below = 22.0

  let width: Double
  let height: Double
  /// What the lines take.
  let plot: Rect
  let scale: RoundScale
  /// What names may take.
  let nameWidth: Double
  /// Of the times, in order.
  private let labels: [String]
  /// What a label may take, and what the widest takes.
  private let (labelRoom, labelWidth): (Double, Double)

  /// - Parameters:
  ///   - labels: of times, one or more.
  ///   - names: of lines; none where nothing stands behind them.
  init(_ scale: RoundScale, times labels: [String], names: [String], width: Double, _ glyphs: Glyphs) {
    (self.scale, self.labels, self.width) = (scale, labels, width)
    let room = width * 0.45
    // Labels are much alike; those that are wider than all of these still do not lie on others.
    let some = stride(from: 0, to: labels.count, by: labels.count / 100 + 1).map { labels[$0] }
    labelRoom = room
    labelWidth =
      some.map { TextWidth.of(ChartText.fitted($0, Self.style, width: room), Self.style) }.max() ?? 0
    let figures = (0...scale.count).map { TextWidth.of(scale.label($0, glyphs), Self.style) }
    let widest = names.map { TextWidth.of(ChartText.plain($0), Self.nameStyle) }.max() ?? 0
    nameWidth = min(widest, width * Self.mostNameShare)
    let left = min((figures.max() ?? 0) + 8, width / 3)
    // The last label stands in the middle below its time, eight units from the end of the plot.
    let right = max(8, labelWidth / 2 - 8, names.isEmpty ? 0 : nameWidth + Self.gap)
    plot = Rect(x: left, y: 10, width: max(40, width - left - right), height: min(280, 130 + width / 6))
    height = plot.maxY + Self.below + 10
  }

  /// From time to time; of one time all that there is.
  var pitch: Double { (plot.width - 16) / Double(max(1, labels.count - 1)) }

  func x(_ place: Int) -> Double { labels.count == 1 ? plot.midX : plot.x + 8 + pitch * Double(place) }

  func y(_ value: Double) -> Double { plot.maxY - scale.share(of: value) * plot.height }

  /// Round figures and the lines they stand at, the axis of time the strongest.
  func drawScale(_ glyphs: Glyphs, on writer: inout ChartWriter) {
    for index in 0...scale.count {
      let y = plot.maxY - scale.share(ofStep: index) * plot.height
      let isAxis = index == 0
      writer.rule(from: Point(x: plot.x, y: y), to: Point(x: plot.maxX, y: y), isAxis ? .line : .grid)
      let label = ChartText.figure(scale.label(index, glyphs), Self.style, width: plot.x - 8)
      writer.text(label, at: Point(x: plot.x - 8, y: y + 4), .soft, anchor: .end)
    }
  }

  /// As many labels of times as stand apart, the last in any case.
  func drawTimes(on writer: inout ChartWriter) {
    let apart = max(1, Int(((labelWidth + 16) / max(pitch, 1e-6)).rounded(.up)))
    var free = width
    for place in stride(from: labels.count - 1, through: 0, by: -min(apart, labels.count)) {
      let text = ChartText.fitted(labels[place], Self.style, width: labelRoom)
      let half = TextWidth.of(text, Self.style) / 2
      let middle = min(max(x(place), half), width - half)
      guard middle + half <= free else { continue }
      free = middle - half - 12
      writer.rule(from: Point(x: x(place), y: plot.maxY), to: Point(x: x(place), y: plot.maxY + 5), .line)
      writer.text(text, at: Point(x: middle, y: plot.maxY + Self.below), .soft, anchor: .middle)
    }
  }
}
