/// A drawing as it is added to from the top; how wide it gets is known at the end.
struct ChartCanvas {
  static let margin = 32.0
  /// Of running text.
  private static let textWidth = 720.0
  private static let mostLines = 60

  /// Where the next thing begins.
  private(set) var y = Self.margin
  private var writer = ChartWriter()
  private var right = 0.0

  /// Running text in as many lines as it takes.
  mutating func sentence(_ text: String, _ ink: ChartInk = .soft, _ style: TypeStyle = .body, width: Double = textWidth)
  {
    for line in WrappedText(text, style, width: width, limit: Self.mostLines).lines {
      y += style.leading
      self.text(line, at: Point(x: Self.margin, y: y - style.descent), ink, style)
    }
  }

  mutating func space(_ height: Double) { y += height }

  /// One line; `y` stays.
  mutating func text(
    _ text: String, at place: Point, _ ink: ChartInk, _ style: TypeStyle, anchor: ChartWriter.Anchor = .start
  ) {
    writer.text(text, at: place, ink, style, anchor: anchor)
    right = max(right, anchor == .end ? place.x : place.x + TextWidth.of(text, style))
  }

  mutating func box(_ box: Rect, _ ink: ChartInk) {
    writer.box(box, ink)
    right = max(right, box.maxX)
  }

  mutating func rule(to end: Double, at y: Double) {
    writer.rule(from: Point(x: Self.margin, y: y), to: Point(x: end, y: y), .grid)
    right = max(right, end)
  }

  /// A chart under its title, what is not drawn below it.
  mutating func chart(_ chart: Chart, isTitled: Bool = false) {
    let width = max(chart.width, 240)
    if !isTitled { sentence(chart.title, .ink, .name, width: width) }
    space(8)
    writer.part(chart.markup, at: Point(x: Self.margin, y: y))
    y += chart.height
    right = max(right, Self.margin + chart.width)
    if let caption = chart.caption { sentence(caption, .soft, .quiet, width: width) }
  }

  /// With ids that begin with `prefix`.
  func document(title: String, prefix: String) -> String {
    let (width, height) = (
      SVGWriter.number((right + Self.margin).rounded(.up)), SVGWriter.number((y + Self.margin).rounded(.up))
    )
    return """
      <svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="\(prefix)-title" \
      viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" font-family="\(TypeStyle.family)">
      <title id="\(prefix)-title">\(title.cleaned.markupEscaped)</title>
      <style>
      \(ChartInk.style())
      </style>
      <rect class="ground" width="100%" height="100%" fill="#ffffff"/>
      \(writer.markup)</svg>

      """
  }
}
