import JourneyTime

/// The median, as `quantile` gives it.
func median(of lengths: inout [Int64]) -> Duration? {
  quantile(tenths: 5, of: &lengths)
}

/// The quantile at `tenths` / 10 (R-7: linear between the two values it lies between), rounded down to a microsecond; nil
/// of nothing. Leaves `lengths` in another order. O(n) on average (quickselect, Hoare 1961).
func quantile(tenths: Int, of lengths: inout [Int64]) -> Duration? {
  guard !lengths.isEmpty else { return nil }
  let (rank, rest) = ((lengths.count - 1) * tenths).quotientAndRemainder(dividingBy: 10)
  let low = select(rank, of: &lengths)
  guard rest > 0, let high = lengths[(rank + 1)...].min() else { return Duration(microseconds: low) }
  let (whole, tenth) = (high - low).quotientAndRemainder(dividingBy: 10)
  return Duration(microseconds: low + whole * Int64(rest) + tenth * Int64(rest) / 10)
}

/// The value that would be at `rank` if `values` were sorted; smaller ones come to lie before it, larger ones behind.
private func select(_ rank: Int, of values: inout [Int64]) -> Int64 {
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
