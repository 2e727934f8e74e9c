import Foundation
import JourneyTime
import Rendering
import SourceText
import Statements

/// Looks at a reply, or at an error, in ways in which people and programs may be given it.
enum ReplyReading {
  private static let widths = [20, 31, 80, 200]
  private static let styles: [RenderingContext.Style] = [.ascii, .plain, .colour]
  private static let codes = Set(CodeArea.all.flatMap(\.codes))

  /// As a table and in two other formats; `turn` chooses which, how wide and in which style. All turns see all.
  static func look(at reply: Reply, in zone: Zone, turn: Int) throws {
    if case .answer(let answer) = reply {
      try Printed(answer.question).check(of: "an answer")
      // Much of the same would take longer than it could teach.
      guard answer.tables.allSatisfy({ $0.rows.count < 2_000 }) else { return }
    }
    var context = RenderingContext(
      width: widths[turn % 4], zone: zone, style: styles[turn % 3], rowLimit: turn % 2 == 0 ? nil : 7,
      isTerminal: turn % 5 > 0)
    context.colours = turn % 7 == 0 ? .sixteen : .dark
    let others = Format.allCases.filter { $0 != .table }
    for format in [.table, others[turn % others.count], others[turn / 2 % others.count]] {
      let text = try ReplyWriter(format: format, context: context).text(of: reply)
      try check(text.words, as: format, of: reply)
      try checkForTerminal(text.forTerminal)
    }
  }

  /// An error must be one that is told of in docs/ERRORS.md, and point into what was typed.
  static func look(at error: Diagnostic, in statement: String) throws {
    guard codes.contains(error.code) else {
      throw Contradiction("no error is called '\(error.code)': \(error.message)")
    }
    let text = error.source ?? statement
    guard error.span.map({ $0.upperBound <= text.utf8.count }) ?? true else {
      throw Contradiction("'\(error.code)' points beyond the statement: \(error.span ?? 0..<0) of \(text.utf8.count)")
    }
    for width in widths {
      let told = error.rendered(in: statement, width: width)
      guard told.contains("[\(error.code)]") else { throw Contradiction("'\(error.code)' is told without its code") }
      try checkForTerminal(told)
    }
  }

  /// What programs read must be read by them.
  private static func check(_ text: String, as format: Format, of reply: Reply) throws {
    guard case .answer = reply else { return }
    let documents =
      switch format {
      case .json: [text]
      case .jsonl: text.split(separator: "\n").map(String.init)
      default: [String]()
      }
    for document in documents {
      guard (try? JSONSerialization.jsonObject(with: Data(document.utf8), options: .fragmentsAllowed)) != nil else {
        throw Contradiction("no JSON: \(document.prefix(400))")
      }
    }
  }

  /// Nothing is in it that a terminal obeys but line ends and renditions.
  private static func checkForTerminal(_ text: String) throws {
    var rest = text.unicodeScalars[...]
    while let control = rest.firstIndex(where: { $0.isUnsafeToShow && $0 != "\n" }) {
      let behind = rest[control...].dropFirst().prefix { $0 == "[" || $0 == ";" || ("0"..."9").contains($0) }
      rest = rest[behind.endIndex...]
      guard behind.first == "[", rest.popFirst() == "m" else {
        throw Contradiction(
          "a terminal would obey \(String(text.unicodeScalars[control...].prefix(20)).debugDescription)")
      }
    }
  }
}
