import Foundation
import Interchange
import JourneyTime
import Outside
import Rendering
import SourceText
import WholeFiles
import Workspace

/// What a command does with one notebook: runs it, holds its results against those that stand in it, or records them.
package struct NotebookTask {
  package enum Action: Sendable {
    /// Shows the replies.
    case run
    case check
    case update
    /// Runs it for the document that is made of it, whatever is recorded.
    case make
  }

  package struct Options: Sendable {
    package var action = Action.run
    package var parameters: [(name: String, value: String)] = []
    package var stopsAtFailure = false
    /// Findings as GitHub's workflow commands, so that they stand beside the lines they are about.
    package var isForGitHub = false
    /// Another document that is made of it.
    package var export: String?
    package init() {}
  }

  /// As it was given.
  let file: String
  let options: Options
  let shell: Shell
  /// Findings and sums.
  let tell: (String) -> Void
  /// Errors.
  let complain: (String) -> Void

  /// What it came to.
  package struct Outcome {
    var failures: [Diagnostic] = []
    var differing = 0
    var held = 0
    var written = 0

    /// 1 where a statement failed, 3 where a result or an assertion does not hold.
    package var status: Int32 {
      if failures.contains(where: { $0.exitStatus == 1 }) { return 1 }
      return failures.isEmpty && differing == 0 ? 0 : 3
    }
  }

  /// - Parameters:
  ///   - shell: of a session in which nothing was done yet; it goes on in the notebook's folder.
  package init(
    _ file: String, _ options: Options, in shell: Shell, tell: @escaping (String) -> Void,
    complain: @escaping (String) -> Void
  ) {
    (self.file, self.options, self.shell, self.tell, self.complain) = (file, options, shell, tell, complain)
  }

  /// Does it; throws what is wrong with the notebook as a whole, and an interruption.
  package func perform() throws(Diagnostic) -> Outcome {
    let here = shell.session.files.directory
    shell.session.files = shell.session.files.inFolder(of: file)
    let notebook = try Notebook(own.script(name, at: nil), file: file)
    if Lesson.isOne(notebook), options.action == .check || options.action == .update {
      return try prove(notebook)
    }
    let copy: String? =
      if let workspace = notebook.front.workspace { try enter(copyOf: workspace) } else { nil }
    defer { if let copy { remove(copy) } }
    shell.session.isOnCopy = true
    let run = NotebookRun(notebook, in: shell, with: options.parameters)
    var outcome = Outcome()
    switch options.action {
    case .run:
      try run.run(stopsAtFailure: options.stopsAtFailure, isShown: true) { note($0, of: notebook, in: &outcome) }
    case .check: try check(run, &outcome)
    case .update: try update(run, &outcome)
    case .make:
      try run.run(stopsAtFailure: options.stopsAtFailure, isShown: false) { note($0, of: notebook, in: &outcome) }
    }
    if let export = options.export {
      if outcome.status == 0 {
        try write(run, to: export, from: here)
      } else {
        complain("'\(export)' is not written\n")
      }
    }
    return outcome
  }

  /// The notebook's name in its folder, and files there whatever statements may touch.
  private var name: String { file.split(separator: "/").last.map(String.init) ?? file }
  private var own: Files { Files(directory: shell.session.files.directory, door: .open, run: shell.session.currentRun) }

  // MARK: The workspace

  /// Goes on in a copy of the workspace that it names, so that nothing it does lasts; the copy's path.
  private func enter(copyOf workspace: String) throws(Diagnostic) -> String {
    let session = shell.session
    let file = try own.existing(workspace, at: nil)
    let copy = Self.temporaryPath() + ".waymark"
    let target = try Door.open.file(copy)
    try session.attempt { () throws(WorkspaceError) in
      let original = try Workspace(opening: file, as: .readOnly, interruption: session.currentRun.interruption)
      try original.save(copyTo: target, goOnThere: true)
      session.move(to: original)
    }
    return copy
  }

  /// Where nothing is yet, for what is thrown away.
  private static func temporaryPath() -> String { NSTemporaryDirectory() + "waymark-\(UUID().uuidString)" }

  private func remove(_ copy: String) {
    for ending in ["", "-journal"] { try? FileManager.default.removeItem(atPath: copy + ending) }
  }

  // MARK: Checking and recording

  /// Proves a lesson, in which nothing is recorded.
  private func prove(_ notebook: Notebook) throws(Diagnostic) -> Outcome {
    guard options.action == .check, options.export == nil else {
      throw Diagnostic(
        .lessonForm, "a lesson has no results to record or to make a page of", hint: "waymark run \(file) --check",
        place: file)
    }
    shell.session.currentRun.reset()
    let folder = Self.temporaryPath()
    let exports = Files(directory: folder, door: shell.session.files.door, run: shell.session.currentRun)
    if exports.door.isOpen { try exports.makeFolder("", isPrivate: true) }
    defer { try? exports.removeFolder() }
    var outcome = Outcome()
    let tried = try shell.prove(Lesson(notebook), exports: exports) { fault in
      outcome.failures.append(fault)
      complain(fault.rendered(in: "", width: 100) + "\n")
    }
    let steps = "\(tried.steps) step\(tried.steps == 1 ? "" : "s")"
    if outcome.failures.isEmpty {
      tell("\(file): \(steps) done by their solutions, \(tried.mistakes) mistakes told and refused\n")
    } else {
      tell("\(file): \(outcome.failures.count) faults in \(steps)\n")
    }
    return outcome
  }

  private func check(_ run: NotebookRun, _ outcome: inout Outcome) throws(Diagnostic) {
    let check = try NotebookCheck(run, refusesOthers: true)
    try run.run(stopsAtFailure: options.stopsAtFailure, isShown: false) { (result) throws(Diagnostic) in
      guard !note(result, of: run.notebook, in: &outcome) else { return }
      let finding = try check.finding(result, picture: picture(run))
      tell(finding)
      if !finding.differences.isEmpty { outcome.differing += 1 } else if !result.shown.isEmpty { outcome.held += 1 }
    }
    guard !options.isForGitHub else { return }
    let results = { (count: Int) in "\(count.grouped) result\(count == 1 ? "" : "s")" }
    if outcome.differing > 0 {
      tell(
        "\(file): of \(results(outcome.differing + outcome.held)) \(outcome.differing.grouped) "
          + "\(outcome.differing == 1 ? "does" : "do") not hold; waymark run \(file) --update records what is so now\n")
    } else if outcome.failures.isEmpty {
      let held = ["nothing to check: no block of it shows anything", "its result holds"]
      tell("\(file): \(outcome.held < 2 ? held[outcome.held] : "all \(results(outcome.held)) hold")\n")
    }
  }

  private func update(_ run: NotebookRun, _ outcome: inout Outcome) throws(Diagnostic) {
    let check = try NotebookCheck(run, refusesOthers: false)
    var regions: [Int: String] = [:]
    var pictures: [(name: String, svg: String)] = []
    try run.run(stopsAtFailure: options.stopsAtFailure, isShown: false) { (result) throws(Diagnostic) in
      guard !note(result, of: run.notebook, in: &outcome) else { return }
      let finding = try check.finding(result, picture: picture(run))
      guard finding.isOutdated else { return }
      regions[result.index] = finding.region
      pictures += finding.pictures
    }
    if !pictures.isEmpty { try own.makeFolder(run.folder) }
    for (name, svg) in pictures { try own.write(svg, to: "\(run.folder)/\(name).svg", at: nil) }
    let bytes = run.notebook.replacing(regions)
    outcome.written = regions.count
    if bytes != run.notebook.bytes { try own.write(bytes, to: name, at: nil) }
    let results = "\(regions.count.grouped) result\(regions.count == 1 ? "" : "s")"
    tell(regions.isEmpty ? "\(file): nothing has changed\n" : "\(file): \(results) recorded\n")
  }

  private func picture(_ run: NotebookRun) -> (String) -> [UInt8]? {
    { [own] name in
      guard let file = try? own.file("\(run.folder)/\(name).svg", at: nil) else { return nil }
      return FileManager.default.contents(atPath: file.path).map { Array($0) }
    }
  }

  // MARK: Telling

  /// Tells of what stopped a block; whether something did.
  @discardableResult private func note(_ result: BlockResult, of notebook: Notebook, in outcome: inout Outcome) -> Bool
  {
    guard let failure = result.failure else { return false }
    outcome.failures.append(failure)
    let block = notebook.blocks[result.index]
    if options.isForGitHub {
      let place = failure.place?.split(separator: ":").dropFirst().prefix(2).compactMap { Int($0) } ?? []
      tell(
        Self.command(
          file, line: place.first ?? block.line, column: place.count > 1 ? place[1] : nil, title: failure.code.name,
          failure.message + (failure.hint.map { "\nhint: " + $0 } ?? "")))
    } else {
      complain(failure.rendered(in: "", width: 100) + "\n")
    }
    return true
  }

  private func tell(_ finding: NotebookCheck.Finding) {
    let block = finding.block
    guard !finding.differences.isEmpty else { return }
    let reason = finding.reason.map { ["because \($0)"] } ?? []
    guard !options.isForGitHub else {
      // Few annotations are shown: one for a block.
      return tell(
        Self.command(
          file, line: block.line, column: nil, title: "block \(block.name)",
          (finding.differences + reason).joined(separator: "\n")))
    }
    for difference in finding.differences {
      tell("\(file): block \(block.name), line \(block.line): \(difference)\n")
    }
    for line in reason { tell("  \(line)\n") }
  }

  /// `::error file=q3.way.md,line=84::…`, with what would end it or a property of it escaped.
  private static func command(_ file: String, line: Int, column: Int?, title: String, _ message: String) -> String {
    func data(_ text: String) -> String {
      text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }
    func property(_ text: String) -> String { data(text).replacing(":", with: "%3A").replacing(",", with: "%2C") }
    let place = "file=\(property(file)),line=\(line)" + (column.map { ",col=\($0)" } ?? "")
    return "::error \(place),title=\(property(title))::\(data(message))\n"
  }
}
