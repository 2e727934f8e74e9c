import SourceText

/// The part of a stream that is being cut into rows: what is behind the current row is kept while more is read.
struct RowBuffer<Stream: ByteStream> {
  private(set) var stream: Stream
  private(set) var bytes: [UInt8]
  /// What is read and not yet used lies in `start ..< end`.
  var start = 0
  private(set) var end = 0
  /// The stream has ended: nothing comes behind `end`.
  private(set) var isLast = false

  /// A longer row is refused: memory stays bounded whatever a file holds.
  private let limit: Int
  /// The limit unless another is given.
  static var longestRow: Int { 64 << 20 }

  init(_ stream: Stream, size: Int = 1 << 20, longestRow: Int = longestRow) {
    self.stream = stream
    limit = longestRow
    bytes = Array(repeating: 0, count: size)
  }

  /// Reads more behind what is there; grows if `start` is a row that fills the buffer. False if that row is too long.
  mutating func refill() throws(Diagnostic) -> Bool {
    if start > 0 {
      for index in 0..<end - start { bytes[index] = bytes[start + index] }
      (start, end) = (0, end - start)
    } else if end == bytes.count {
      guard bytes.count < limit else { return false }
      bytes.append(contentsOf: repeatElement(0, count: bytes.count))
    }
    let count = try stream.read(into: &bytes, at: end, room: bytes.count - end)
    if count == 0 { isLast = true }
    end += count
    return true
  }
}
