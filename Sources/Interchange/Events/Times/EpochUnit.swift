/// What numbers since 1970 count.
package enum EpochUnit: Int64, CaseIterable, Sendable {
  case seconds = 1_000_000
  case milliseconds = 1_000
  case microseconds = 1

  /// The unit in which a number of this size is a time of our age: up to 11 digits are seconds, up to 14 milliseconds,
  /// up to 17 microseconds.
  init?(magnitude: UInt64) {
    switch magnitude {
    case 0..<100_000_000_000: self = .seconds
    case 0..<100_000_000_000_000: self = .milliseconds
    case 0..<100_000_000_000_000_000: self = .microseconds
    default: return nil
    }
  }
}

/// The whole part of a number, its fraction in millionths (further digits are cut), its sign. Nil for anything else.
func epochParts(_ text: Span<UInt8>) -> (whole: UInt64, millionths: Int64, isNegative: Bool)? {
  guard text.count > 0 else { return nil }
  var offset = 0
  let isNegative = text[0] == UInt8(ascii: "-")
  if isNegative { offset = 1 }
  let start = offset
  var whole: UInt64 = 0
  while offset < text.count, text[offset] &- 48 < 10 {
    guard offset - start < 18 else { return nil }
    whole = whole * 10 + UInt64(text[offset] - 48)
    offset += 1
  }
  guard offset > start else { return nil }
  var (millionths, unit): (Int64, Int64) = (0, 100_000)
  if offset < text.count {
    guard text[offset] == UInt8(ascii: "."), offset + 1 < text.count else { return nil }
    offset += 1
    while offset < text.count {
      guard text[offset] &- 48 < 10 else { return nil }
      millionths += Int64(text[offset] - 48) * unit
      unit /= 10
      offset += 1
    }
  }
  return (whole, millionths, isNegative)
}
