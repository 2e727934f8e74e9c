import SourceText

/// Takes the records out of a stream, one after another.
struct TextScan<Reader: TextRecordReader> {
  /// Takes a record, and gives how many were taken so far.
  typealias Body = (Reader, _ fault: String?, Span<UInt8>, _ line: Int) throws(Diagnostic) -> Int
  /// Takes records from the start of a range on that need no reader, `line` line breaks behind the start. Where the first
  /// begins that was not taken, the line breaks in front of it, and how many records were taken so far in all.
  typealias Runs = (Span<UInt8>, Range<Int>, _ line: Int) -> (next: Int, lines: Int, taken: Int)

  let records: TextRecords
  let file: String
  let reader: Reader
  /// Line breaks passed so far.
  private(set) var lines = 0
  /// Records taken so far.
  private(set) var taken = 0

  /// Hands on the records that begin in the next `limit` bytes (all if nil), where one ends.
  mutating func each<Stream: ByteStream>(
    of text: consuming TextBlock<Stream>, limit: Int?, _ progress: LoadProgress, _ runs: Runs, _ body: Body
  ) throws(Diagnostic) {
    var (used, position) = (0, text.stream.position)
    while used < limit ?? .max {
      if progress.isCancelled { throw .cancelled }
      let (start, known) = (text.start, taken)
      let rest = limit.map { $0 - used } ?? .max
      let isCut = rest <= text.end - start
      let end = isCut ? start + rest : text.end
      text.start = try take(
        text.bytes.span, start..<end, isLast: isCut || text.isLast, isEnd: text.isLast, runs, body)
      used += text.start - start
      progress.advance(bytes: text.stream.position - position, rows: taken - known)
      position = text.stream.position
      if isCut { break }
      if text.isLast {
        guard text.start < text.end else { break }
        throw Diagnostic(.loadCut, "the file ends inside an object", place: "\(file):\(lines + 1)")
      }
      guard try text.refill() else { throw .rowTooLong(text.end - text.start, at: "\(file):\(lines + 1)") }
    }
  }

  /// Hands on the records of `range`; `isLast` if none goes on behind it, `isEnd` if the file ends there too. Returns
  /// where the first begins that is not whole, or the end of the range.
  private mutating func take(
    _ bytes: Span<UInt8>, _ range: Range<Int>, isLast: Bool, isEnd: Bool, _ runs: Runs, _ body: Body
  ) throws(Diagnostic) -> Int {
    var next = range.lowerBound
    let some = bytes.extracting(first: range.upperBound)
    while next < range.upperBound {
      let run = runs(bytes, next..<range.upperBound, lines)
      if run.next > next {
        (next, taken) = (run.next, run.taken)
        lines += run.lines
        continue
      }
      switch records.next(in: some, from: next, isLast: isLast) {
      case .none(let behind):
        lines += bytes.lineBreaks(next..<behind)
        next = behind
      case .open(let place):
        lines += bytes.lineBreaks(next..<place)
        return place
      case .stray(let place, let behind):
        let line = lines + bytes.lineBreaks(next..<place) + 1
        taken = try body(reader, "no object", bytes.extracting(place..<behind), line)
        lines += bytes.lineBreaks(next..<behind)
        next = behind
      case .found(let record, let behind):
        lines += bytes.lineBreaks(next..<record.lowerBound)
        let fault = reader.read(bytes, record)
        if fault != nil, reader.isFull { throw .tooManyNames("the objects have", "names", at: "\(file):\(lines + 1)") }
        if let fault, isEnd, behind == range.upperBound, records == .lines, record.upperBound == behind {
          throw Diagnostic(.loadCut, "the file ends in the middle of a line: \(fault)", place: "\(file):\(lines + 1)")
        }
        taken = try body(reader, fault, bytes.extracting(record), lines + 1)
        lines += bytes.lineBreaks(record.lowerBound..<behind)
        next = behind
      }
    }
    return next
  }
}

extension DiagnosticCode {
  package static let loadCut = DiagnosticCode(
    "load.cut", "The file ends in the middle of a row or record: it was not copied whole.")
}
