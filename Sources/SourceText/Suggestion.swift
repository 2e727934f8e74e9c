/// The candidate nearest to `word` by edits (insert, delete, replace, swap of neighbours), case ignored; nil if none is near
/// enough to be meant: at most one edit for words of up to four letters, else a third of the length. Ties go to the candidate nearer
/// in case too, then to the earlier one. Of very many candidates only the first are looked at, so that an error is told at once.
package func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
  let wanted = Array(word.lowercased().unicodeScalars)
  let written = Array(word.unicodeScalars)
  guard wanted.count <= 64 else { return nil }
  let limit = wanted.count <= 4 ? 1 : max(2, wanted.count / 3)
  let letters = letterSet(wanted)
  var best: (distance: Int, caseDistance: Int, text: String)?
  for candidate in candidates.prefix(mostCandidates) {
    // A letter is at most four bytes.
    let bytes = candidate.utf8.count
    guard bytes >= wanted.count - limit, bytes <= 4 * (wanted.count + limit) else { continue }
    let lowered = Array(candidate.lowercased().unicodeScalars)
    // An edit adds or takes away one letter, or does both.
    guard abs(lowered.count - wanted.count) <= limit,
      (letters ^ letterSet(lowered)).nonzeroBitCount <= 2 * limit
    else { continue }
    let distance = editDistance(wanted, lowered)
    guard distance <= limit else { continue }
    let caseDistance = editDistance(written, Array(candidate.unicodeScalars))
    if let best, (best.distance, best.caseDistance) <= (distance, caseDistance) { continue }
    best = (distance, caseDistance, candidate)
  }
  return best?.text
}

private let mostCandidates = 50_000

/// Which letters occur, several of them sharing a bit.
private func letterSet(_ letters: [Unicode.Scalar]) -> UInt64 { letters.reduce(0) { $0 | 1 << UInt64($1.value & 63) } }

/// Optimal string alignment distance (Damerau 1964, restricted), O(nm).
func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var beforePrevious = [Int](repeating: 0, count: right.count + 1)
  var previous = Array(0...right.count)
  var current = beforePrevious
  for i in 0..<left.count {
    current[0] = i + 1
    for j in 0..<right.count {
      var cost = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (left[i] == right[j] ? 0 : 1))
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        cost = min(cost, beforePrevious[j - 1] + 1)
      }
      current[j + 1] = cost
    }
    (beforePrevious, previous, current) = (previous, current, beforePrevious)
  }
  return previous[right.count]
}
