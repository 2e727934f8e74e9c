/// The page around the picture.
struct PicturePage {
  /// As it is.
  let title: String
  let drawings: MapDrawings
  /// Markup; may be empty.
  let tables: String

  var html: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(title.markupEscaped)</title>
    <style>
    \(style)
    </style>
    </head>
    <body>
    <main>
    \(drawings.figures)
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
    .wide svg { display: block; width: 100%; max-width: 2600px; height: auto; margin: 0 auto }
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
    \(drawings.choice(of: "@media"))
    @media screen and (max-width: 1000px) {
      table, tbody, tr, td, tbody th, caption { display: block }
      thead { display: none }
      tr { padding: 10px 0; border-bottom: 1px solid \(Neutral.line) }
      td, tbody th, td.figure { border: 0; padding: 2px 0; text-align: left; white-space: normal; min-width: 0; overflow-wrap: anywhere }
      td[data-head]:not(:empty)::before { content: attr(data-head) ": "; color: \(Paint.quiet.color) }
    }
    @media (max-width: 600px) {
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
