import SourceText

/// A text of records, which are read one by one: all that a format of lines has to say is what its reader makes of one.
protocol TextRecordSource: RecordSource where Reader: TextRecordReader {
  var records: TextRecords { get }
}

/// Takes records of a text apart, one after another. Owned by one thread.
protocol TextRecordReader: RecordReader {
  init() throws(Diagnostic)
  /// Reads the record in `range` of `bytes`; what is wrong with it if something is.
  func read(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String?
  /// Records had so many names that no new ones are remembered: those that have some are faults.
  var isFull: Bool { get }
}

extension TextRecordReader {
  var isFull: Bool { false }
}

extension TextRecordSource {
  private var textStart: Int { input.head.textStart }

  /// Where parts begin that can be read at once: at the starts of lines, if records are lines.
  func starts(_ options: LoadOptions) -> [Int] {
    guard records == .lines, case .plain(let file) = input.source else { return [textStart] }
    return FileCuts(file: file, start: textStart).starts(options)
  }

  /// Those that are whole in the head: enough to tell the layout of times from, or none are of use.
  func firstRecords(_ options: LoadOptions, _ progress: LoadProgress) throws(Diagnostic) -> RecordSurvey? {
    let (head, reader) = (input.head.first(options.headSize), try Reader())
    var survey = RecordSurvey(zone: options.zone)
    var next = textStart
    while next < head.bytes.count, survey.records < RecordSurvey.mostFirst {
      switch records.next(in: head.bytes.span, from: next, isLast: head.isWhole) {
      case .found(let record, let behind):
        if reader.read(head.bytes.span, record) == nil { survey.add(reader) }
        next = behind
      case .stray(_, let behind), .none(let behind): next = behind
      case .open: next = head.bytes.count
      }
    }
    guard survey.records >= (head.isWhole ? 1 : max(1, min(RecordSurvey.samples, options.headSize / 1_024))) else {
      return nil
    }
    let size = input.source.isCompressed ? 6 * input.source.size : input.source.size
    survey.become(guessOf: size / max(1, next / survey.records))
    return survey
  }

  func scan(
    part: Int, of starts: [Int], _ progress: LoadProgress, _ body: TextScan<Reader>.Body
  ) throws(Diagnostic) -> Int {
    try scan(part: part, of: starts, progress, { _, range, _ in (range.lowerBound, 0, 0) }, body)
  }

  /// The same, `runs` taking what it can.
  func scan(
    part: Int, of starts: [Int], _ progress: LoadProgress, _ runs: TextScan<Reader>.Runs, _ body: TextScan<Reader>.Body
  ) throws(Diagnostic) -> Int {
    var scan = TextScan(records: records, file: name, reader: try Reader())
    if case .plain(let file) = input.source {
      let end = starts.indices.contains(part + 1) ? starts[part + 1] : nil
      let text = TextBlock(
        FileStream(file, from: starts[part]), room: EventInput.blockSize, longestRow: input.longestRow)
      try scan.each(of: text, limit: end.map { $0 - starts[part] }, progress, runs, body)
    } else {
      let stream = ReadAheadStream { [source = input.source] () throws(Diagnostic) in try source.stream() }
      var text = TextBlock(stream, room: EventInput.blockSize, longestRow: input.longestRow)
      while text.end < textStart, !text.isLast { _ = try text.refill() }
      text.start = min(textStart, text.end)
      try scan.each(of: text, limit: nil, progress, runs, body)
    }
    return scan.lines
  }
}
