import EventStore
import SourceText

extension EventFormat {
  /// What begins as XML.
  static let xes = EventFormat(
    name: "XES", endings: ["xes", "xml"], isText: true,
    fits: { input in ["<?xml", "<log", "<!--"].contains { input.head.text.starts(with: $0.utf8) } },
    open: XESEvents.init)
}

/// A log in XES (IEEE 1849): its traces are customers, unless told otherwise.
struct XESEvents: RecordSource {
  static let noun = "XES events"
  let input: EventInput

  func shape(among paths: [String]) -> ExportShape? {
    ExportShape(
      product: nil, needs: [],
      roles: [.customer: ["case:concept:name"], .time: ["time:timestamp"], .event: ["concept:name"]], prefix: "")
  }

  func scan(
    part: Int, of starts: [Int], _ progress: LoadProgress,
    _ body: (XESReader, _ fault: String?, Span<UInt8>, _ line: Int) throws(Diagnostic) -> Int
  ) throws(Diagnostic) -> Int {
    let longestRow = input.longestRow
    let reader = try XESReader(longestRow: longestRow)
    var stream = try input.source.stream()
    var buffer = [UInt8](repeating: 0, count: EventInput.blockSize)
    var (position, taken, isLast) = (0, 0, false)
    while !isLast {
      if progress.isCancelled { throw .cancelled }
      // As much as waits already: the parser reads a long tag or comment from its start each time. No more than shows that
      // it is too long.
      let room = max(EventInput.blockSize, min(reader.pending, longestRow - reader.pending + EventInput.blockSize))
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
        try reader.feed(buffer, count: count, isLast: isLast, file: name) {
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
