import Foundation
import Interchange
import JourneyQuery
import JourneyTime
import Rendering
import SourceText

extension NotebookTask {
  /// Writes another document of a notebook and its fresh results.
  func write(_ run: NotebookRun, to written: String) throws(Diagnostic) {
    let files = Files(
      directory: FileManager.default.currentDirectoryPath, door: .open, run: shell.session.currentRun)
    let text = try JupyterNotebook(run, zone: shell.session.zone, shell.session.run).text
    try files.write(text, to: written, at: nil)
    tell("wrote '\(written)'\n")
  }
}

/// A notebook and its results in the format of Jupyter (nbformat 4.5): each block a cell of code, its results text and, where they are
/// tables, HTML.
struct JupyterNotebook {
  let text: String

  init(_ run: NotebookRun, zone: Zone, _ current: JourneyQuery.Run) throws(Diagnostic) {
    var cells: [[String: Any]] = []
    let results = Dictionary(run.results.map { ($0.index, $0) }, uniquingKeysWith: { $1 })
    for part in run.notebook.parts {
      switch part {
      case .prose(let prose):
        cells.append([
          "cell_type": "markdown", "id": "prose-\(cells.count + 1)", "metadata": [String: Any](),
          "source": Self.lines(prose),
        ])
      case .block(let index):
        let block = run.notebook.blocks[index]
        let code = String(decoding: run.notebook.statements(of: block), as: UTF8.self)
        cells.append([
          "cell_type": "code", "id": "block-\(block.name)", "metadata": ["name": block.name],
          "execution_count": NSNull(), "source": Self.lines(code),
          "outputs": try results[index].map { (result) throws(Diagnostic) in
            try Self.outputs(of: result, run, zone, current)
          } ?? [],
        ])
      }
    }
    let document: [String: Any] = [
      "nbformat": 4, "nbformat_minor": 5, "cells": cells,
      "metadata": [
        "title": run.notebook.front.title ?? NotebookRun.baseName(of: run.notebook.file),
        "language_info": ["name": "waymark", "file_extension": ".way", "mimetype": "text/plain"],
      ],
    ]
    guard
      let data = try? JSONSerialization.data(
        withJSONObject: document, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    else {
      throw .unwritable(run.notebook.file, "it is no JSON", at: nil)
    }
    text = String(decoding: data, as: UTF8.self) + "\n"
  }

  private static func outputs(
    of result: BlockResult, _ run: NotebookRun, _ zone: Zone, _ current: JourneyQuery.Run
  ) throws(Diagnostic) -> [[String: Any]] {
    var context = RenderingContext(width: NotebookRun.width, zone: zone)
    context.run = current
    var outputs: [[String: Any]] = []
    for reply in result.replies {
      do throws(ExecutionError) {
        let text = try ReplyWriter(format: .table, context: context).text(of: reply).words
        guard !text.isEmpty else { continue }
        var data: [String: Any] = ["text/plain": lines(text)]
        if !reply.isRemark, case .answer = reply {
          data["text/html"] = lines(try ReplyWriter(format: .html, context: context).text(of: reply).words)
        }
        outputs.append(["output_type": "display_data", "metadata": [String: Any](), "data": data])
      } catch {
        throw Diagnostic(error, at: nil)
      }
    }
    if let error = result.expectedFailure {
      outputs.append([
        "output_type": "error", "ename": error.code.name, "evalue": error.message,
        "traceback": lines(error.rendered(in: "", width: 100)),
      ])
    }
    return outputs
  }

  /// As nbformat has texts: a list of lines with their ends.
  private static func lines(_ text: String) -> [String] {
    let lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    return lines.enumerated().compactMap { index, line in
      index + 1 < lines.count ? line + "\n" : line.isEmpty ? nil : line
    }
  }
}
