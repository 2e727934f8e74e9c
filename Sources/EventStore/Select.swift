/// The value that would be at `rank` if `values` were sorted; smaller ones come to lie before it, larger ones behind
/// (quickselect, Hoare 1961).
package func select(_ rank: Int, of array: inout [Int64]) -> Int64 {
  var values = array.mutableSpan
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
