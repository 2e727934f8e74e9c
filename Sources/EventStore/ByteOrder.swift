extension String {
  /// Negative, zero or positive as the UTF-8 bytes of this text come before, equal or come after those of `other`: the order of customers and
  /// of values.
  package func utf8Order(to other: String) -> Int {
    let (left, right) = (utf8.span, other.utf8.span)
    let shared = min(left.count, right.count)
    var index = 0
    while index < shared {
      let (one, two) = (left[index], right[index])
      if one != two { return one < two ? -1 : 1 }
      index &+= 1
    }
    return left.count - right.count
  }

  /// Whether its UTF-8 bytes come before those of `other`.
  package func comesBefore(_ other: String) -> Bool { utf8Order(to: other) < 0 }
}

extension [String] {
  /// Where a text stands among these, which increase by their UTF-8 bytes; nil where it does not.
  func place(of text: String) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].comesBefore(text) { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low].utf8.elementsEqual(text.utf8) ? low : nil
  }
}
