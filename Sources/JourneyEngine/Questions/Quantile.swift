import JourneyTime

/// The median, as `quantile` gives it.
func median(of lengths: Span<Int64>) -> Duration? { quantile(tenths: 5, of: lengths) }
func median(of lengths: inout [Int64]) -> Duration? { median(of: lengths.span) }

/// The quantile at `tenths` / 10 (R-7: linear between the two values it lies between), rounded down to a microsecond; nil
/// of nothing. O(n) on average: of many values only those in the two bins the quantile falls into are looked at closely.
func quantile(tenths: Int, of lengths: Span<Int64>) -> Duration? {
  guard lengths.count > 0 else { return nil }
  let (rank, rest) = ((lengths.count - 1) * tenths).quotientAndRemainder(dividingBy: 10)
  var (candidates, below) = candidates(for: rank...(rest > 0 ? rank + 1 : rank), of: lengths)
  let low = select(rank - below, of: &candidates)
  guard rest > 0, let high = candidates[(rank - below + 1)...].min() else { return Duration(microseconds: low) }
  let (whole, tenth) = (high - low).quotientAndRemainder(dividingBy: 10)
  return Duration(microseconds: low + whole * Int64(rest) + tenth * Int64(rest) / 10)
}

/// Values among which those that would be at `ranks`, were all sorted, must be, and how many of the others are smaller.
/// The values are counted in bins, 32 to each doubling of the distance from the least value.
private func candidates(for ranks: ClosedRange<Int>, of values: Span<Int64>) -> (values: [Int64], below: Int) {
  guard values.count > 512 else { return (values.indices.map { values[$0] }, 0) }
  var least = values[0]
  for index in values.indices { least = min(least, values[index]) }
  @inline(__always) func bin(_ value: Int64) -> Int {
    let distance = UInt64(bitPattern: value &- least) | 1
    let doublings = max(5, 63 &- distance.leadingZeroBitCount)
    return (doublings &- 5) &<< 5 &+ Int(truncatingIfNeeded: distance &>> UInt64(doublings &- 5))
  }
  var sizes = [Int](repeating: 0, count: 60 * 32 + 32)
  for index in values.indices { sizes[bin(values[index])] += 1 }
  var (first, below) = (0, 0)
  while below + sizes[first] <= ranks.lowerBound {
    below += sizes[first]
    first += 1
  }
  var (last, through) = (first, below + sizes[first])
  while through <= ranks.upperBound {
    last += 1
    through += sizes[last]
  }
  var candidates: [Int64] = []
  candidates.reserveCapacity(through - below)
  for index in values.indices where first...last ~= bin(values[index]) { candidates.append(values[index]) }
  return (candidates, below)
}

/// The value that would be at `rank` if `values` were sorted; smaller ones come to lie before it, larger ones behind
/// (quickselect, Hoare 1961).
func select(_ rank: Int, of values: inout [Int64]) -> Int64 {
  var (first, last) = (0, values.count - 1)
  while first < last {
    let (one, other, third) = (values[first], values[first + (last - first) / 2], values[last])
    let pivot = max(min(one, other), min(max(one, other), third))
    var (left, right) = (first, last)
    while left <= right {
      while values[left] < pivot { left += 1 }
      while values[right] > pivot { right -= 1 }
      if left <= right {
        values.swapAt(left, right)
        left += 1
        right -= 1
      }
    }
    if rank <= right { last = right } else if rank >= left { first = left } else { return values[rank] }
  }
  return values[rank]
}

/// The median of `count` values of which `below` are less than all of `values` and the others are more; nil of nothing,
/// and where the median does not lie among `values`.
func median(of values: inout [Int64], behind below: Int, of count: Int) -> Duration? {
  let (low, high) = ((count - 1) / 2 - below, count / 2 - below)
  guard count > 0, low >= 0, high < values.count else { return nil }
  let least = select(low, of: &values)
  guard high > low, let most = values[high...].min() else { return Duration(microseconds: least) }
  return Duration(microseconds: least + (most - least) / 2)
}
