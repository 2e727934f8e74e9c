import Foundation
import Interchange
import JourneyQuery
import JourneyTime
import Rendering
import SourceText

extension NotebookTask {
  /// The page of a notebook, beside it: `q3.html` of `q3.way.md`.
  package static func page(of file: String) -> String {
    let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    return folder + NotebookRun.baseName(of: file) + ".html"
  }

  /// Writes another document of a notebook and its fresh results.
  ///
  /// - Parameter folder: where a relative path of it starts.
  func write(_ run: NotebookRun, to written: String, from folder: String) throws(Diagnostic) {
    let session = shell.session
    let files = Files(directory: folder, door: .open, run: session.currentRun)
    let zone = try session.zone
    let text: String
    if written.lowercased().hasSuffix(".ipynb") {
      text = try JupyterNotebook(run, zone: zone, session.run).text
    } else {
      let contents = try run.contents(zone, session.run)
      let title = run.notebook.front.title
      text = try session.apart { [current = session.run] () throws(ExecutionError) in
        var context = RenderingContext(width: NotebookRun.width, zone: zone)
        context.run = current
        return try ReportPage(title: title, contents: contents).html(in: context)
      }
    }
    try files.write(text, to: written, at: nil)
    tell("wrote '\(written)'\n")
  }
}

extension NotebookRun {
  /// Its prose, its blocks and what they replied, for a page.
  fileprivate func contents(_ zone: Zone, _ current: JourneyQuery.Run) throws(Diagnostic) -> [ReportPage.Content] {
    var context = RenderingContext(width: Self.width, zone: zone)
    context.run = current
    let writer = ReplyWriter(format: .table, context: context)
    var contents: [ReportPage.Content] = []
    for part in notebook.parts {
      switch part {
      case .prose(let prose): contents.append(.markdown(prose))
      case .block(let index):
        let block = notebook.blocks[index]
        contents.append(.statements(notebook.text(of: block), isFolded: block.words.isFolded))
        guard let result = result(ofBlock: index) else { continue }
        for reply in result.replies {
          switch reply {
          case .answer(let answer): contents.append(.answer(answer))
          case .map(let map, let reading): contents.append(.map(map, reading))
          case .done, .text, .element, .journey, .trace, .walk, .lesson, .silence:
            do { contents.append(.text(try writer.text(of: reply).words)) } catch { throw Diagnostic(error, at: nil) }
          }
        }
        if let error = result.expectedFailure { contents.append(.failure(error.rendered(in: "", width: Self.width))) }
      }
    }
    return contents
  }
}

/// A notebook and its results in the format of Jupyter (nbformat 4.5): each block a cell of code, its results text and, where they are
/// tables, HTML.
struct JupyterNotebook {
  let text: String

  init(_ run: NotebookRun, zone: Zone, _ current: JourneyQuery.Run) throws(Diagnostic) {
    var cells: [[String: Any]] = []
    for part in run.notebook.parts {
      switch part {
      case .prose(let prose):
        cells.append([
          "cell_type": "markdown", "id": "prose-\(cells.count + 1)", "metadata": [String: Any](),
          "source": Self.lines(prose),
        ])
      case .block(let index):
        let block = run.notebook.blocks[index]
        cells.append([
          "cell_type": "code", "id": "block-\(block.name)", "metadata": ["name": block.name],
          "execution_count": NSNull(), "source": Self.lines(run.notebook.text(of: block)),
          "outputs": try run.result(ofBlock: index).map { (result) throws(Diagnostic) in
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
