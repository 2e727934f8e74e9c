import SourceText

/// Candidates as rows of text, to be shown below the line.
struct CandidateList {
  /// Each fits `columns` and ends without blanks.
  let rows: [String]

  /// Down the columns as `ls` has it; beside each its note, where there are notes and a row for each. What is beyond
  /// `rowLimit` rows (at least 2) is counted in the last.
  init(_ candidates: [CompletionResult.Candidate], columns: Int, rowLimit: Int) {
    let hasNotes = candidates.contains { !$0.note.isEmpty } && candidates.count <= rowLimit
    rows =
      hasNotes
      ? Self.withNotes(candidates, columns: columns)
      : Self.inColumns(candidates.map(\.text), columns: columns, rowLimit: max(2, rowLimit))
  }

  private static func withNotes(_ candidates: [CompletionResult.Candidate], columns: Int) -> [String] {
    let width = candidates.map(\.text.displayWidth).max() ?? 0
    return candidates.map { candidate in
      guard !candidate.note.isEmpty else { return candidate.text.cut(toColumns: columns) }
      let gap = String(repeating: " ", count: width - candidate.text.displayWidth + 2)
      return (candidate.text + gap + candidate.note).cut(toColumns: columns)
    }
  }

  private static func inColumns(_ texts: [String], columns: Int, rowLimit: Int) -> [String] {
    let width = min((texts.map(\.displayWidth).max() ?? 0) + 2, max(columns, 1))
    let perRow = max(1, (columns + 2) / max(width, 1))
    let rowCount = (texts.count + perRow - 1) / perRow
    guard rowCount <= rowLimit else {
      let shown = texts.prefix((rowLimit - 1) * perRow)
      let rest = "… and \(texts.count - shown.count) more"
      return inColumns(Array(shown), columns: columns, rowLimit: rowLimit) + [rest.cut(toColumns: columns)]
    }
    return (0..<rowCount).map { row in
      var line = ""
      for (place, index) in stride(from: row, to: texts.count, by: rowCount).enumerated() {
        line += String(repeating: " ", count: max(0, place * width - line.displayWidth)) + texts[index]
      }
      return line.cut(toColumns: columns)
    }
  }
}

extension String {
  /// The text, or as much of it as fits with `…` at its end.
  func cut(toColumns columns: Int) -> String {
    guard displayWidth > columns else { return self }
    var (kept, used) = ("", 0)
    for character in self {
      used += character.displayWidth
      if used >= columns { break }
      kept.append(character)
    }
    return kept + "…"
  }
}
