/// A map drawn for every width that it may be looked at in; a style shows one of them.
struct MapDrawings {
  /// For wide windows.
  let wide: String
  /// Nil where the wide one fits windows that are wider than a tablet's.
  let broad: String?
  /// For tablets.
  let middle: String
  /// For phones.
  let narrow: String
  /// Below this the wide drawing would be too small to read and gives way to the others.
  let leastWidth: Double

  /// A figure each.
  var figures: String {
    let kinds = [("wide", wide), ("broad", broad), ("middle", middle), ("narrow", narrow)]
    return kinds.compactMap { kind, drawing in drawing.map { "<figure class=\"\(kind)\">\n\($0)</figure>" } }
      .joined(separator: "\n")
  }

  /// Rules that show the one that fits.
  ///
  /// - Parameters:
  ///   - area: what the widths are of, as `@media`.
  ///   - place: a selector of what the figures stand in, with a space behind it; empty for a page.
  func choice(of area: String, in place: String = "") -> String {
    """
    \(place).broad, \(place).middle, \(place).narrow { display: none }
    \(area) (max-width: \(Self.pixels(leastWidth))px) {
      \(place).wide { display: none }
      \(place).\(broad == nil ? "middle" : "broad") { display: block }
    }
    \(area) (max-width: \(Self.pixels(min(leastWidth, 1100)))px) {
      \(place).broad { display: none }
      \(place).middle { display: block }
    }
    \(area) (max-width: 600px) {
      \(place).middle { display: none }
      \(place).narrow { display: block }
    }
    """
  }

  private static func pixels(_ width: Double) -> String { SVGWriter.number(width.rounded(.down)) }
}
