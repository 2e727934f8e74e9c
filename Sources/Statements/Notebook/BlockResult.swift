import Interchange
import JourneyQuery
import Rendering
import SourceText

/// What a block of a notebook gave.
struct BlockResult {
  /// Of the block, in the notebook.
  let index: Int
  /// In their order.
  private(set) var replies: [Reply] = []
  /// What people see of the replies, in Markdown.
  private(set) var shown = ""
  /// The replies as tables, sentences as notes; what values are taken from.
  private(set) var answers: [Answer] = []
  /// Pictures that stand in files, by the name of each.
  private(set) var pictures: [(name: String, svg: String)] = []
  /// What stopped it; none where that was expected.
  var failure: Diagnostic?
  /// What stopped it as was expected.
  var expectedFailure: Diagnostic?
  /// Lines of a text that is not yet in a fence.
  private var text = ""
  private var language = "text"

  init(index: Int) { self.index = index }

  /// Takes a reply as it is written in the format of the moment.
  mutating func take(
    _ reply: Reply, _ writer: ReplyWriter, of block: Notebook.Block, in folder: String
  ) throws(ExecutionError) {
    let text = try writer.text(of: reply).words
    guard !text.isEmpty else { return }
    replies.append(reply)
    answers.append(writer.answer(of: reply) ?? Self.answer(saying: text))
    switch writer.format {
    case .svg where ["<svg", "<?xml"].contains(where: text.hasPrefix):
      close()
      let name = pictures.isEmpty ? block.name : "\(block.name)-\(pictures.count + 1)"
      pictures.append((name, text))
      shown += "![\(name)](<\(folder)/\(name).svg>)\n"
    case .markdown where !reply.isRemark:
      close()
      shown += (shown.isEmpty ? "\n" : "") + text + "\n"
    case let format: add(text, as: Self.language(of: reply.isRemark ? .table : format))
    }
  }

  /// Takes the error that the block was to end with.
  mutating func take(_ error: Diagnostic) {
    expectedFailure = error
    var error = error
    error.place = nil
    let text = error.rendered(in: "", width: NotebookRun.width) + "\n"
    answers.append(Self.answer(saying: text))
    add(text, as: "text")
  }

  private static func answer(saying text: String) -> Answer {
    Answer(notes: text.split(separator: "\n").map(String.init))
  }

  private mutating func add(_ text: String, as language: String) {
    if language != self.language { close() }
    self.language = language
    self.text += (self.text.isEmpty ? "" : "\n") + text
  }

  /// Puts what was added in its fence; to be called at the end, too.
  mutating func close() {
    if !text.isEmpty { shown += Region.fenced(text, as: language) }
    text = ""
  }

  private static func language(of format: Format) -> String {
    switch format {
    case .table, .tsv: "text"
    case .csv, .json, .jsonl, .html, .svg, .markdown: format.rawValue
    }
  }
}
