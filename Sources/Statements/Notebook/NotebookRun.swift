import Foundation
import Interchange
import JourneyQuery
import Language
import Rendering
import SourceText

/// A notebook as it is run, block by block, in a shell of its own. Nothing of an earlier run is used.
package final class NotebookRun {
  let notebook: Notebook
  let shell: Shell
  /// Values given with the command in place of the notebook's own.
  private let given: [(name: String, value: String)]
  /// Of blocks, in their order, as far as they were run.
  private(set) var results: [BlockResult] = []
  private var result: BlockResult?

  /// Columns of what is recorded.
  static let width = 100

  package init(_ notebook: Notebook, in shell: Shell, with given: [(name: String, value: String)]) {
    (self.notebook, self.shell, self.given) = (notebook, shell, given)
  }

  /// Runs all blocks; each that fails is told of, and the next goes on from where it stopped.
  ///
  /// - Parameters:
  ///   - stopsAtFailure: whether nothing is run behind the first that fails.
  ///   - isShown: whether replies are shown as they come, as those of a script; else results have them, as wide as what is recorded.
  ///   - took: told of each block that was run.
  /// - Throws: what is wrong with the notebook as a whole, and an interruption.
  func run(
    stopsAtFailure: Bool, isShown: Bool, took: (BlockResult) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let session = shell.session
    session.currentRun.reset()
    try checkExpectations()
    if let zone = notebook.front.zone { try session.setOwnZone(zone, of: notebook.file) }
    try session.bind(notebook.bindings(with: given), of: notebook.file)
    if !isShown { catchReplies() }
    defer { shell.takeReply = nil }
    for (index, block) in notebook.blocks.enumerated() where block.isRun {
      try run(block, at: index)
      guard let done = result else { continue }
      result = nil
      results.append(done)
      try took(done)
      if shell.isLeaving || stopsAtFailure && done.failure != nil { return }
    }
  }

  private func catchReplies() {
    shell.settings.width = Self.width
    shell.takeReply = { [unowned self] (reply, writer) throws(ExecutionError) in
      guard let result else { return }
      try self.result?.take(reply, writer, of: notebook.blocks[result.index], in: folder)
    }
  }

  private func run(_ block: Notebook.Block, at index: Int) throws(Diagnostic) {
    result = BlockResult(index: index)
    do {
      if let error = try shell.run(block, of: notebook) { result?.take(error) }
    } catch {
      if error.code == .runInterrupted { throw error }
      result?.failure = error
    }
    result?.close()
  }

  /// What a block gave; nil where it was not run.
  func result(ofBlock index: Int) -> BlockResult? { results.first { $0.index == index } }

  /// Throws for a block that is to fail with what nothing fails with.
  private func checkExpectations() throws(Diagnostic) {
    let codes = CodeArea.all.flatMap(\.codes).map(\.name)
    for block in notebook.blocks {
      guard let code = block.words.expectedError, !codes.contains(code) else { continue }
      throw Diagnostic(
        .notebookWord, "nothing fails with '\(code)'", hint: nearest(to: code, among: codes).map { "error=" + $0 },
        place: "\(notebook.file):\(block.line)")
    }
  }

  /// The values that its names have, as a hash; nil where it names none.
  func parameterMark() throws(Diagnostic) -> String? {
    let bindings = try notebook.bindings(with: given)
    return bindings.isEmpty ? nil : WorkspaceMarks.text(of: bindings.flatMap { [$0.name, $0.value] })
  }

  /// Beside the notebook, where its pictures stand: `q3.files` of `q3.way.md`.
  var folder: String { Self.baseName(of: notebook.file) + ".files" }

  /// Of a file's path, without its ending.
  static func baseName(of file: String) -> String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    for ending in [".way.md", ".md"] where name.lowercased().hasSuffix(ending) {
      return String(name.dropLast(ending.count))
    }
    return name
  }
}

extension DiagnosticCode {
  package static let notebookWorkspace = DiagnosticCode(
    "notebook.workspace",
    "A notebook that is run, checked or rendered works on a copy of one workspace, which is thrown away: it opens and saves no other."
  )
}
