import SourceText

/// Where the records of a text begin and end.
enum TextRecords: Sendable {
  /// One to a line. A broken one is the matter of its line alone.
  case lines
  /// Objects of JSON one behind the other, over as many lines as they like; of one array, or of none.
  case objects

  enum Step: Equatable {
    /// A record, and where to look for the next one.
    case found(Range<Int>, next: Int)
    /// Nothing more comes up to here: blanks.
    case none(next: Int)
    /// The record that begins here is not whole yet.
    case open(Int)
    /// Here stands something that is no object.
    case stray(Int, next: Int)
  }

  /// The next record at or behind `start`. `isLast` says that nothing comes behind `bytes`.
  func next(in bytes: Span<UInt8>, from start: Int, isLast: Bool) -> Step {
    switch self {
    case .lines: nextLine(bytes, start, isLast)
    case .objects: nextObject(bytes, start)
    }
  }

  private func nextLine(_ bytes: Span<UInt8>, _ start: Int, _ isLast: Bool) -> Step {
    var first = start
    while first < bytes.count, bytes[first] <= 0x20 { first += 1 }
    guard first < bytes.count else { return .none(next: first) }
    if let end = bytes.firstLineBreak(from: first) { return .found(first..<end, next: end + 1) }
    return isLast ? .found(first..<bytes.count, next: bytes.count) : .open(first)
  }

  private func nextObject(_ bytes: Span<UInt8>, _ start: Int) -> Step {
    var first = start
    while first < bytes.count, bytes[first] <= 0x20 || ",[]".utf8.contains(bytes[first]) { first += 1 }
    guard first < bytes.count else { return .none(next: first) }
    guard bytes[first] == UInt8(ascii: "{") else {
      var end = first
      while end < bytes.count, !",]\n{".utf8.contains(bytes[end]) { end += 1 }
      return .stray(first, next: end)
    }
    var (depth, isInText, offset) = (0, false, first)
    while offset < bytes.count {
      let byte = bytes[offset]
      if isInText {
        if byte == UInt8(ascii: "\\") { offset += 1 } else if byte == UInt8(ascii: "\"") { isInText = false }
      } else if byte == UInt8(ascii: "\"") {
        isInText = true
      } else if byte | 0x20 == UInt8(ascii: "{") {
        // Brackets, too, differ in one bit: [ and {, ] and }.
        depth += 1
      } else if byte | 0x20 == UInt8(ascii: "}") {
        depth -= 1
        if depth == 0 { return .found(first..<offset + 1, next: offset + 1) }
      }
      offset += 1
    }
    return .open(first)
  }
}
