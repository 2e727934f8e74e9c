import Interchange
import JourneyQuery
import Rendering
import SourceText

/// The results of a notebook held against those that stand in it.
struct NotebookCheck {
  let run: NotebookRun
  /// What regions say that belong to the values which names have.
  private let parameters: String?

  /// What is not as it stands in a block.
  struct Finding {
    let block: Notebook.Block
    /// One sentence each; none where all that is recorded holds.
    var differences: [String] = []
    /// Why they differ.
    var reason: String?
    /// Whether the region is to be written anew: values differ, or what they come from does.
    var isOutdated = false
    /// Its pictures that are not as they stand in files.
    var pictures: [(name: String, svg: String)] = []
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

  func region(of result: BlockResult) throws(Diagnostic) -> String? {
    try run.shell.session.apart { [parameters, current = run.shell.session.run] () throws(ExecutionError) in
      try result.region(parameters: parameters, current)
    }
  }

  /// - Parameter picture: the bytes of a picture in the notebook's folder of pictures, nil where it is not there.
  func finding(
    _ result: BlockResult, picture: (String) -> [UInt8]?
  ) throws(Diagnostic) -> Finding {
    let block = run.notebook.blocks[result.index]
    var finding = Finding(block: block)
    guard result.failure == nil else { return finding }
    finding.pictures = result.pictures.filter { picture($0.name) != Array($0.svg.utf8) }
    guard let region = block.region else {
      guard !result.shown.isEmpty else { return finding }
      (finding.differences, finding.isOutdated) = (["no result is recorded"], true)
      return finding
    }
    guard let fresh = try self.region(of: result) else {
      (finding.differences, finding.isOutdated) = (["a result is recorded, and it gives none"], true)
      return finding
    }
    let missing = result.pictures.map(\.name).filter { picture($0) == nil }
    guard missing.isEmpty else {
      finding.differences = missing.map { "its picture \(run.folder)/\($0).svg is not there" }
      finding.isOutdated = true
      return finding
    }
    let isEdited =
      region.marks["text"]
      != BlockResult.mark(ofText: region.shown, region.values ?? "", result.pictures.map { picture($0.name) })
    try compare(result, with: region, isEdited: isEdited, fresh: fresh, into: &finding)
    if !finding.differences.isEmpty { finding.isOutdated = true }
    return finding
  }

  private func compare(
    _ result: BlockResult, with region: Region, isEdited: Bool, fresh: String, into finding: inout Finding
  ) throws(Diagnostic) {
    let tolerance = finding.block.words.tolerance
    let session = run.shell.session
    var context = RenderingContext(width: NotebookRun.width, zone: try session.zone)
    context.run = session.run
    let recorded = RecordedValues(region.values ?? "")
    let (differences, isSame) = try session.apart { [context] () throws(ExecutionError) in
      let current = try RecordedValues(result.answers, context.run)
      let differences = try recorded.differences(
        of: result.answers, in: context, comparesSentences: tolerance == .none
      ) { tolerance.allows($0, for: $1, isShare: $2) }
      return (differences, current == recorded)
    }
    finding.differences = differences
    if isEdited, differences.isEmpty {
      finding.differences = [editing(of: region, of: result)]
      finding.reason = "the result was edited by hand"
    } else if !differences.isEmpty {
      finding.reason = reason(result, region) + (isEdited ? "; the result was edited by hand, too" : "")
    } else if isSame, fresh != Self.text(of: region) {
      // The same values of other data, or drawn in another way: what stands there holds.
      finding.isOutdated = true
    }
  }

  private static func text(of region: Region) -> String {
    let order = ["data", "map", "question", "params", "text"]
    let marks = order.compactMap { name in region.marks[name].map { (name, $0) } }
    return Region.text(marks: marks, shown: region.shown, values: region.values)
  }

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

  private func reason(_ result: BlockResult, _ region: Region) -> String {
    var changed: [String] = []
    if region.marks["data"] != result.marks?.data { changed.append("the data") }
    if region.marks["map"] != result.marks?.map { changed.append("the map") }
    if region.marks["question"] != result.question { changed.append("the question") }
    guard let last = changed.popLast() else { return "neither the data nor the question changed: Waymark did" }
    return (changed.isEmpty ? last : changed.joined(separator: ", ") + " and " + last) + " changed"
  }
}

extension DiagnosticCode {
  package static let notebookParameters = DiagnosticCode(
    "notebook.parameters",
    "The recorded results of a notebook are of other parameters, so that nothing can be held against them.")
}
