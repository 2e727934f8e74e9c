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
  /// Canonical sentences of its statements.
  var sentences: [String] = []
  /// Of what it was asked.
  var marks: WorkspaceMarks?
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
    answers.append(writer.answer(of: reply) ?? Answer(notes: text.split(separator: "\n").map(String.init)))
    if case .answer(let answer) = reply, !answer.question.isEmpty { sentences.append(answer.question) }
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
  mutating func take(_ error: Diagnostic, of file: String) {
    expectedFailure = error
    var error = error
    error.place = nil
    let text = error.rendered(in: "", width: 100) + "\n"
    answers.append(Answer(notes: text.split(separator: "\n").map(String.init)))
    add(text, as: "text")
  }

  private mutating func add(_ text: String, as language: String) {
    if language != self.language { close() }
    self.language = language
    self.text += (self.text.isEmpty ? "" : "\n") + text
  }

  private mutating func close() {
    if !text.isEmpty { shown += Region.fenced(text, as: language) }
    text = ""
  }

  mutating func finish() { close() }

  private static func language(of format: Format) -> String {
    switch format {
    case .table, .tsv: "text"
    case .csv, .json, .jsonl, .html, .svg, .markdown: format.rawValue
    }
  }

  /// The region behind the block, in lines of `\n`; nil where there is nothing to show.
  func region(parameters: String?, _ run: JourneyQuery.Run) throws(ExecutionError) -> String? {
    guard !shown.isEmpty else { return nil }
    let values = try RecordedValues(answers, run).text
    return Region.text(marks: marks(parameters, values), shown: shown, values: values)
  }

  /// What the opening comment says.
  private func marks(_ parameters: String?, _ values: String) -> [(String, String)] {
    var found = [("data", marks?.data ?? "-"), ("map", marks?.map ?? "-"), ("question", question)]
    if let parameters { found.append(("params", parameters)) }
    return found + [("text", Self.mark(ofText: shown, values, pictures.map { Array($0.svg.utf8) }))]
  }

  /// Of its statements and of what names in them mean.
  var question: String { WorkspaceMarks.text(of: sentences + [marks?.names ?? ""]) }

  /// Of what is seen, of its pictures and of the values behind it: other than recorded where one of them was edited.
  static func mark(ofText shown: String, _ values: String, _ pictures: [[UInt8]?]) -> String {
    WorkspaceMarks.text(of: [shown, values] + pictures.map { String(decoding: $0 ?? [], as: UTF8.self) })
  }
}
