import JourneyQuery

/// The page around the picture.
struct PicturePage {
  let content: PictureContent
  /// Drawings for wide windows, for tablets and for phones.
  let wide: String
  /// Nil where the wide one fits windows that are wider than a tablet's.
  let broad: String?
  let middle: String
  let narrow: String
  /// Below this the wide drawing would be too small to read and gives way to the others.
  let leastWidth: Double

  func html(_ run: Run) throws(ExecutionError) -> String {
    let title = (content.title.isEmpty ? "Journey map" : content.title).markupEscaped
    let tables = try PictureTables(content: content).html(run)
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title)</title>
      <style>
      \(style)
      </style>
      </head>
      <body>
      <main>
      <figure class="wide">
      \(wide)</figure>
      \(broad.map { "<figure class=\"broad\">\n\($0)</figure>\n" } ?? "")\
      <figure class="middle">
      \(middle)</figure>
      <figure class="narrow">
      \(narrow)</figure>
      \(tables)
      </main>
      </body>
      </html>

      """
  }

  private func pixels(_ width: Double) -> String { SVGWriter.number(width.rounded(.down)) }

  private var style: String {
    """
    :root { color-scheme: light }
    * { box-sizing: border-box }
    body { margin: 0; background: #fff; color: \(Paint.text.color); font: 15px/1.5 \(TypeStyle.family) }
    figure { margin: 0 }
    .wide svg { display: block; width: 100%; max-width: 2600px; height: auto; margin: 0 auto }
    .broad, .middle, .narrow { display: none }
    .broad svg { display: block; width: 100%; max-width: 1400px; height: auto; margin: 0 auto }
    .middle svg { display: block; width: 100%; max-width: 960px; height: auto; margin: 0 auto }
    .narrow svg { display: block; width: 100%; max-width: 480px; height: auto; margin: 0 auto }
    .details { max-width: 1400px; margin: 0 auto; padding: 8px 48px 64px }
    .scroll { overflow-x: auto }
    table { border-collapse: collapse; width: 100%; margin: 0 0 40px }
    caption { text-align: left; font-size: 18px; font-weight: 600; padding: 16px 0 8px }
    th, td { text-align: left; vertical-align: top; padding: 7px 20px 7px 0; border-bottom: 1px solid \(Neutral.faint) }
    th { font-weight: 600 }
    thead th { color: \(Paint.quiet.color); font-size: 13px; border-bottom-color: \(Neutral.line); white-space: nowrap }
    td, tbody th { overflow-wrap: break-word; min-width: 7.5em }
    tbody th { min-width: 11em }
    .short { white-space: nowrap; min-width: 0 }
    th.figure, td.figure { padding-right: 36px; text-align: right; min-width: 0; white-space: nowrap; font-variant-numeric: tabular-nums }
    @media (max-width: \(pixels(leastWidth))px) {
      .wide { display: none }
      .\(broad == nil ? "middle" : "broad") { display: block }
    }
    @media (max-width: \(pixels(min(leastWidth, 1100)))px) {
      .broad { display: none }
      .middle { display: block }
    }
    @media screen and (max-width: 1000px) {
      table, tbody, tr, td, tbody th, caption { display: block }
      thead { display: none }
      tr { padding: 10px 0; border-bottom: 1px solid \(Neutral.line) }
      td, tbody th, td.figure { border: 0; padding: 2px 0; text-align: left; white-space: normal; min-width: 0; overflow-wrap: anywhere }
      td[data-head]:not(:empty)::before { content: attr(data-head) ": "; color: \(Paint.quiet.color) }
    }
    @media (max-width: 600px) {
      .middle { display: none }
      .narrow { display: block }
      .details { padding: 0 16px 40px }
    }
    @media print {
      @page { size: A3 landscape; margin: 8mm }
      .wide { display: block; break-after: page }
      .wide svg { width: auto; max-width: 100%; height: auto; max-height: 280mm }
      .broad, .middle, .narrow { display: none }
      .details { max-width: none; padding: 0 }
      tr { break-inside: avoid }
    }
    """
  }
}
