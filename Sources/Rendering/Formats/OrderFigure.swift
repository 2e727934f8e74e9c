/// The designed stages on a page: in a row where the window has room for it, else in a column.
struct OrderFigure {
  let markup: String
  /// Rules for the page.
  let style: String

  /// What a page has room for, and what a phone's window has.
  private static let (widest, narrowest) = (1_088.0, 358.0)

  /// Nil of fewer than two stages.
  init?(_ order: DesignedOrder) {
    guard let column = OrderPicture(order, .column(width: Self.narrowest)), let row = OrderPicture(order, .row) else {
      return nil
    }
    let hasRow = row.width <= Self.widest
    let width = SVGWriter.number(row.width.rounded(.up))
    // Several of them on a page have room for their rows each where it has.
    var lines = ["<figure class=\"order\(hasRow ? " from-\(width)" : "")\">"]
    for (kind, picture) in [("row", row), ("column", column)] where kind == "column" || hasRow {
      lines.append(picture.svg(kind, title: OrderPicture.title))
      guard let caption = picture.caption else { continue }
      lines.append("<figcaption class=\"note \(kind)\">\(caption.markupEscaped)</figcaption>")
    }
    markup = (lines + ["</figure>"]).joined(separator: "\n")
    style =
      Self.rules
      + (hasRow
        ? """

        .from-\(width) .column { display: none }
        @container (max-width: \(SVGWriter.number(row.width.rounded(.up) - 1))px) {
          .from-\(width) .row { display: none }
          .from-\(width) .column { display: block }
        }
        """ : "")
  }

  private static let rules = """
    .order { margin: 1.5rem 0; container-type: inline-size }
    .order svg { display: block; max-width: 100%; height: auto }
    .order .ink { fill: var(--ink) }
    .order .soft { fill: var(--soft) }
    .order .bar { fill: var(--bar) }
    .order .way { stroke: var(--bar) }
    .order .line { stroke: var(--soft) }
    .order .ground { fill: Canvas }
    """
}
