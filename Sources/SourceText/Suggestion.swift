/// The candidate nearest to `word` by edits (insert, delete, replace, swap of neighbours), case ignored; nil if none is near
/// enough to be meant: at most one edit for words of up to four letters, else a third of the length. Ties go to the candidate nearer
/// in case too, then to the earlier one.
package func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
  let wanted = Array(word.lowercased().unicodeScalars)
  let written = Array(word.unicodeScalars)
  guard wanted.count <= 64 else { return nil }
  let limit = wanted.count <= 4 ? 1 : max(2, wanted.count / 3)
  var best: (distance: Int, caseDistance: Int, text: String)?
  for candidate in candidates {
    let letters = Array(candidate.lowercased().unicodeScalars)
    guard abs(letters.count - wanted.count) <= limit else { continue }
    let distance = editDistance(wanted, letters)
    guard distance <= limit else { continue }
    let caseDistance = editDistance(written, Array(candidate.unicodeScalars))
    if let best, (best.distance, best.caseDistance) <= (distance, caseDistance) { continue }
    best = (distance, caseDistance, candidate)
  }
  return best?.text
}

/// Optimal string alignment distance (Damerau 1964, restricted), O(nm).
func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var beforePrevious: [Int] = []
  var previous = Array(0...right.count)
  for i in 0..<left.count {
    var current = [i + 1]
    for j in 0..<right.count {
      var cost = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (left[i] == right[j] ? 0 : 1))
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        cost = min(cost, beforePrevious[j - 1] + 1)
      }
      current.append(cost)
    }
    (beforePrevious, previous) = (previous, current)
  }
  return previous[right.count]
}
