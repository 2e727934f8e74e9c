import SourceText

/// The first rows of an event file: what its shape is decided on.
struct TableHead {
  /// As much as is looked at; more only if not even the first rows end within it.
  static let size = 256 << 10
  private static let mostRows = 1_000

  let source: ByteSource
  /// The text of the file begins here, behind a byte order mark if there is one.
  let textStart: Int
  let delimiter: UInt8
  /// Cells of the first rows, empty lines left out.
  let rows: [[String]]
  /// Line of the text behind these rows, from 1; nil if there is none in the head.
  private let openLine: Int?
  /// The head is all of the file.
  private let isWhole: Bool

  /// Throws for what is no delimited text.
  static func read(_ source: ByteSource, _ head: FileHead, longestRow: Int) throws(Diagnostic) -> TableHead {
    let first = try TableHead(of: source, head.first(size))
    if first.rows.count >= 2 || first.isWhole { return first }
    return try TableHead(of: source, FileHead(of: source, size: longestRow))
  }

  /// The table whose text this is, if it is one's: its columns have names, and blanks in cells are theirs.
  var table: DuckDBTable? {
    if case .table(let table) = source { table } else { nil }
  }

  /// Cuts the text into rows and cells.
  var scanner: DelimitedScanner { DelimitedScanner(delimiter: delimiter, keepsBlanks: table != nil) }

  private init(of source: ByteSource, _ head: FileHead) throws(Diagnostic) {
    self.source = source
    let bytes = head.bytes
    guard !bytes.isEmpty else { throw Diagnostic(.loadEmpty, "the file is empty", place: source.name) }
    try Self.check(bytes, of: source.name)
    (textStart, isWhole) = (head.textStart, head.isWhole)
    let text = Array(bytes[textStart...])
    var scanners = Self.delimiters.map { DelimitedScanner(delimiter: $0) }
    if case .table = source { scanners = [DelimitedScanner(delimiter: UInt8(ascii: ","), keepsBlanks: true)] }
    let tries = scanners.map { Self.sample(text, $0, isWhole: head.isWhole) }
    var best = 0
    for index in tries.indices where Self.score(tries[index].rows) > Self.score(tries[best].rows) { best = index }
    delimiter = scanners[best].delimiter
    rows = tries[best].rows
    if let first = rows.first, first.count > EventFileLimits.columns {
      throw .tooManyNames("the first row has", "columns", at: "\(source.name):1")
    }
    let rest = text[tries[best].end...]
    openLine = rest.firstIndex { $0 > 0x20 }.map { first in text[..<first].count { $0 == 0x0A } + 1 }
  }

  /// Why there are no more rows than `rows`, of which there are fewer than two.
  func noRows(of file: String, longestRow: Int) -> Diagnostic {
    guard let openLine else {
      let what = rows.isEmpty ? "the file has no rows" : "the file has no rows but its header"
      return Diagnostic(.loadNoRows, what, place: file)
    }
    return isWhole
      ? Diagnostic(.loadOpenQuote, "a quote is never closed", place: "\(file):\(openLine)")
      : .rowTooLong(longestRow, at: "\(file):\(openLine)")
  }

  /// In the order in which they win ties.
  private static let delimiters = [",", ";", "\t", "|"].map { (sign: String) in sign.utf8.first ?? 0 }

  /// The first rows, and where the text behind them begins.
  private static func sample(
    _ text: [UInt8], _ scanner: DelimitedScanner, isWhole: Bool
  ) -> (rows: [[String]], end: Int) {
    var (rows, row, start): ([[String]], DelimitedRow, Int) = ([], DelimitedRow(), 0)
    while start < text.count, rows.count < mostRows {
      guard let next = scanner.scan(text.span, from: start, isLast: isWhole, into: &row) else { break }
      if !row.isBlank {
        rows.append(row.cells.indices.map { index in row.withCell(index, in: text.span) { String($0) } })
      }
      start = next
    }
    return (rows, start)
  }

  /// First the share of rows that are as wide as the first one, then that width. A width of one is no table.
  private static func score(_ rows: [[String]]) -> (Double, Int) {
    guard let first = rows.first, first.count > 1 else { return (0, 0) }
    return (Double(rows.count { $0.count == first.count }) / Double(rows.count), first.count)
  }

  private static let magics: [(bytes: [UInt8], what: String, hint: String?)] = [
    ([0x50, 0x4B, 0x03, 0x04], "a zip archive", "unpack it first"),
    ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel workbook", "save it as CSV"),
    (Array("%PDF".utf8), "a PDF document", nil),
  ]

  private static func check(_ bytes: [UInt8], of name: String) throws(Diagnostic) {
    for magic in magics where bytes.starts(with: magic.bytes) {
      throw Diagnostic(.loadFormat, "the file is \(magic.what), not delimited text", hint: magic.hint, place: name)
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw Diagnostic(
        .loadEncoding, "the file is UTF-16, UTF-8 is due", hint: "iconv -f utf-16 -t utf-8", place: name)
    }
    let nulls = bytes.count { $0 == 0 }
    if nulls > 8, nulls * 20 > bytes.count {
      throw Diagnostic(.loadBinary, "the file is binary, not delimited text", place: name)
    }
  }
}

extension DiagnosticCode {
  package static let loadOpenQuote = DiagnosticCode(
    "load.open-quote", "A quote opens in the line named and never closes.")
}
