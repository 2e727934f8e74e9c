import JourneyTime
import SourceText

/// How many took how long as a chart: a column a bin, and where the quantiles lie. Bins are drawn as broad as each other, however long.
struct HistogramPicture {
  private static let style = TypeStyle.quiet
  private static let plotHeight = 170.0
  private static let broadest = 64.0
  private static let markLeading = 17.0

  private let histogram: Histogram
  private let width: Double
  private let pitch: Double
  private let left: Double
  private let top: Double
  private let most: Double

  /// Nil where nobody is counted.
  init?(_ histogram: Histogram, width: Double) {
    guard let most = histogram.bins.map(\.count).max(), most > 0 else { return nil }
    (self.histogram, self.most) = (histogram, Double(most))
    let ends = [histogram.bins.first?.start, histogram.bins.last.flatMap { $0.end ?? $0.start }].map {
      $0.map { TextWidth.of(HumanText.duration($0), Self.style) / 2 } ?? 0
    }
    left = max(4, ends[0])
    pitch = min(Self.broadest, (width - left - max(4, ends[1])) / Double(histogram.bins.count))
    let marks = histogram.marks.map { TextWidth.of(Self.name($0), .label) }.max() ?? 0
    self.width = min(width, max(left + pitch * Double(histogram.bins.count) + max(4, ends[1]), 240, marks + 8))
    top = Double(histogram.marks.count) * Self.markLeading + 24
  }

  var chart: Chart {
    var writer = ChartWriter()
    let base = top + Self.plotHeight
    for (index, bin) in histogram.bins.enumerated() { draw(bin, at: index, on: &writer) }
    for (index, mark) in histogram.marks.enumerated() { draw(mark, at: index, on: &writer) }
    for (index, bin) in histogram.bins.enumerated() { drawCount(bin, at: index, on: &writer) }
    writer.rule(
      from: Point(x: left, y: base), to: Point(x: left + pitch * Double(histogram.bins.count), y: base), .line)
    drawEdges(at: base, on: &writer)
    return Chart(
      width: width, height: base + 26, markup: writer.markup, title: "\(histogram.counted) by how long they took")
  }

  private func x(_ index: Int) -> Double { left + pitch * Double(index) }

  private func box(_ bin: Histogram.Bin, at index: Int) -> Rect {
    let height = max(0, Double(bin.count)) / most * Self.plotHeight
    return Rect(x: x(index) + 1, y: top + Self.plotHeight - height, width: max(1, pitch - 2), height: height)
  }

  private func draw(_ bin: Histogram.Bin, at index: Int, on writer: inout ChartWriter) {
    let end = bin.end.map { "up to " + HumanText.duration($0) } ?? "or longer"
    let title = "\(HumanText.duration(bin.start)) \(end): \(HumanText.integer(bin.count)) \(histogram.counted)"
    writer.titled(title) { $0.box(box(bin, at: index), .bar) }
  }

  /// Above its column, before the lines of quantiles.
  private func drawCount(_ bin: Histogram.Bin, at index: Int, on writer: inout ChartWriter) {
    let (count, box) = (HumanText.integer(bin.count), box(bin, at: index))
    let width = TextWidth.of(count, Self.style)
    guard width <= pitch - 2 else { return }
    writer.box(Rect(x: box.midX - width / 2, y: box.y - 17, width: width, height: 16), .ground, opacity: 0.85)
    writer.text(count, at: Point(x: box.midX, y: box.y - 5), .soft, anchor: .middle)
  }

  /// As many edges of bins as have room.
  private func drawEdges(at base: Double, on writer: inout ChartWriter) {
    let edges = histogram.bins.map(\.start) + [histogram.bins.last?.end].compactMap(\.self)
    var free = -Double.infinity
    for (index, edge) in edges.enumerated() {
      let text = HumanText.duration(edge)
      let half = TextWidth.of(text, Self.style) / 2
      guard x(index) - half >= max(free, 0), x(index) + half <= width else { continue }
      free = x(index) + half + 8
      writer.rule(from: Point(x: x(index), y: base), to: Point(x: x(index), y: base + 5), .line)
      writer.text(text, at: Point(x: x(index), y: base + 20), .soft, anchor: .middle)
    }
  }

  private static func name(_ mark: Histogram.Mark) -> String {
    ChartText.plain(mark.name) + " " + HumanText.duration(mark.time)
  }

  /// Each on a line of its own, as far along its bin as its time is in it.
  private func draw(_ mark: Histogram.Mark, at index: Int, on writer: inout ChartWriter) {
    guard let place = histogram.bin(of: mark.time) else { return }
    let bin = histogram.bins[place]
    var share = 0.5
    if let end = bin.end, end > bin.start {
      let (from, to) = (Double(bin.start.microseconds), Double(end.microseconds))
      share = min(max((Double(mark.time.microseconds) - from) / (to - from), 0), 1)
    }
    let x = x(place) + share * pitch
    let y = Double(index) * Self.markLeading + 14
    writer.rule(from: Point(x: x, y: y + 3), to: Point(x: x, y: top + Self.plotHeight), .back)
    let text = ChartText.fitted(Self.name(mark), .label, width: width)
    let room = TextWidth.of(text, .label)
    // Where its line and those before it do not pass through it.
    let isLeft = x + room + 6 > width
    let start = isLeft ? max(0, x - 6 - room) : x + 6
    writer.text(text, at: Point(x: start, y: y + 4), .ink, .label)
  }
}
