import Glibc

/// Characters typed at a terminal, decoded from UTF-8 by ourselves: libedit drops bytes that are none without a word, here each
/// becomes U+FFFD and is seen.
struct KeyReader {
  enum Key: Equatable {
    case character(UInt32)
    /// Something was written to the descriptor watched beside the terminal.
    case woken
    case end
  }

  private let terminal: Int32
  private let bell: Int32
  private var bytes: ArraySlice<UInt8> = []
  /// Answers of the terminal that did not come in time: they are no keys when they do.
  private var owedReports = 0

  /// `bell` is a descriptor that becomes readable when the reader is to look up.
  init(terminal: Int32, bell: Int32) {
    self.terminal = terminal
    self.bell = bell
  }

  /// Whether a key can be had without waiting.
  var hasPending: Bool { !bytes.isEmpty }

  mutating func next() -> Key {
    while true {
      if owedReports > 0, let report = Self.report(in: bytes), report.range.lowerBound == bytes.startIndex {
        owedReports -= 1
        bytes.removeSubrange(report.range)
      }
      if let (character, length) = Self.decode(bytes) {
        bytes = bytes.dropFirst(length)
        return .character(character)
      }
      // The rest of a character that has begun comes at once or never.
      switch wait(milliseconds: bytes.isEmpty ? -1 : 100) {
      case .bell: return .woken
      case .input: if !fill() { return .end }
      case .nothing:
        bytes = bytes.dropFirst()
        return .character(0xFFFD)
      }
    }
  }

  /// Where, from 0, the terminal says its cursor is or was each time that it was sent `reportRequest`; fewer than asked where no answer
  /// comes within a fifth of a second. Keys that come before the answers are kept.
  mutating func cursorPlaces(_ count: Int) -> [ScreenLayout.Place] {
    let end = ContinuousClock.now + .milliseconds(200)
    var places: [ScreenLayout.Place] = []
    while places.count < count {
      if let report = Self.report(in: bytes) {
        bytes.removeSubrange(report.range)
        places.append(report.place)
        continue
      }
      var watched = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
      guard ContinuousClock.now < end else { break }
      // SAFETY: one descriptor is watched, which is the one given.
      if unsafe poll(&watched, 1, 20) > 0, !fill() { break }
    }
    owedReports += count - places.count
    return places
  }

  /// Asks the terminal where its cursor is.
  static let reportRequest = "\u{1B}[6n"

  /// The first `ESC [ row ; column R`.
  private static func report(in bytes: ArraySlice<UInt8>) -> (range: Range<Int>, place: ScreenLayout.Place)? {
    for start in bytes.indices where bytes[start] == 0x1B {
      let answer = bytes[(start + 1)...].prefix { $0 != UInt8(ascii: "R") && $0 != 0x1B }
      guard answer.first == UInt8(ascii: "["), answer.endIndex < bytes.endIndex, bytes[answer.endIndex] != 0x1B else {
        continue
      }
      let numbers = answer.dropFirst().split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        .map { Int(String(decoding: $0, as: UTF8.self)) }
      if numbers.count == 2, let row = numbers[0], let column = numbers[1], row > 0, column > 0 {
        return (start..<answer.endIndex + 1, .init(row: row - 1, column: column - 1))
      }
    }
    return nil
  }

  private enum Event { case bell, input, nothing }

  private func wait(milliseconds: Int32) -> Event {
    while true {
      var watched = [
        pollfd(fd: terminal, events: Int16(POLLIN), revents: 0), pollfd(fd: bell, events: Int16(POLLIN), revents: 0),
      ]
      // SAFETY: the count is the array's own.
      let ready = unsafe poll(&watched, nfds_t(watched.count), milliseconds)
      if ready < 0 && errno == EINTR { continue }
      if ready == 0 { return .nothing }
      return watched[1].revents != 0 ? .bell : .input
    }
  }

  /// False at the end of input, which a closed terminal is too.
  private mutating func fill() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      // SAFETY: at most `buffer.count` bytes are written to it.
      let count = unsafe read(terminal, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      bytes.append(contentsOf: buffer[..<count])
      return true
    }
  }

  /// The first character and how many bytes it takes; nil where more bytes are needed to tell.
  static func decode(_ bytes: ArraySlice<UInt8>) -> (UInt32, Int)? {
    guard let lead = bytes.first else { return nil }
    let length =
      switch lead {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    let character = bytes.prefix(length)
    if let text = String(validating: character, as: UTF8.self), let scalar = text.unicodeScalars.first {
      return (scalar.value, length)
    }
    let mayGoOn = character.count < length && character.dropFirst().allSatisfy { $0 & 0xC0 == 0x80 }
    return mayGoOn ? nil : (0xFFFD, 1)
  }
}
