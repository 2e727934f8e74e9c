import JourneyModel
import JourneyQuery
import SourceText

extension JourneyWalk {
  /// As a Markdown document: a heading a stage and a touchpoint, and what is said of each as a list.
  package var markdown: String {
    func list(_ facts: [Fact]) -> [String] {
      facts.isEmpty
        ? []
        : [
          facts.map { "- **\(MarkdownText.escaped($0.name)):** \(MarkdownText.escaped($0.value))" }
            .joined(separator: "\n")
        ]
    }
    var blocks = ["# " + MarkdownText.escaped(title)]
    blocks += list(personaFacts)
    blocks += remarks.map(MarkdownText.escaped)
    for stop in stops {
      if stop.opensStage, let stage = stop.stage {
        blocks.append("## " + MarkdownText.escaped(stage.name))
        blocks += list(stop.stageFacts)
      }
      blocks.append((stop.place.kind == .stage ? "## " : "### ") + MarkdownText.escaped(stop.place.name))
      blocks += list(stop.told)
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  /// As one page: no script, nothing fetched, light and dark.
  package var html: String {
    func list(_ facts: [Fact]) -> [String] {
      guard !facts.isEmpty else { return [] }
      let items = facts.map { fact in
        let value = fact.value.split(separator: "\n", omittingEmptySubsequences: false).map(\.markupEscaped)
        return "<dt>\(fact.name.markupEscaped)</dt><dd>\(value.joined(separator: "<br>"))</dd>"
      }
      return ["<dl>", items.joined(separator: "\n"), "</dl>"]
    }
    var body = ["<h1>\(title.markupEscaped)</h1>"]
    body += list(personaFacts)
    body += remarks.map { "<p class=\"note\">\($0.markupEscaped)</p>" }
    for stop in stops {
      if stop.opensStage, let stage = stop.stage {
        body.append("<h2>\(stage.name.markupEscaped)</h2>")
        body += list(stop.stageFacts)
      }
      let level = stop.place.kind == .stage ? 2 : 3
      body.append("<h\(level)>\(stop.place.name.markupEscaped)</h\(level)>")
      body += list(stop.told)
    }
    return HTMLFormat.page(title: title, body: body, styles: [Self.style])
  }

  private static let style = """
    body { max-width: 46rem }
    h1 { font-size: 1.6rem; line-height: 1.25 }
    h2 { font-size: 1.3rem; margin: 2.5rem 0 0.5rem; padding-top: 0.75rem; border-top: 2px solid var(--line) }
    h3 { font-size: 1.1rem; margin: 1.75rem 0 0.25rem }
    h1, h2, h3, dd { overflow-wrap: anywhere }
    dl { display: grid; grid-template-columns: minmax(5.5rem, max-content) 1fr; gap: 0.2rem 1.25rem; margin: 0.5rem 0 }
    dt { color: var(--soft) }
    dd { margin: 0 }
    """

  /// For programs: a row a stop with what was counted, and a row for each thing that is said.
  package var answer: Answer {
    let rows = stops.map { stop -> [Cell] in
      let stage = stop.stage ?? stop.place
      let counted = stop.figures.flatMap { figures -> [Cell]? in
        guard let came = figures.came else { return nil }
        return [
          .integer(came), .rate(came, figures.onMap), figures.wentOn.map(Cell.integer) ?? .missing,
          figures.wentOn.map { .rate($0, came) } ?? .missing,
        ]
      }
      return [stop.place.kind == .stage ? .missing : .text(stop.place.name), .text(stage.name)]
        + (counted ?? [.missing, .missing, .missing, .missing])
    }
    let columns: [Table.Column] = [
      .init("touchpoint"), .init("stage"), .init("came here", isFigure: true),
      .init("of those on the map", isRate: true),
      .init("went on", isFigure: true), .init("of those who came", isRate: true),
    ]
    let said = stops.flatMap { stop -> [[Cell]] in
      (stop.opensStage ? stop.stageFacts : []).map {
        [.text("stage"), .text(stop.stage?.name ?? ""), .text($0.name), .text($0.value)]
      }
        + stop.facts.map {
          [.text(stop.place.kind.rawValue), .text(stop.place.name), .text($0.name), .text($0.value)]
        }
    }
    return Answer(
      tables: [
        Table(title: "walk", columns: columns, rows: rows),
        Table(
          title: "said", columns: [.init("kind"), .init("on"), .init("what"), .init("text", isWhole: true)], rows: said),
      ], notes: remarks)
  }
}
