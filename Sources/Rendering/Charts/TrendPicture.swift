import SourceText

/// Lines over time as a chart, each with its name at its end and a point a value; the same as `TrendDrawing` shows on a terminal.
///
/// What had not ended is dashed, and its points are open; a missing figure interrupts a line. Where values lie too close for points there
/// are none, and where there are several to a unit of the width the highest and the lowest of these are drawn.
struct TrendPicture {
  private static let leastPitch = 5.0

  private let trend: Trend
  private let lines: [Trend.Line]
  private let frame: TrendFrame
  private let context: RenderingContext

  /// Nil where there is no figure to draw.
  init?(_ trend: Trend, width: Double, in context: RenderingContext) {
    lines = Array(trend.lines.prefix(ChartInk.mostSeries))
    let band = trend.band.map { $0.lowest + $0.highest } ?? []
    guard !trend.labels.isEmpty, let scale = RoundScale(lines.flatMap(\.values) + band) else { return nil }
    (self.trend, self.context) = (trend, context)
    let names = lines.count > 1 || trend.band != nil ? lines.map(\.name) + [trend.band?.name].compactMap(\.self) : []
    frame = TrendFrame(scale, times: trend.labels, names: names, width: width, context.glyphs)
  }

  var chart: Chart {
    var writer = ChartWriter()
    frame.drawScale(context.glyphs, on: &writer)
    frame.drawTimes(on: &writer)
    if let band = trend.band { draw(band, on: &writer) }
    // The first line is drawn last: it is the largest.
    for index in lines.indices.reversed() { draw(lines[index], index, on: &writer) }
    drawNames(on: &writer)
    let all = HumanText.integer(trend.lines.count)
    return Chart(
      width: frame.width, height: frame.height, markup: writer.markup, title: trend.title,
      remarks: [
        trend.lines.count > lines.count ? "drawn: the first \(lines.count) of \(all) lines" : nil,
        isThinned ? "drawn: the highest and the lowest of times that lie close" : nil,
        trend.unfinished > 0 ? "dashed: not over yet" : nil,
      ])
  }

  // MARK: Lines

  private struct Value {
    let place: Int
    let height: Double
  }

  private var isThinned: Bool { frame.pitch < 0.5 }

  /// What is drawn of a line: runs of values without a gap.
  private func runs(of line: Trend.Line) -> [[Value]] {
    var runs: [[Value]] = []
    var run: [Value] = []
    for place in trend.labels.indices {
      guard line.values.indices.contains(place), let height = line.values[place].height else {
        if !run.isEmpty { runs.append(run) }
        run = []
        continue
      }
      run.append(Value(place: place, height: height))
    }
    if !run.isEmpty { runs.append(run) }
    return isThinned ? runs.map(thinned) : runs
  }

  /// The lowest and the highest of those that share a unit of the width, in their order.
  private func thinned(_ run: [Value]) -> [Value] {
    var kept: [Value] = []
    var (start, column) = (0, Double.nan)
    func keep(_ values: ArraySlice<Value>) {
      guard let lowest = values.min(by: { $0.height < $1.height }),
        let highest = values.max(by: { $0.height < $1.height })
      else { return }
      kept += lowest.place == highest.place ? [lowest] : [lowest, highest].sorted { $0.place < $1.place }
    }
    for index in run.indices where frame.x(run[index].place).rounded(.down) != column {
      keep(run[start..<index])
      (start, column) = (index, frame.x(run[index].place).rounded(.down))
    }
    keep(run[start...])
    return kept
  }

  private func draw(_ line: Trend.Line, _ index: Int, on writer: inout ChartWriter) {
    let runs = runs(of: line)
    var (solid, dashed) = ("", "")
    for run in runs {
      for (from, to) in zip(run, run.dropFirst()) {
        let isDashed = line.isDashed || isOpen(to.place)
        // What goes on is one stroke, so that its corners are round.
        let goesOn = from.place != run[0].place && (line.isDashed || isOpen(from.place)) == isDashed
        let step = (goesOn ? " L" : "M\(place(from)) L") + place(to)
        if isDashed { dashed += step } else { solid += step }
      }
    }
    writer.stroke(solid, .series(index), width: 2)
    writer.stroke(dashed, .series(index), width: 2, isDashed: true)
    for run in runs where frame.pitch >= Self.leastPitch || run.count == 1 {
      for value in run { draw(value, of: line, index, on: &writer) }
    }
  }

  private func isOpen(_ place: Int) -> Bool { place >= trend.labels.count - trend.unfinished }

  private func point(_ value: Value) -> Point { Point(x: frame.x(value.place), y: frame.y(value.height)) }

  private func place(_ value: Value) -> String { SVGWriter.place(point(value)) }

  private func draw(_ value: Value, of line: Trend.Line, _ index: Int, on writer: inout ChartWriter) {
    let name = line.name.isEmpty ? "" : ChartText.brief(line.name) + ", "
    let figure = line.values[value.place].text(in: context)
    writer.titled("\(name)\(ChartText.brief(trend.labels[value.place])): \(figure)") { writer in
      let radius = frame.pitch < 12 ? 2.0 : 3.0
      writer.target(point(value), radius: min(8, frame.pitch / 2))
      writer.dot(point(value), radius: radius, .point(index))
      if line.isDashed || isOpen(value.place) { writer.dot(point(value), radius: radius - 1.25, .ground) }
    }
  }

  // MARK: Band

  private func draw(_ band: Trend.Band, on writer: inout ChartWriter) {
    let edges = trend.labels.indices.compactMap { place -> (x: Double, low: Double, high: Double)? in
      guard band.lowest.indices.contains(place), band.highest.indices.contains(place),
        let low = band.lowest[place].height, let high = band.highest[place].height
      else { return nil }
      return (frame.x(place), low, high)
    }
    guard let first = edges.first, let last = edges.last else { return }
    // Half a time wider to both sides: that of one time is seen, too.
    let half = min(frame.pitch / 2, 8)
    let ends = [(first.x - half, first.low, first.high)] + edges + [(last.x + half, last.low, last.high)]
    let (upper, lower) = (
      ends.map { SVGWriter.place(Point(x: $0.0, y: frame.y($0.2))) },
      ends.reversed().map { SVGWriter.place(Point(x: $0.0, y: frame.y($0.1))) }
    )
    let lowest = (band.lowest.last { $0.height != nil } ?? .missing).text(in: context)
    let highest = (band.highest.last { $0.height != nil } ?? .missing).text(in: context)
    writer.titled("\(ChartText.brief(band.name)): \(lowest) to \(highest)") { writer in
      writer.area("M" + (upper + lower).joined(separator: " L") + " Z", .bar, opacity: 0.16)
    }
  }

  // MARK: Names

  private func drawNames(on writer: inout ChartWriter) {
    guard lines.count > 1 || trend.band != nil else { return }
    var ends = lines.enumerated().compactMap { index, line -> (line: Int, name: String, y: Double)? in
      line.values.last { $0.height != nil }?.height.map { (index, line.name, frame.y($0)) }
    }
    if let band = trend.band, let low = band.lowest.last(where: { $0.height != nil })?.height,
      let high = band.highest.last(where: { $0.height != nil })?.height
    {
      ends.append((lines.count, band.name, frame.y(low / 2 + high / 2)))
    }
    let labels = EndLabels(ends, width: frame.nameWidth, in: 2...(frame.plot.maxY + 8)).labels
    let x = frame.plot.maxX + TrendFrame.gap
    for label in labels {
      let isBand = label.line == lines.count
      if abs(label.y - label.wanted) > 5, !isBand, lines[label.line].values.last?.height != nil {
        let (from, to) = (Point(x: frame.plot.maxX - 2, y: label.wanted), Point(x: x - 4, y: label.y))
        writer.rule(from: from, to: to, .series(label.line))
      }
      for (text, baseline) in zip(label.texts, EndLabels.baselines(of: label)) {
        writer.text(
          text, at: Point(x: x, y: baseline), isBand ? .soft : .name(label.line), TrendFrame.nameStyle)
      }
    }
  }
}
