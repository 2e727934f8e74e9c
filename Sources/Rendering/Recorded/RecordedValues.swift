import JourneyQuery
import SourceText

/// The exact values of what a block of statements replied, as lines that a file keeps: tables, and a line `> …` for each sentence.
package struct RecordedValues: Hashable {
  private(set) var replies: [Reply] = []

  struct Reply: Hashable {
    var tables: [RecordedTable] = []
    var sentences: [String] = []
  }

  package init(_ answers: [Answer], _ run: Run) throws(ExecutionError) {
    for answer in answers {
      var reply = Reply()
      for table in answer.tables { reply.tables.append(try RecordedTable(table, run)) }
      reply.sentences = answer.sentences
      replies.append(reply)
    }
  }

  /// Reads what `text` wrote; lines that it cannot have written are sentences that no answer has.
  package init(_ text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    if lines.last == "" { lines = lines.dropLast() }
    while let line = lines.first {
      if line == Self.mark {
        replies.append(Reply())
        lines = lines.dropFirst()
      } else {
        if replies.isEmpty { replies.append(Reply()) }
        let last = replies.count - 1
        if let table = RecordedTable(&lines) {
          replies[last].tables.append(table)
        } else {
          replies[last].sentences.append(
            RecordedTable.unescaped(line.hasPrefix("> ") ? String(line.dropFirst(2)) : line))
          lines = lines.dropFirst()
        }
      }
    }
  }

  /// Lines of `\n`, none of which holds `--`.
  package var text: String {
    replies.map { reply in
      ([Self.mark] + reply.tables.flatMap(\.lines) + reply.sentences.map { "> " + RecordedTable.escaped($0) })
        .map { $0 + "\n" }.joined()
    }.joined()
  }

  /// Stands before each reply.
  private static let mark = "#"
}
