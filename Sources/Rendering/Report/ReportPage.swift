import JourneyModel
import JourneyQuery
import SourceText

/// A document of prose, statements and their answers as one self-contained page.
package struct ReportPage {
  package enum Content: Sendable {
    /// Prose, as CommonMark with GitHub's tables, strikethrough, task lists and autolinks.
    case markdown(String)
    /// Statements as they stand in a block.
    case statements(String, isFolded: Bool)
    case answer(Answer)
    case map(JourneyMap, MapReading?)
    /// What a statement replied beside answers: sentences, help, a timeline drawn in letters.
    case text(String)
    /// An error that was expected there.
    case failure(String)
  }

  private let title: String?
  private let contents: [Content]

  /// - Parameter title: without one the first heading of the prose, else "Waymark".
  package init(title: String?, contents: [Content]) {
    self.title = title.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    self.contents = contents
  }

  /// The same contents give the same bytes. Nothing is fetched; throws `cancelled` if the context's run is.
  package func html(in context: RenderingContext) throws(ExecutionError) -> String {
    var body = ReportBody()
    for content in contents { try body.add(content, in: context) }
    let outline = ReportOutline(title: title, body.pieces)
    return HTMLFormat.page(
      title: outline.title,
      body: [outline.contents, "<main>"].filter { !$0.isEmpty } + outline.lines + ["</main>"],
      styles: [Self.style] + body.styles + [Self.printStyle], script: PageScript.text)
  }
}
