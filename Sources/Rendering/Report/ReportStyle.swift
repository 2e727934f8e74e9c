extension ReportPage {
  /// Rules of reports, beside those of all pages.
  static let style = """
    :root { --ground: #f3f5f8; --link: #005a8e; --fault: #a84300 }
    @media (prefers-color-scheme: dark) { :root { --ground: #20262d; --link: #7cc0ea; --fault: #f0955c } }
    body { max-width: 70rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
    main { min-width: 0 }
    h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 2rem 0 0.5rem; overflow-wrap: anywhere; scroll-margin-top: 1rem }
    h1 { font-size: 1.9rem; margin: 0 0 1rem }
    h2 { font-size: 1.4rem; margin-top: 3rem }
    h3 { font-size: 1.15rem }
    h4, h5, h6 { font-size: 1rem }
    p, ul, ol, blockquote { max-width: 46rem; overflow-wrap: anywhere }
    a { color: var(--link) }
    img { max-width: 100%; height: auto }
    hr { border: 0; border-top: 1px solid var(--line); margin: 2rem 0 }
    blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--soft) }
    li.task { list-style: none }
    li.task > input { margin: 0 0.4em 0 -1.4em }
    li.task > input + p { display: inline }
    .center { text-align: center }
    th:last-child, td:last-child { padding-right: 0 }
    pre {
      font: 0.875rem/1.5 ui-monospace, monospace; background: var(--ground); border-radius: 6px; padding: 0.75rem 1rem;
      margin: 1rem 0; overflow-x: auto; tab-size: 4
    }
    pre code { font: inherit; overflow-wrap: normal }
    pre.reply { white-space: pre-wrap; overflow-wrap: anywhere }
    pre.statements { border-left: 3px solid var(--bar); border-radius: 0 6px 6px 0 }
    pre.failure { border-left: 3px solid var(--fault); border-radius: 0 6px 6px 0 }
    summary { cursor: pointer; color: var(--soft); font-size: 0.875rem }
    .question { font-size: 0.875rem; color: var(--soft); max-width: none }
    .answer { margin: 1rem 0 2rem }
    .answer .scroll { margin-top: 0.75rem }
    .map { container-type: inline-size; margin: 1.5rem 0 2rem }
    .map > figure { margin: 0 0 0.75rem }
    .map svg { display: block; width: 100%; height: auto; margin: 0 auto; border-radius: 6px }
    .map tbody th { border-bottom-width: 1px; font-weight: 400 }
    nav a { text-decoration: none }
    nav a:hover { text-decoration: underline }
    nav ul { list-style: none; padding: 0; margin: 0.5rem 0 0; font-size: 0.875rem; line-height: 1.4 }
    nav li { padding: 0.2rem 0; overflow-wrap: anywhere }
    nav .lower { padding-left: 1rem }
    nav { margin-bottom: 2rem }
    @media screen and (min-width: 75.01rem) {
      body:has(> nav) {
        max-width: 90rem; display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: 3rem; align-items: start
      }
      nav { position: sticky; top: 1.5rem; max-height: calc(100vh - 3rem); overflow-y: auto; margin: 0.4rem 0 0 }
    }
    """

  /// A4, and the map on a page of its own across. Comes last.
  static let printStyle = """
    @media print {
      @page { size: A4; margin: 16mm 14mm }
      @page map { size: A4 landscape; margin: 10mm }
      body { font-size: 10pt; max-width: none; padding: 0 }
      nav, .map > details { display: none }
      h1, h2, h3, h4, h5, h6, summary, .question, pre.statements, .chart > figcaption { break-after: avoid }
      h1 { font-size: 18pt }
      h2 { font-size: 14pt; margin-top: 1.5rem }
      h3 { font-size: 11.5pt }
      pre, svg, img, li, blockquote, .scroll:not(:has(tr:nth-child(16))) { break-inside: avoid }
      p { orphans: 3; widows: 3 }
      pre { font-size: 8.5pt; white-space: pre-wrap; overflow-wrap: anywhere; overflow: visible }
      /* A browser makes all of a page smaller for one thing that is wider. */
      .figure, time { white-space: normal }
      table { font-size: 8.5pt }
      th, td { padding-right: 0.8rem; overflow-wrap: break-word }
      .bar span { width: 7rem }
      a { color: inherit }
      .order svg { max-height: 240mm }
      .map, :is(h1, h2, h3, h4, h5, h6):has(+ .map) { page: map }
      .map { margin: 0 }
      .map > figure { display: none !important }
      .map > figure.wide { display: block !important; margin: 0 }
      .map svg { max-height: 165mm }
    }
    """
}
