import Interchange
import JourneyQuery
import Language
import Rendering
import SourceText

/// The results of a notebook held against those that stand in it.
struct NotebookCheck {
  private let run: NotebookRun
  /// What regions say that belong to the values which names have.
  private let parameters: String?

  /// What is not as it stands in a block.
  struct Finding {
    let block: Notebook.Block
    /// One sentence each; none where all that is recorded holds.
    var differences: [String] = []
    /// Why they differ.
    var reason: String?
    /// Whether the same values come from other data now, or are drawn in another way.
    var isStale = false
    /// As the region is to be; empty where there is to be none.
    var region = ""
    /// Its pictures that are not as they stand in files.
    var pictures: [(name: String, svg: String)] = []

    /// Whether the region is to be written anew.
    var isOutdated: Bool { !differences.isEmpty || isStale }
  }

  /// Throws where a region was recorded with other values of the names.
  init(_ run: NotebookRun, refusesOthers: Bool) throws(Diagnostic) {
    self.run = run
    parameters = try run.parameterMark()
    guard refusesOthers else { return }
    for block in run.notebook.blocks {
      guard let region = block.region, region.marks["question"] != nil, region.marks["params"] != parameters else {
        continue
      }
      throw Diagnostic(
        .notebookParameters, "the result of block \(block.name) was recorded with other parameters",
        hint: "the same --param, or --update to record these", place: "\(run.notebook.file):\(block.line)")
    }
  }

  /// Holds a block that was run right now against its region.
  ///
  /// - Parameter picture: the bytes of a picture in the notebook's folder of pictures, nil where it is not there.
  func finding(_ result: BlockResult, picture: (String) -> [UInt8]?) throws(Diagnostic) -> Finding {
    let block = run.notebook.blocks[result.index]
    let session = run.shell.session
    let values = try session.apart { [current = session.run] () throws(ExecutionError) in
      try RecordedValues(result.answers, current)
    }
    let marks = try marks(of: result)
    var finding = Finding(block: block)
    finding.region = region(of: result, values, marks)
    let stored = result.pictures.map { picture($0.name) }
    finding.pictures = zip(result.pictures, stored).filter { $0.1 != Array($0.0.svg.utf8) }.map(\.0)
    guard let region = block.region else {
      if !finding.region.isEmpty { finding.differences = ["no result is recorded"] }
      return finding
    }
    if finding.region.isEmpty {
      finding.differences = ["a result is recorded, and it gives none"]
    } else if stored.contains(nil) {
      finding.differences = zip(result.pictures, stored).filter { $0.1 == nil }.map {
        "its picture \(run.folder)/\($0.0.name).svg is not there"
      }
    } else {
      let isEdited = region.marks["text"] != Self.mark(ofText: region.shown, region.values ?? "", stored)
      try compare(result, values, marks, with: region, isEdited: isEdited, into: &finding)
    }
    return finding
  }

  private func compare(
    _ result: BlockResult, _ values: RecordedValues, _ marks: [(name: String, text: String)], with region: Region,
    isEdited: Bool, into finding: inout Finding
  ) throws(Diagnostic) {
    let tolerance = finding.block.words.tolerance
    let session = run.shell.session
    var context = RenderingContext(width: NotebookRun.width, zone: try session.zone)
    context.run = session.run
    let recorded = RecordedValues(region.values ?? "")
    finding.differences = try session.apart { [context] () throws(ExecutionError) in
      try recorded.differences(
        from: values, of: result.answers, in: context, comparesSentences: tolerance == .none
      ) { tolerance.allows($0, for: $1, isShare: $2) }
    }
    if isEdited, finding.differences.isEmpty {
      finding.differences = [editing(of: region, of: result)]
      finding.reason = "the result was edited by hand"
    } else if !finding.differences.isEmpty {
      finding.reason = reason(marks, region) + (isEdited ? "; the result was edited by hand, too" : "")
    } else {
      // The same values of other data, or drawn in another way: what stands there holds.
      finding.isStale = values == recorded && finding.region != region.text || region.marks["params"] != parameters
    }
  }

  // MARK: Regions

  /// The region behind a block, in lines of `\n`; empty where there is nothing to show.
  private func region(
    of result: BlockResult, _ values: RecordedValues, _ marks: [(name: String, text: String)]
  ) -> String {
    guard !result.shown.isEmpty else { return "" }
    let text = Self.mark(ofText: result.shown, values.text, result.pictures.map { Array($0.svg.utf8) })
    return Region.text(marks: marks + [("text", text)], shown: result.shown, values: values.text)
  }

  /// Of what a result comes from, in the order of a region.
  private func marks(of result: BlockResult) throws(Diagnostic) -> [(name: String, text: String)] {
    let session = run.shell.session
    let marks = try session.marks()
    let statements = run.notebook.pieces(of: run.notebook.blocks[result.index]).map { piece in
      guard !piece.isDotCommand, let parsed = try? session.parsed(piece.text) else { return piece.text }
      return Forms.grammar.canonical(parsed)
    }
    let questions = result.replies.compactMap { if case .answer(let answer) = $0 { answer.question } else { nil } }
    let question = WorkspaceMarks.text(of: statements + questions.filter { !$0.isEmpty } + [marks.names])
    return [("data", marks.data), ("map", marks.map), ("question", question)]
      + (parameters.map { [("params", $0)] } ?? [])
  }

  /// Of what is seen, of its pictures and of the values behind it: other than recorded where one of them was edited.
  private static func mark(ofText shown: String, _ values: String, _ pictures: [[UInt8]?]) -> String {
    WorkspaceMarks.text(of: [shown, values] + pictures.map { String(decoding: $0 ?? [], as: UTF8.self) })
  }

  // MARK: Words

  /// The first line that is not as the values have it.
  private func editing(of region: Region, of result: BlockResult) -> String {
    if region.shown == result.shown, let name = result.pictures.first?.name {
      return "its picture \(run.folder)/\(name).svg is another"
    }
    let (old, new) = (region.shown.split(separator: "\n"), result.shown.split(separator: "\n"))
    let place = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
    let (was, is_) = (old.dropFirst(place).first, new.dropFirst(place).first)
    switch (was, is_) {
    case (let was?, let is_?): return "it says '\(was.trimmingBlanks)', and the answer is '\(is_.trimmingBlanks)'"
    case (let was?, nil): return "it says '\(was.trimmingBlanks)', and the answer does not"
    case (nil, let is_?): return "it does not say '\(is_.trimmingBlanks)'"
    case (nil, nil): return "what it says is not what it recorded"
    }
  }

  private func reason(_ marks: [(name: String, text: String)], _ region: Region) -> String {
    var changed = marks.filter { $0.name != "params" && region.marks[$0.name] != $0.text }.map { "the \($0.name)" }
    guard let last = changed.popLast() else { return "neither the data nor the question changed: Waymark did" }
    return (changed.isEmpty ? last : changed.joined(separator: ", ") + " and " + last) + " changed"
  }
}

extension DiagnosticCode {
  package static let notebookParameters = DiagnosticCode(
    "notebook.parameters",
    "The recorded results of a notebook are of other parameters, so that nothing can be held against them.")
}
