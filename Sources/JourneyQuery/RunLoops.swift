// Loops that end soon after their run was cancelled. Asking costs a load from memory: it is done at every step.

extension Run {
  /// What `body` makes of each element, in order.
  package func map<Elements: Sequence, Result>(
    _ elements: Elements, _ body: (Elements.Element) throws(ExecutionError) -> Result
  ) throws(ExecutionError) -> [Result] {
    var results: [Result] = []
    results.reserveCapacity(elements.underestimatedCount)
    for element in elements {
      try check()
      results.append(try body(element))
    }
    return results
  }

  /// `body` of each element, in order.
  package func forEach<Elements: Sequence>(
    _ elements: Elements, _ body: (Elements.Element) throws(ExecutionError) -> Void
  ) throws(ExecutionError) {
    for element in elements {
      try check()
      try body(element)
    }
  }

  /// The elements in order; equal ones as they were.
  package func sorted<Element>(
    _ elements: [Element], by precedes: (Element, Element) -> Bool
  ) throws(ExecutionError) -> [Element] {
    do {
      return try elements.sorted { left, right in
        try check()
        return precedes(left, right)
      }
    } catch {
      throw .cancelled
    }
  }
}
