import SourceText

/// Bytes that come one after another.
protocol ByteStream {
  /// Reads up to `room` bytes into `buffer` from `offset` on, which it has room for. 0 only at the end.
  mutating func read(into buffer: inout [UInt8], at offset: Int, room: Int) throws(Diagnostic) -> Int
  /// Bytes of the file taken so far.
  var position: Int { get }
}
