/// The last place on the way from `start` to `end` where something holds that does not hold again once it has ceased.
///
/// By halving, which needs nothing but yes and no: no slope leads astray, and what is not a number is a no. At most 100 halves, so that a
/// place is right to its last digit, or to 1e-30 of the way.
///
/// - Returns: a place where it holds; `start` also where it holds nowhere.
func lastPlace(from start: Double, to end: Double, where holds: (Double) -> Bool) -> Double {
  guard holds(start) else { return start }
  if holds(end) { return end }
  var (inside, outside) = (start, end)
  for _ in 0..<100 {
    let middle = inside + (outside - inside) / 2
    if middle == inside || middle == outside { break }
    if holds(middle) { inside = middle } else { outside = middle }
  }
  return inside
}
