import JourneyQuery

/// One self-contained page: nothing fetched, light and dark, its tables sorted and copied by `PageScript`.
struct HTMLFormat: AnswerFormat {
  static let endings = ["html", "htm"]

  func text(of answer: Answer, in context: RenderingContext) throws(ExecutionError) -> String {
    let markup = try AnswerMarkup(answer, in: context)
    let heading = answer.heading.map { "<h1>\($0.markupEscaped)</h1>" }
    return Self.page(
      title: answer.question.isEmpty ? "Waymark" : answer.question, body: [heading].compactMap(\.self) + markup.lines,
      styles: markup.styles, script: PageScript.text)
  }

  /// A page in the look that all have.
  ///
  /// - Parameters:
  ///   - title: as it is.
  ///   - body: markup, a line or more each.
  ///   - styles: what it has beside the rules of all.
  ///   - script: none, or that of `PageScript`: no other runs.
  static func page(title: String, body: [String], styles: [String] = [], script: String? = nil) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="\(policy(hasScript: script != nil))">
    <title>\(title.markupEscaped)</title>
    <style>
    \(([Self.style] + styles).joined(separator: "\n"))
    </style>
    </head>
    <body>
    \((body + [script.map { "<script>\($0)</script>" }].compactMap(\.self)).joined(separator: "\n"))
    </body>
    </html>

    """
  }

  /// Nothing is fetched, and nothing is sent.
  private static func policy(hasScript: Bool) -> String {
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
      + (hasScript ? "; script-src '\(PageScript.digest)'" : "")
  }

  private static let style = """
    :root { color-scheme: light dark; --ink: #1d2733; --soft: #5f6b7a; --line: #d9dee5; --bar: #0072b2; --loss: #f6d5bd; --caution: #8a5a00 }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e6eaf0; --soft: #9aa6b5; --line: #3a4450; --bar: #3a94cc; --loss: #6b4a36; --caution: #e0b050 }
    }
    body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); margin: 2rem auto; max-width: 70rem; padding: 0 1rem }
    h1 { font-size: 1.4em; margin: 0 0 0.25rem }
    code { font: 0.95em ui-monospace, monospace; overflow-wrap: anywhere }
    .scroll {
      overflow-x: auto; margin: 1.5rem 0;
      background:
        linear-gradient(90deg, transparent, Canvas 60%) right / 2rem 100% no-repeat local,
        linear-gradient(90deg, transparent, var(--line)) right / 0.75rem 100% no-repeat
    }
    time { white-space: nowrap }
    table { border-collapse: collapse }
    caption { text-align: left; font-weight: 600; padding-bottom: 0.5rem }
    th, td { text-align: left; padding: 0.35rem 1.5rem 0.35rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
    th { font-weight: 600; border-bottom: 2px solid var(--line) }
    .figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
    .short { white-space: nowrap }
    .bar { white-space: nowrap; font-variant-numeric: tabular-nums }
    td.bar data { display: inline-block; min-width: 4.5em; text-align: right }
    .bar span {
      display: inline-block; width: 14rem; height: 1.1em; margin-left: 0.75rem; vertical-align: -0.15em; border-radius: 2px;
      background: linear-gradient(90deg, var(--bar) var(--kept), var(--loss) var(--kept) var(--reached), transparent var(--reached))
    }
    @media (max-width: 40rem) {
      th, td { padding-right: 1rem }
      .bar span { display: block; width: 6rem; margin: 0.2rem 0 0 }
    }
    th button { all: unset; cursor: pointer }
    th button::after { content: "\\2195"; margin-left: 0.3em; color: var(--soft); font-weight: 400 }
    th[aria-sort=ascending] button::after { content: "\\2191"; color: inherit }
    th[aria-sort=descending] button::after { content: "\\2193"; color: inherit }
    button.copy { font: inherit; font-size: 0.85em; color: var(--soft); background: none; border: 0; padding: 0; cursor: pointer }
    button.copy:hover { color: var(--ink); text-decoration: underline }
    button:focus-visible { outline: 2px solid var(--bar); outline-offset: 2px }
    .scroll:has(+ .copy) { margin-bottom: 0.5rem }
    .note { color: var(--soft); margin: 0.25rem 0 }
    .warning { color: var(--caution); margin: 0.25rem 0 }
    @media print {
      @page { margin: 14mm }
      body { font-size: 10px; line-height: 1.35; margin: 0; max-width: none; padding: 0 }
      .scroll { margin: 0.7rem 0; overflow: visible; background: none }
      button.copy, th button::after { display: none }
      caption { break-after: avoid }
      th, td { padding: 0.15rem 1.2rem 0.15rem 0 }
      tr { break-inside: avoid }
    }
    """
}
