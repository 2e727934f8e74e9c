import SourceText

/// The bad rows of a part of a file: how many there are, and the first of them.
struct BadRows: Sendable {
  static let kept = 5

  private(set) var count = 0
  private(set) var first: [BadRow] = []

  /// Adds some, in any order, that stand behind all known ones.
  mutating func add(_ count: Int, first some: [BadRow]) {
    self.count += count
    first += some.sorted { $0.line < $1.line }.prefix(Self.kept - first.count)
  }

  /// Adds the row with this text that begins in `line`, behind all known ones.
  mutating func add(_ reason: String, _ text: Span<UInt8>, line: Int) {
    let isShown = first.count < Self.kept
    add(1, first: isShown ? [BadRow(line: line, reason: reason, excerpt: RowFault.excerpt(of: text, 60))] : [])
  }

  /// Adds those of a part of the file that begins `lines` lines further down.
  mutating func absorb(_ later: BadRows, lines: Int) {
    add(
      later.count,
      first: later.first.map { BadRow(line: $0.line + lines, reason: $0.reason, excerpt: $0.excerpt) })
  }
}

extension BadRows {
  /// Throws if there are more bad rows beside so many good ones than the options allow, or none at all are good.
  func check(against events: Int, _ options: LoadOptions, file: String) throws(Diagnostic) {
    guard events + count > 0 else {
      throw Diagnostic(.loadNoRows, "the file has no rows but its header", place: file)
    }
    guard events < Int(UInt32.max) else {
      throw Diagnostic(.loadTooMany, "one load takes at most 4,294,967,294 events", place: file)
    }
    let rows = events + count
    guard Double(count) > options.maxBadShare * Double(rows) || events == 0, let first = first.first else { return }
    throw Diagnostic(
      .loadBadRows,
      "bad rows: \(count) of \(rows), more than \(Self.percent(options.maxBadShare)); the first: \(first.reason)",
      hint: first.reason == RowFault.notUTF8 ? "iconv -f windows-1252 -t utf-8" : nil, place: "\(file):\(first.line)")
  }

  private static func percent(_ share: Double) -> String {
    let percent = (share * 10_000).rounded() / 100
    return percent == percent.rounded() ? "\(Int(percent))%" : "\(percent)%"
  }
}

/// A row that could not be read.
package struct BadRow: Sendable, Hashable {
  /// Where it begins, from 1, as a text editor counts.
  package var line: Int
  /// Lower case, no full stop: `'abc' is no time`.
  package var reason: String
  /// The start of the row's text, on one line.
  package var excerpt: String
}

extension DiagnosticCode {
  package static let loadNoRows = DiagnosticCode(
    "load.no-rows", "The file has at most a header.")
  package static let loadBadRows = DiagnosticCode(
    "load.bad-rows", "More rows are bad than .max-bad allows, 1% unless changed. The message has the first of them.")
  package static let loadTooMany = DiagnosticCode(
    "load.too-many", "One load takes at most 4,294,967,294 events.")
}
