import SourceText

/// The candidates below the line while one is being chosen.
struct CompletionMenu {
  /// UTF-8 offset in the text of what the candidates stand for.
  let start: Int
  private(set) var candidates: [CompletionResult.Candidate]
  /// What the place expects, in words; may be empty.
  let hint: String
  private(set) var chosen: Int?

  init(_ result: CompletionResult, hint: String) {
    start = result.range.lowerBound
    candidates = result.candidates
    self.hint = hint
  }

  /// The next candidate, or the one before; around both ends.
  mutating func step(forward: Bool) -> CompletionResult.Candidate? {
    guard !candidates.isEmpty else { return nil }
    let next = chosen.map { $0 + (forward ? 1 : -1) } ?? (forward ? 0 : candidates.count - 1)
    chosen = (next + candidates.count) % candidates.count
    return chosen.map { candidates[$0] }
  }

  /// The candidate beside the one chosen, `rows` below it and `columns` to its right; the first or the last where none is chosen yet.
  /// Stays where there is none.
  mutating func move(rows: Int, columns: Int, onScreenOf width: Int) -> CompletionResult.Candidate? {
    guard !candidates.isEmpty else { return nil }
    let rowCount = CandidateList(candidates, columns: width - 1).rowCount
    let isForward = rows + columns > 0
    guard let here = chosen, rowCount > 0 else { return step(forward: isForward) }
    if rows != 0 { return step(forward: isForward) }
    let target = here + columns * rowCount
    if candidates.indices.contains(target) { chosen = target }
    return chosen.map { candidates[$0] }
  }

  /// Down the columns as `ls` has it, what is noted of each beside it; at most `limit` rows with the hint, around the one chosen.
  func rows(columns: Int, limit: Int) -> [[Painting.Segment]] {
    let hints = hint.isEmpty ? [] : [[Painting.Segment(text: hint.cut(toColumns: columns - 1), style: .faint)]]
    let room = limit - hints.count
    guard !candidates.isEmpty, room > 0 else { return Array(hints.prefix(limit)) }
    let list = CandidateList(candidates, columns: columns - 1)
    var first = 0
    if list.rowCount > room, let chosen { first = max(0, min(chosen % list.rowCount - room / 2, list.rowCount - room)) }
    var rows = (first..<min(first + room, list.rowCount)).map { list.segments(ofRow: $0, chosen: chosen) }
    let hidden = list.rowCount - rows.count
    if hidden > 0, let last = rows.indices.last {
      rows[last] = [Painting.Segment(text: "… and \(hidden + 1) more rows".cut(toColumns: columns - 1), style: .faint)]
      if let chosen, chosen % list.rowCount >= first + room - 1 {
        rows[last] = list.segments(ofRow: first + room - 1, chosen: chosen)
      }
    }
    return rows + hints
  }
}
