import EventStore
import JourneyTime

/// The median, as `quantile` gives it.
func median(of lengths: [Int64]) -> Duration? { quantile(tenths: 5, of: lengths) }

/// Of values that are not negative, the quantile at `tenths` / 10 (R-7: linear between the two values it lies between), rounded down to
/// a microsecond; nil of nothing. O(n) on average: of many values only those near what a sample says are looked at closely.
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
  let bracket = Bracket(around: (ranks.lowerBound, count), of: parts)
  let (values, below) = gather(bracket, of: parts)
  if below <= ranks.lowerBound, ranks.upperBound < below + values.count { return (values, below) }
  return candidatesByBins(for: ranks, of: parts)
}

/// The values in a bracket, and how many are below it.
private func gather(_ bracket: Bracket, of parts: [ArraySlice<Int64>]) -> (values: [Int64], below: Int) {
  let size = 4096
  var (values, below) = ([Int64](), 0)
  var kept = [Int64](repeating: 0, count: size + 1)
  for part in parts {
    for first in stride(from: part.startIndex, to: part.endIndex, by: size) {
      let count = bracket.gather(part[first..<min(first + size, part.endIndex)].span, into: &kept, &below)
      values.append(contentsOf: kept[..<count])
    }
  }
  return (values, below)
}

extension Bracket {
  /// Where the value of a rank among those in some lists almost certainly lies.
  fileprivate init(around rank: (Int, of: Int), of parts: [ArraySlice<Int64>]) {
    let step = max(1, rank.of / 4096)
    // Lists are as long as they are: what one leaves of a step the next begins with.
    var (sample, next) = ([Int64](), 0)
    for part in parts {
      while next < part.count {
        sample.append(part[part.startIndex + next])
        next += step
      }
      next -= part.count
    }
    self.init(around: Double(rank.0) / Double(rank.of), ofSample: &sample)
  }

  /// Writes the values of the bracket to the beginning of `kept`, which has room for one more than there are values; returns how many.
  /// None is negative. Bits in place of branches, which would often be predicted wrongly.
  fileprivate func gather(_ values: Span<Int64>, into kept: inout [Int64], _ below: inout Int) -> Int {
    let (least, width) = (least, width)
    var kept = kept.mutableSpan
    var (next, under) = (0, 0)
    for index in values.indices {
      let distance = UInt64(bitPattern: values[index] &- least)
      kept[next] = values[index]
      next &+= 1 &- Int(truncatingIfNeeded: (width &- distance | distance) &>> 63)
      under &+= Int(truncatingIfNeeded: distance &>> 63)
    }
    below += under
    return next
  }
}

/// The same, looking at every value twice, wherever they lie.
private func candidatesByBins(
  for ranks: ClosedRange<Int>, of parts: [ArraySlice<Int64>]
) -> (values: [Int64], below: Int) {
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
