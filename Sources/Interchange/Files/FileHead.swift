import SourceText

/// The first bytes of what a file holds, unpacked. They are read once; what a file is, and how it is read, is told from them.
struct FileHead: Sendable {
  /// As many as tell the names and kinds of most files of objects.
  static let size = 1 << 20

  let bytes: [UInt8]
  /// Nothing comes behind them.
  let isWhole: Bool
  /// Where the text begins: behind a byte order mark, if there is one.
  let textStart: Int

  private init(_ bytes: [UInt8], isWhole: Bool) {
    (self.bytes, self.isWhole) = (bytes, isWhole)
    textStart = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  init(of source: ByteSource, size: Int = Self.size) throws(Diagnostic) {
    var stream = try source.stream()
    var (bytes, count) = ([UInt8](repeating: 0, count: size), 0)
    while count < size {
      let more = try stream.read(into: &bytes, at: count, room: size - count)
      if more == 0 { break }
      count += more
    }
    self.init(Array(bytes[..<count]), isWhole: count < size)
  }

  /// The first `size` of them.
  func first(_ size: Int) -> FileHead {
    FileHead(Array(bytes.prefix(size)), isWhole: isWhole && bytes.count < size)
  }

  /// Whether these bytes stand at `place`.
  func has(_ text: String, at place: Int = 0) -> Bool { bytes.dropFirst(place).starts(with: text.utf8) }

  /// The text behind blanks and line breaks.
  var text: ArraySlice<UInt8> { bytes[textStart...].drop { $0 <= 0x20 } }
}
