import JourneyQuery

/// The picture of a table as it is drawn for a width.
struct Chart: Hashable, Sendable {
  let width: Double
  let height: Double
  /// Elements within (0, 0) … (width, height), in the classes of `ChartInk`.
  let markup: String
  /// What is drawn.
  let title: String
  /// How to read it, where that is not plain, and what is not drawn; nil where nothing is to be said.
  let caption: String?

  /// - Parameter remarks: of which the caption is made.
  init(width: Double, height: Double, markup: String, title: String, remarks: [String?] = []) {
    (self.width, self.height, self.markup, self.title) = (width, height, markup, title)
    let remarks = remarks.compactMap(\.self)
    caption = remarks.isEmpty ? nil : remarks.joined(separator: "; ")
  }

  /// By itself, to stand in a page.
  ///
  /// - Parameters:
  ///   - id: of its title; no other element of the page has it.
  ///   - kind: its class.
  func svg(id: String, kind: String) -> String {
    let (width, height) = (SVGWriter.number(width), SVGWriter.number(height))
    return """
      <svg class="\(kind)" role="img" aria-labelledby="\(id)" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)">
      <title id="\(id)">\(title.cleaned.markupEscaped)</title>
      \(markup)</svg>
      """
  }
}

extension Table {
  /// The picture of a table that is `shown`, no wider than `width`, at least 300; nil where it has none.
  ///
  /// - Parameter isAlone: whether its rows do not stand beside it, so that their bars and courses are a picture, too.
  func chart(
    width: Double, isAlone: Bool = false, in context: RenderingContext
  ) throws(ExecutionError) -> Chart? {
    try context.run.check()
    // There is no room for intervals; the table has them.
    var context = context
    context.hasIntervals = false
    switch picture {
    case .trend(let trend), .plot(let trend): return TrendPicture(trend, width: width, in: context)?.chart
    case .order(let order): return OrderPicture.chart(of: order, width: width)
    case .arcs(let arcs): return ArcsPicture(arcs, width: width)?.chart
    case .tree(let tree): return TreePicture(tree, width: width).chart
    case .histogram(let histogram): return HistogramPicture(histogram, width: width)?.chart
    case .matrix, nil: break
    }
    if let matrix = try MatrixPicture(self, width: width, in: context) { return matrix.chart }
    guard isAlone else { return nil }
    if let bars = try BarsPicture(self, width: width, in: context) { return bars.chart }
    return try CoursesPicture(self, width: width, in: context)?.chart
  }
}
