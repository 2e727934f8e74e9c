import EventStore
import SourceText

/// A log in XES (IEEE 1849): its traces are customers, unless told otherwise.
struct XESEvents: RecordSource {
  static let noun = "XES events"
  /// Bytes of text that are read at once.
  private static let blockSize = 256 << 10

  let file: OpenFile
  let source: ByteSource
  private let longestRow: Int

  /// Nil for what does not begin as XML. `head` is what the file begins with.
  init?(_ file: OpenFile, _ source: ByteSource, head: [UInt8], longestRow: Int) {
    let text = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head[3...] : head[...]
    let start = text.drop { $0 <= 0x20 }.prefix(5)
    guard
      start.starts(with: Array("<?xml".utf8)) || start.starts(with: Array("<log".utf8))
        || start.starts(with: Array("<!--".utf8))
    else { return nil }
    (self.file, self.source, self.longestRow) = (file, source, longestRow)
  }

  func starts(_ options: LoadOptions) -> [Int] { [0] }

  func shape(among paths: [String]) -> ExportShape? {
    ExportShape(
      product: nil, needs: [],
      roles: [.customer: ["case:concept:name"], .time: ["time:timestamp"], .event: ["concept:name"]], prefix: "")
  }

  func scan(
    part: Int, of starts: [Int], _ progress: LoadProgress,
    _ body: (XESReader, _ fault: String?, Span<UInt8>, _ line: Int) throws(Diagnostic) -> Int
  ) throws(Diagnostic) -> Int {
    let reader = try XESReader(longestRow: longestRow)
    var stream = try source.stream()
    var buffer = [UInt8](repeating: 0, count: Self.blockSize)
    var (position, taken, isLast) = (0, 0, false)
    while !isLast {
      if progress.isCancelled { throw .cancelled }
      // As much as waits already: the parser reads a long tag or comment from its start each time. No more than shows that
      // it is too long.
      let room = max(Self.blockSize, min(reader.pending, longestRow - reader.pending + Self.blockSize))
      if room > buffer.count { buffer.append(contentsOf: repeatElement(0, count: room - buffer.count)) }
      var count = 0
      while count < room, !isLast {
        let more = try stream.read(into: &buffer, at: count, room: room - count)
        isLast = more == 0
        count += more
      }
      let known = taken
      var failure: Diagnostic?
      try withoutActuallyEscaping(body) { body throws(Diagnostic) in
        try reader.feed(buffer, count: count, isLast: isLast, file: file.name) {
          guard failure == nil else { return }
          reader.withExcerpt { text in
            do throws(Diagnostic) {
              taken = try body(reader, nil, text, reader.line)
            } catch {
              failure = error
            }
          }
        }
      }
      if let failure { throw failure }
      progress.advance(bytes: stream.position - position, rows: taken - known)
      position = stream.position
    }
    return 0
  }
}
