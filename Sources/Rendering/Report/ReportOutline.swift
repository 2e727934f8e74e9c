/// A report's headings in their levels, and what leads to them: exactly one is the title.
struct ReportOutline {
  /// As it is.
  let title: String
  /// A list of the headings; empty of fewer than three.
  let contents: String
  /// Markup, a line or more each.
  private(set) var lines: [String] = []

  /// - Parameter title: without one the first heading of the prose, else "Waymark". A first heading that says the same is the title, too.
  init(title: String?, _ pieces: [ReportPiece]) {
    let headings = pieces.compactMap { if case .heading(let heading) = $0 { heading } else { nil } }
    let first = headings.firstIndex(where: \.isProse)
    let titled = first.flatMap { title == nil || headings[$0].words == title ? $0 : nil }
    self.title = title ?? titled.map { headings[$0].words } ?? "Waymark"
    // The highest of the others stand right below the title.
    let highest = headings.indices.filter { $0 != titled }.map { headings[$0].level }.min() ?? 2
    var anchors = ReportAnchors()
    var entries: [String] = []
    var index = 0
    if titled == nil {
      lines.append("<h1 id=\"\(anchors.next(for: self.title).markupEscaped)\">\(self.title.markupEscaped)</h1>")
    }
    for piece in pieces {
      switch piece {
      case .markup(let markup): lines.append(markup)
      case .heading(let heading):
        let level = index == titled ? 1 : min(heading.level - highest + 2, 6)
        let anchor = anchors.next(for: heading.words).markupEscaped
        lines.append("<h\(level) id=\"\(anchor)\">\(heading.markup)</h\(level)>")
        if (2...3).contains(level) {
          let mark = level == 3 ? " class=\"lower\"" : ""
          entries.append("<li\(mark)><a href=\"#\(anchor)\">\(heading.words.markupEscaped)</a></li>")
        }
        index += 1
      }
    }
    contents =
      entries.count < 3
      ? ""
      : """
      <nav aria-label="Contents"><details open><summary>Contents</summary>
      <ul>
      \(entries.joined(separator: "\n"))
      </ul>
      </details></nav>
      """
  }
}
