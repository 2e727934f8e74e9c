import JourneyQuery

/// The page around the picture.
struct PicturePage {
  let content: PictureContent
  /// Drawings for wide windows, for tablets and for phones.
  let wide: String
  let middle: String
  let narrow: String
  /// Below this the wide drawing would be too small to read: it is panned, and in small windows gives way to the others.
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
      <figure class="wide" tabindex="0" aria-label="Journey map" style="--least:\(SVGWriter.number(leastWidth))px">
      \(wide)</figure>
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

  private var style: String {
    """
    :root { color-scheme: light }
    * { box-sizing: border-box }
    body { margin: 0; background: #fff; color: \(Paint.text.color); font: 15px/1.5 \(TypeStyle.family) }
    figure { margin: 0 }
    .wide { overflow-x: auto }
    .wide svg { display: block; width: 100%; min-width: var(--least); max-width: 2600px; height: auto; margin: 0 auto }
    .middle, .narrow { display: none }
    .middle svg { display: block; width: 100%; max-width: 960px; height: auto; margin: 0 auto }
    .narrow svg { display: block; width: 100%; max-width: 480px; height: auto; margin: 0 auto }
    .details { max-width: 1400px; margin: 0 auto; padding: 8px 48px 64px }
    .scroll { overflow-x: auto }
    table { border-collapse: collapse; width: 100%; margin: 0 0 40px }
    caption { text-align: left; font-size: 18px; font-weight: 600; padding: 16px 0 8px }
    th, td { text-align: left; vertical-align: top; padding: 7px 20px 7px 0; border-bottom: 1px solid \(Neutral.faint) }
    th { font-weight: 600 }
    thead th { color: \(Paint.quiet.color); font-size: 13px; border-bottom-color: \(Neutral.line); white-space: nowrap }
    td, tbody th { overflow-wrap: anywhere; min-width: 7.5em }
    tbody th { min-width: 11em }
    .short { white-space: nowrap; min-width: 0 }
    th.figure, td.figure { padding-right: 36px; text-align: right; min-width: 0; white-space: nowrap; font-variant-numeric: tabular-nums }
    @media (max-width: \(SVGWriter.number(min(leastWidth, 1100).rounded(.down)))px) {
      .wide { display: none }
      .middle { display: block }
    }
    @media (max-width: 600px) {
      .middle { display: none }
      .narrow { display: block }
      .details { padding: 0 16px 40px }
      th, td, th.figure, td.figure { padding-right: 14px }
    }
    @media print {
      @page { size: A3 landscape; margin: 8mm }
      .wide { display: block; break-after: page; overflow: visible }
      .wide svg { width: auto; min-width: 0; max-width: 100%; height: auto; max-height: 280mm }
      .middle, .narrow { display: none }
      .details { max-width: none; padding: 0 }
      tr { break-inside: avoid }
    }
    """
  }
}
