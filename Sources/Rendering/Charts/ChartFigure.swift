import JourneyQuery

/// A table's picture on a page, drawn for a phone, for a window half as wide as a desk's, and for that: the widest that fits is shown, so
/// that letters keep their size.
struct ChartFigure {
  let markup: String
  /// Rules for the page.
  let style: String

  /// What a page has room for in windows of 390, 672 and 1,120 pixels.
  private static let widths = [358.0, 640.0, 1_088.0]
  /// Nil where the table, which is `shown`, has no picture.
  ///
  /// - Parameter id: that no other figure of the page has.
  init?(_ table: Table, id: String, in context: RenderingContext) throws(ExecutionError) {
    var charts: [Chart] = []
    for width in Self.widths {
      guard let chart = try table.chart(width: width, in: context) else { return nil }
      // What comes out as wide as for less room is the same.
      if charts.last?.width != chart.width { charts.append(chart) }
    }
    var lines = ["<figure class=\"chart\" id=\"\(id)\">"]
    if let title = charts.first?.title { lines.append("<figcaption>\(title.markupEscaped)</figcaption>") }
    var rules: [String] = []
    for (index, chart) in charts.enumerated() {
      let kind = "size\(index)"
      lines.append(chart.svg(id: "\(id)-\(kind)", kind: kind))
      if let caption = chart.caption { lines.append("<p class=\"note \(kind)\">\(caption.markupEscaped)</p>") }
      if index > 0 {
        let least = SVGWriter.number(chart.width.rounded(.up))
        rules.append("@container (width < \(least)px) { #\(id) .\(kind) { display: none } }")
        rules.append("@container (width >= \(least)px) { #\(id) .size\(index - 1) { display: none } }")
      }
    }
    markup = (lines + ["</figure>"]).joined(separator: "\n")
    style = rules.joined(separator: "\n")
  }

  /// Rules for every page that has a figure.
  static let style = """
    .chart { margin: 1.5rem 0; container-type: inline-size }
    .chart figcaption { font-weight: 600; padding-bottom: 0.5rem }
    .chart svg { display: block; max-width: 100%; height: auto; font-family: \(TypeStyle.family) }
    \(ChartInk.style(under: ".chart "))
    .chart .ground { fill: Canvas }
    @media print { .chart { break-inside: avoid } }
    """
}
