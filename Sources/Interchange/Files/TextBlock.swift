import EventStore
import SourceText

/// The part of a stream that is being cut into rows: what is behind the last whole row is kept while more is read.
///
/// The text is followed by room for cells that are not as they stand in it, and by zeros.
struct TextBlock<Stream: ByteStream> {
  private(set) var stream: Stream
  private(set) var bytes: [UInt8]
  /// What is read and not yet used lies in `start ..< end`.
  var start = 0
  private(set) var end = 0
  /// The stream has ended: nothing comes behind `end`.
  private(set) var isLast = false
  /// Room for text.
  private var room: Int
  private var scratchEnd: Int

  /// A longer row is refused: memory stays bounded whatever a file holds.
  private let limit: Int

  /// - Parameter room: best a little more than some blocks of a file's fingerprint, for the beginning of a row.
  init(_ stream: Stream, room: Int, longestRow: Int) {
    self.stream = stream
    self.room = room
    limit = longestRow
    scratchEnd = room
    bytes = Array(repeating: 0, count: 2 * room + CellTable.slack)
  }

  /// Reads behind what is there until the room is full or the stream ends; grows if `start` is a row that fills the room.
  /// False if that row is too long. A row is looked at from its start again after each growth alone, however little the
  /// stream gives at once.
  mutating func refill() throws(Diagnostic) -> Bool {
    if start > 0 {
      let rest = Array(bytes[start..<end])
      bytes.replaceSubrange(0..<rest.count, with: rest)
      (start, end) = (0, rest.count)
    } else if end == room {
      guard room < limit else { return false }
      bytes.append(contentsOf: repeatElement(0, count: 2 * room))
      room *= 2
    }
    while end < room, !isLast {
      let count = try stream.read(into: &bytes, at: end, room: room - end)
      if count == 0 { isLast = true }
      end += count
    }
    return true
  }

  /// Scans the next row; returns where the one behind it begins, nil if it is not whole.
  func scan(_ scanner: DelimitedScanner, into row: inout DelimitedRow) -> Int? {
    scanner.scan(bytes.span.extracting(first: end), from: start, isLast: isLast, into: &row)
  }

  /// Puts a cell's bytes beside the text; it stays until `clearScratch`.
  mutating func keep(_ cell: Span<UInt8>) -> CellTable.Cell {
    let start = scratchEnd
    for index in cell.indices { bytes[start + index] = cell[index] }
    scratchEnd += cell.count
    return CellTable.Cell(start, scratchEnd)
  }

  mutating func clearScratch() { scratchEnd = room }
}
