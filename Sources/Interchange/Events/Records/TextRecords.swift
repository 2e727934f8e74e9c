import SourceText

/// Where the documents of a JSON file begin and end.
enum JSONDocuments: Sendable {
  /// One to a line. A broken one is the matter of its line alone.
  case lines
  /// One behind the other, over as many lines as they like; of one array, or of none.
  case sequence

  /// What a file is that begins with `head`.
  init(head: Span<UInt8>, isWhole: Bool) {
    self = .sequence
    var start = 0
    while start < head.count, head[start] <= 0x20 { start += 1 }
    guard start < head.count, head[start] == UInt8(ascii: "{") else { return }
    // A first line that holds an object, or is longer than the head, tells lines.
    guard case .found(let object, _) = Self.sequence.next(in: head, from: start, isLast: isWhole) else {
      self = .lines
      return
    }
    if !(object.lowerBound..<object.upperBound).contains(where: { head[$0] == 0x0A }) { self = .lines }
  }

  enum Step: Equatable {
    /// A document, and where to look for the next one.
    case found(Range<Int>, next: Int)
    /// Nothing more comes up to here: blanks.
    case none(next: Int)
    /// The document that begins here is not whole yet.
    case open(Int)
    /// Here stands something that is no object.
    case stray(Int, next: Int)
  }

  /// The next document at or behind `start`. `isLast` says that nothing comes behind `bytes`.
  func next(in bytes: Span<UInt8>, from start: Int, isLast: Bool) -> Step {
    switch self {
    case .lines: nextLine(bytes, start, isLast)
    case .sequence: nextObject(bytes, start)
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
