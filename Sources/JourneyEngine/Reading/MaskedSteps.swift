/// The steps that some event of a customer matches, read off the customer's event mask (`Bucket.eventMasks`).
struct MaskedSteps: Sendable {
  /// By byte of a mask, for each of its values: the steps of the event codes whose bits are set.
  private let table: [UInt64]

  /// Nil where a mask does not tell: steps depend on properties, or events that share a bit match different ones.
  init?(_ matcher: StepMatcher) {
    guard matcher.conditional.isEmpty else { return nil }
    let (steps, bits) = (matcher.certain, min(matcher.certain.count, 64))
    guard steps.indices.allSatisfy({ steps[$0] == steps[$0 % 64] }) else { return nil }
    table = (0..<(bits + 7) / 8 * 256).map { entry in
      let (byte, value) = entry.quotientAndRemainder(dividingBy: 256)
      return (0..<8).reduce(0) { found, bit in
        let code = byte * 8 + bit
        return found | (value >> bit & 1 == 1 && code < bits ? steps[code] : 0)
      }
    }
  }

  @inline(__always)
  subscript(mask: UInt64) -> UInt64 {
    var (steps, rest) = (UInt64(0), mask)
    for first in stride(from: 0, to: table.count, by: 256) {
      steps |= table[first + Int(rest & 0xFF)]
      rest >>= 8
    }
    return steps
  }
}
