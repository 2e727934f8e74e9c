import EventStore
import SourceText

extension EventFormat {
  static let json = EventFormat(
    name: "JSON lines or one JSON array", endings: ["json", "jsonl", "ndjson"], isText: true,
    fits: { input in input.head.text.first.map { "{[".utf8.contains($0) } ?? false }, open: JSONEvents.init)
}

/// A file of JSON documents, each an event: JSON lines, or one array.
struct JSONEvents: TextRecordSource {
  typealias Reader = JSONReader
  static let noun = "JSON objects"
  let input: EventInput
  let records: TextRecords

  init(_ input: EventInput) {
    self.input = input
    records = TextRecords(
      ofJSON: input.head.bytes.span.extracting(droppingFirst: input.head.textStart), input.head.isWhole)
  }

  func shape(among paths: [String]) -> ExportShape? { ExportShape.recognised(among: paths) }

  func parse(
    part: Int, of starts: [Int], _ progress: LoadProgress, into parser: inout RecordEventParser
  ) throws(Diagnostic) -> Int {
    let plain = parser.plainObjects(areLines: records == .lines)
    return try scan(part: part, of: starts, progress) { bytes, range, line in
      guard let plain else { return (range.lowerBound, 0, 0) }
      let (next, lines) = plain.run(bytes, range) { parser.add(&$0, in: $1, line: line) }
      return (next, lines, parser.parsed.builder.eventCount)
    } _: { reader, fault, text, line throws(Diagnostic) in
      try parser.take(reader, fault, text, line: line)
    }
  }
}

extension TextRecords {
  /// What a file is that begins with `head`.
  init(ofJSON head: Span<UInt8>, _ isWhole: Bool) {
    self = .objects
    var start = 0
    while start < head.count, head[start] <= 0x20 { start += 1 }
    guard start < head.count, head[start] == UInt8(ascii: "{") else { return }
    // A first line that holds an object, or is longer than the head, tells lines.
    guard case .found(let object, _) = Self.objects.next(in: head, from: start, isLast: isWhole) else {
      self = .lines
      return
    }
    if !(object.lowerBound..<object.upperBound).contains(where: { head[$0] == 0x0A }) { self = .lines }
  }
}
