import EventStore
import JourneyTime

/// The median, as `quantile` gives it.
func median(of lengths: [Int64]) -> Duration? { quantile(tenths: 5, of: lengths) }

/// The quantile at `tenths` / 10 (R-7: linear between the two values it lies between), rounded down to a microsecond; nil
/// of nothing. O(n) on average: of many values only those in the two bins the quantile falls into are looked at closely.
func quantile(tenths: Int, of lengths: [Int64]) -> Duration? { quantile(tenths: tenths, of: [lengths[...]]) }

/// The same of values that lie in several lists.
func quantile(tenths: Int, of parts: [ArraySlice<Int64>]) -> Duration? {
  let count = parts.reduce(0) { $0 + $1.count }
  guard count > 0 else { return nil }
  let (rank, rest) = ((count - 1) * tenths).quotientAndRemainder(dividingBy: 10)
  var (candidates, below) = candidates(for: rank...(rest > 0 ? rank + 1 : rank), of: parts, count)
  let low = select(rank - below, of: &candidates)
  guard rest > 0, let high = candidates[(rank - below + 1)...].min() else { return Duration(microseconds: low) }
  let (whole, tenth) = (high - low).quotientAndRemainder(dividingBy: 10)
  return Duration(microseconds: low + whole * Int64(rest) + tenth * Int64(rest) / 10)
}

/// Values among which those that would be at `ranks`, were all sorted, must be, and how many of the others are smaller.
private func candidates(
  for ranks: ClosedRange<Int>, of parts: [ArraySlice<Int64>], _ count: Int
) -> (values: [Int64], below: Int) {
  guard count > 512 else { return (parts.flatMap { $0 }, 0) }
  var sizes = [Int](repeating: 0, count: QuantileBins.bins.count)
  for part in parts { QuantileBins.count(part.span, into: &sizes) }
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
  var candidates = [Int64](repeating: 0, count: through - below + 1)
  var next = 0
  for part in parts { QuantileBins.gather(part.span, from: first, through: last, into: &candidates, &next) }
  candidates.removeLast()
  return (candidates, below)
}

/// Values by bin.
private enum QuantileBins {
  static var bins: LogarithmicBins { LogarithmicBins(bits: 5) }

  static func count(_ values: Span<Int64>, into sizes: inout [Int]) {
    var sizes = sizes.mutableSpan
    for index in values.indices { sizes[bins.bin(values[index])] += 1 }
  }

  /// Writes the values of some bins from `gathered[next]` on; there is room for one more.
  static func gather(
    _ values: Span<Int64>, from first: Int, through last: Int, into gathered: inout [Int64], _ next: inout Int
  ) {
    var gathered = gathered.mutableSpan
    var place = next
    for index in values.indices {
      gathered[place] = values[index]
      place += first...last ~= bins.bin(values[index]) ? 1 : 0
    }
    next = place
  }
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
