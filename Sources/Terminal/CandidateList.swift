import SourceText

/// Candidates in columns, as `ls` has them: down the columns, beside each what is noted of it.
struct CandidateList {
  private let candidates: [CompletionResult.Candidate]
  let rowCount: Int
  private let textWidth: Int
  private let noteWidth: Int
  private let columns: Int

  /// Each row fits `columns`.
  init(_ candidates: [CompletionResult.Candidate], columns: Int) {
    self.candidates = candidates
    self.columns = max(columns, 1)
    textWidth = min(candidates.map(\.text.displayWidth).max() ?? 0, self.columns)
    let notes = candidates.map(\.note.displayWidth).max() ?? 0
    noteWidth = notes > 0 && textWidth + 1 + notes <= self.columns ? notes + 1 : 0
    let perRow = max(1, (self.columns + 2) / (textWidth + noteWidth + 2))
    rowCount = (candidates.count + perRow - 1) / perRow
  }

  /// One row; the candidate of index `chosen` stands out.
  func segments(ofRow row: Int, chosen: Int? = nil) -> [Painting.Segment] {
    stride(from: row, to: candidates.count, by: max(1, rowCount)).flatMap { index in
      let candidate = candidates[index]
      let text = candidate.text.cut(toColumns: textWidth)
      let note = noteWidth > 0 ? candidate.note : ""
      let isLast = index + rowCount >= candidates.count
      let gap = textWidth - text.displayWidth + noteWidth - note.displayWidth
      return [
        Painting.Segment(text: text, style: index == chosen ? .chosen : nil),
        Painting.Segment(text: note.isEmpty ? "" : String(repeating: " ", count: gap) + note, style: .faint),
        Painting.Segment(text: isLast ? "" : String(repeating: " ", count: 2 + (note.isEmpty ? gap : 0)), style: nil),
      ].filter { !$0.text.isEmpty }
    }
  }

  /// All rows as plain text; what is beyond `limit` rows (at least 2) is counted in the last.
  func lines(limit: Int) -> [String] {
    let limit = max(2, limit)
    let shown = rowCount > limit ? limit - 1 : rowCount
    let lines = (0..<shown).map { segments(ofRow: $0).map(\.text).joined() }
    return rowCount > limit ? lines + ["… and \(rowCount - shown) more rows".cut(toColumns: columns)] : lines
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
