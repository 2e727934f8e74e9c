import JourneyTime

/// What a written value can be read as. Text that would not come back as it was written stays text: `007`, `+1`, whole
/// numbers beyond 2⁵³.
extension Span<UInt8> {
  /// The kinds besides text that this value can be read as; times without an offset are of `zone`.
  func kinds(in zone: Zone) -> KindSet {
    guard count > 0 else { return .all }
    switch self[0] {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
      if number != nil { return .number }
      return Instant(iso: self, in: zone) == nil ? [] : .time
    default: return truth == nil ? [] : .truth
    }
  }

  /// `true` or `false` in any case.
  var truth: Bool? {
    func spells(_ word: StaticString) -> Bool {
      guard word.utf8CodeUnitCount == count else { return false }
      // SAFETY: a static string's start points to utf8CodeUnitCount bytes; the guard made that `count`.
      for index in indices where unsafe self[index] | 0x20 != word.utf8Start[index] { return false }
      return true
    }
    return spells("true") ? true : spells("false") ? false : nil
  }

  /// A finite decimal number: `12`, `-0.5`, `.5`, `1e-3`; no leading zeros, no plus, no whole number beyond 2⁵³.
  package var number: Double? {
    var offset = 0
    let isNegative = self[0] == UInt8(ascii: "-")
    if isNegative { offset = 1 }
    let wholeStart = offset
    var (significand, digits): (UInt64, Int) = (0, 0)
    func skipDigits() {
      while offset < count, self[offset] &- 48 < 10 {
        if digits < 19 { significand = significand * 10 + UInt64(self[offset] - 48) }
        if digits > 0 || self[offset] != 48 { digits += 1 }
        offset += 1
      }
    }
    skipDigits()
    let whole = offset - wholeStart
    guard whole < 2 || self[wholeStart] != 48 else { return nil }
    var places = 0
    if offset < count, self[offset] == UInt8(ascii: ".") {
      offset += 1
      let start = offset
      skipDigits()
      places = offset - start
      guard places > 0 else { return nil }
    }
    guard whole + places > 0 else { return nil }
    if offset == count {
      if places == 0, digits > 16 || significand > 1 << 53 { return nil }
      // Exact: both operands and every power of ten up to 10²² are doubles (Clinger 1990).
      if digits <= 15, places <= 22 {
        let value = Double(significand) / Self.powersOfTen[places]
        return isNegative ? -value : value
      }
    } else {
      guard self[offset] | 0x20 == UInt8(ascii: "e") else { return nil }
      offset += 1
      if offset < count, self[offset] == UInt8(ascii: "+") || self[offset] == UInt8(ascii: "-") { offset += 1 }
      let start = offset
      skipDigits()
      guard offset > start, offset == count else { return nil }
    }
    guard count <= 400, let value = Double(String(decoding: Array(bytes: self), as: UTF8.self)), value.isFinite else {
      return nil
    }
    return value
  }

  private static var powersOfTen: [Double] { tens }
}

private let tens: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
]

extension Array<UInt8> {
  init(bytes: Span<UInt8>) {
    self.init()
    reserveCapacity(bytes.count)
    for index in bytes.indices { append(bytes[index]) }
  }
}
