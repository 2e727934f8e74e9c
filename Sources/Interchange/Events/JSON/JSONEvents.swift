import EventStore
import JourneyTime
import SourceText

/// A file of JSON documents, each an event: JSON lines, or one array.
struct JSONEvents: RecordSource {
  static let noun = "JSON objects"
  let file: OpenFile
  let source: ByteSource
  private let documents: JSONDocuments
  private let textStart: Int
  private let longestRow: Int

  /// Nil for what does not begin as JSON. `head` is what the file begins with.
  init?(_ file: OpenFile, _ source: ByteSource, head: [UInt8], isWhole: Bool, longestRow: Int) {
    textStart = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let first = head[textStart...].first(where: { $0 > 0x20 }),
      first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    else { return nil }
    (self.file, self.source, self.longestRow) = (file, source, longestRow)
    documents = JSONDocuments(head: head.span.extracting(droppingFirst: textStart), isWhole: isWhole)
  }

  /// Where parts begin that can be read at once: at the starts of lines, if documents are lines.
  func starts(_ options: LoadOptions) -> [Int] {
    guard documents == .lines, !source.isCompressed else { return [textStart] }
    let threads = options.threads ?? FileCuts.coreCount
    let count = min(threads > 1 ? 4 * threads : 1, (file.size - textStart) / max(1, options.leastSegment))
    var starts = [textStart]
    for part in 1..<max(1, count) {
      let near = textStart + (file.size - textStart) / count * part
      guard let start = lineStart(behind: near), start > starts[starts.count - 1], start < file.size else { continue }
      starts.append(start)
    }
    return starts
  }

  func shape(among paths: [String]) -> ExportShape? { ExportShape.recognised(among: paths) }

  private func lineStart(behind place: Int) -> Int? {
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    var position = place
    while let count = try? file.read(into: &bytes, at: 0, room: bytes.count, position: position), count > 0 {
      if let lineBreak = bytes.span.extracting(first: count).firstLineBreak(from: 0) { return position + lineBreak + 1 }
      position += count
    }
    return nil
  }

  /// Those that are whole in the head: enough to tell the layout of times from, or none are of use.
  func firstRecords(_ options: LoadOptions, _ progress: LoadProgress) throws(Diagnostic) -> RecordSurvey? {
    let head = try source.bytes(options.headSize)
    let (reader, isWhole) = (try JSONReader(), head.count < options.headSize)
    var survey = RecordSurvey(zone: options.zone)
    var next = textStart
    while next < head.count, survey.records < RecordSurvey.mostFirst {
      switch documents.next(in: head.span, from: next, isLast: isWhole) {
      case .found(let document, let behind):
        if reader.read(head.span, document) == nil { survey.add(reader) }
        next = behind
      case .stray(_, let behind), .none(let behind): next = behind
      case .open: next = head.count
      }
    }
    guard survey.records >= (isWhole ? 1 : max(1, min(RecordSurvey.samples, options.headSize / 1_024))) else {
      return nil
    }
    let length = max(1, next / survey.records)
    survey.become(guessOf: (source.isCompressed ? 6 * file.size : file.size) / length)
    return survey
  }

  func parse(
    part: Int, of starts: [Int], _ progress: LoadProgress, into parser: inout RecordEventParser
  ) throws(Diagnostic) -> Int {
    let plain = parser.plainObjects(areLines: documents == .lines)
    return try scan(part: part, of: starts, progress) { bytes, range, line in
      guard let plain else { return .none(at: range.lowerBound) }
      let (next, lines) = plain.run(bytes, range) { parser.add(&$0, in: $1, line: line + 1) }
      return JSONScan.Run(next: next, lines: lines, taken: parser.builder.eventCount)
    } _: { reader, fault, text, line throws(Diagnostic) in
      if let fault {
        parser.note(fault, text, line: line)
      } else {
        parser.add(reader, text, line: line)
      }
      if parser.surprise?.hasCome == true { throw .cancelled }
      return parser.builder.eventCount
    }
  }

  func scan(
    part: Int, of starts: [Int], _ progress: LoadProgress, _ body: JSONScan.Body
  ) throws(Diagnostic) -> Int {
    try scan(part: part, of: starts, progress, { _, range, _ in .none(at: range.lowerBound) }, body)
  }

  private func scan(
    part: Int, of starts: [Int], _ progress: LoadProgress, _ runs: JSONScan.Runs, _ body: JSONScan.Body
  ) throws(Diagnostic) -> Int {
    var scan = JSONScan(documents: documents, file: file.name, reader: try JSONReader())
    if case .plain(let file) = source {
      let end = starts.indices.contains(part + 1) ? starts[part + 1] : nil
      let stream = TextBlock(FileStream(file, from: starts[part]), room: JSONScan.blockSize, longestRow: longestRow)
      try scan.each(of: stream, limit: end.map { $0 - starts[part] }, progress, runs, body)
    } else {
      let stream = ReadAheadStream { [source] () throws(Diagnostic) in try source.stream() }
      try scan.each(of: stream, skipping: textStart, longestRow, progress, runs, body)
    }
    return scan.lines
  }
}

/// Takes the documents out of a stream, one after another.
struct JSONScan {
  typealias Body = (JSONReader, _ fault: String?, Span<UInt8>, _ line: Int) throws(Diagnostic) -> Int

  /// What was taken at once: where the first document begins that was not, the lines in front of it, and how many
  /// documents were taken so far in all.
  struct Run {
    var next: Int
    var lines: Int
    var taken: Int

    static func none(at place: Int) -> Run { Run(next: place, lines: 0, taken: 0) }
  }
  /// Takes documents from the start of a range on that need no reader, `line` line breaks behind the start.
  typealias Runs = (Span<UInt8>, Range<Int>, _ line: Int) -> Run

  /// Bytes of text that are read at once.
  static let blockSize = 256 << 10

  let documents: JSONDocuments
  let file: String
  let reader: JSONReader
  /// Line breaks passed so far.
  private(set) var lines = 0
  /// Documents taken so far.
  private var taken = 0

  init(documents: JSONDocuments, file: String, reader: JSONReader) {
    (self.documents, self.file, self.reader) = (documents, file, reader)
  }

  /// The same behind the first bytes of a stream.
  mutating func each(
    of stream: some ByteStream, skipping skipped: Int, _ longestRow: Int, _ progress: LoadProgress, _ runs: Runs,
    _ body: Body
  ) throws(Diagnostic) {
    var text = TextBlock(stream, room: Self.blockSize, longestRow: longestRow)
    while text.end < skipped, !text.isLast { _ = try text.refill() }
    text.start = min(skipped, text.end)
    try each(of: text, limit: nil, progress, runs, body)
  }

  /// Hands on the documents that begin in the next `limit` bytes (all if nil), where one ends.
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
      guard try text.refill() else { throw .rowTooLong(longestRow(text), at: "\(file):\(lines + 1)") }
    }
  }

  private func longestRow(_ text: borrowing TextBlock<some ByteStream>) -> Int { text.end - text.start }

  /// Hands on the documents of `range`; `isLast` if none goes on behind it, `isEnd` if the file ends there too. Returns
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
      switch documents.next(in: some, from: next, isLast: isLast) {
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
      case .found(let document, let behind):
        lines += bytes.lineBreaks(next..<document.lowerBound)
        let fault = reader.read(bytes, document)
        if fault != nil, reader.isFull { throw .tooManyNames("the objects have", "names", at: "\(file):\(lines + 1)") }
        if let fault, isEnd, behind == range.upperBound, documents == .lines, document.upperBound == behind {
          throw Diagnostic(.loadCut, "the file ends in the middle of a line: \(fault)", place: "\(file):\(lines + 1)")
        }
        taken = try body(reader, fault, bytes.extracting(document), lines + 1)
        lines += bytes.lineBreaks(document.lowerBound..<behind)
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
