import CZlib
import SourceText

/// A table as DuckDB writes it: CSV with a header.
struct DuckDBStream: ByteStream {
  private let table: DuckDBTable
  private let child: ChildProcess
  private var lines = 0
  private var (length, sum): (Int, UInt) = (0, 0)
  private var hasEnded = false

  init(_ table: DuckDBTable) throws(Diagnostic) {
    self.table = table
    child = try table.start()
  }

  /// As much of the file as the share of its rows that has come: what DuckDB has read of it is its own affair.
  var position: Int {
    Int(Double(table.size) * min(1, Double(lines) / Double(max(1, table.rowCount + 1))))
  }

  mutating func read(into buffer: inout [UInt8], at offset: Int, room: Int) throws(Diagnostic) -> Int {
    guard !hasEnded else { return 0 }
    let count = try child.read(into: &buffer, at: offset, room: room) { () throws(Diagnostic) in try table.check() }
    note(buffer.span.extracting(offset..<offset + count))
    guard count == 0, room > 0 else { return count }
    let (status, errors) = child.end()
    // What came is the beginning of the table, not all of it.
    guard status == 0 else { throw table.failure(errors, status) }
    hasEnded = true
    table.contents.withLock { $0 = (length, UInt32(truncatingIfNeeded: sum)) }
    return 0
  }

  private mutating func note(_ bytes: Span<UInt8>) {
    var place = 0
    while let lineBreak = bytes.firstLineBreak(from: place) { (lines, place) = (lines + 1, lineBreak + 1) }
    length += bytes.count
    guard table.size == 0 else { return }
    // SAFETY: zlib reads as many bytes as the span has.
    sum = unsafe bytes.withUnsafeBufferPointer { unsafe crc32_z(sum, $0.baseAddress, $0.count) }
  }
}
