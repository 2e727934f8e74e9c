import EventStore
import JourneyTime
import SourceText

extension EventFormat {
  /// What begins with a line of such a log.
  static let accessLog = EventFormat(
    name: "access logs of web servers", endings: ["log"], isText: true, fits: { AccessLogReader.opens(with: $0.head) },
    open: AccessLogEvents.init)
}

/// The access log of a web server, a line for each request, in the Common or the Combined Log Format (Apache httpd,
/// mod_log_config; nginx, ngx_http_log_module):
///
///     127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /a?b=c HTTP/1.0" 200 2326 "https://example.com/" "Mozilla/5.0"
///     host ident user [time] "request" status bytes "referrer" "agent" "forwarded"
///
/// - In front there may be `site:port`, as in logs of several sites. The user is all between ident and time.
/// - A time has its offset behind it, and may have a fraction; without an offset it is read as in other files.
/// - A request is `METHOD path?query protocol`; the protocol may be missing, and what has no method is all path.
/// - What is quoted ends with a quote before a blank or the end of the line. Referrer, agent and forwarded may be missing, from the
///   last on, and what stands behind them is passed over.
/// - `-`, `""` or nothing is a missing value. `\"`, `\\` and `\xHH` are undone, unless what comes out is no text.
///
/// The customer is the user, else the host; the event is the path, else the status: a connection that asked for nothing has
/// no path.
struct AccessLogEvents: TextRecordSource {
  typealias Reader = AccessLogReader

  static let noun = "requests"
  let input: EventInput
  var records: TextRecords { .lines }

  func shape(among paths: [String]) -> ExportShape? {
    ExportShape(
      product: nil, needs: [],
      roles: [.customer: ["user", "host"], .time: ["time"], .event: ["path", "status"]], prefix: "")
  }
}

/// Takes lines of an access log apart. Owned by one thread.
final class AccessLogReader: TextRecordReader {
  /// The columns, in the order of `paths`.
  private enum Column: Int {
    case site, host, ident, user, time, method, path, query, version, status, bytes, referrer, agent, forwarded
  }

  /// A value, its text in `texts`.
  private struct Cell {
    var column: Column
    var number: Double?
    var text: Range<Int>
  }

  let paths = [
    "site", "host", "ident", "user", "time", "method", "path", "query", "protocol", "status", "bytes", "referrer",
    "agent", "forwarded",
  ]
  private var cells: [Cell] = []
  private var texts: [UInt8] = []

  init() {}

  static func opens(with head: FileHead) -> Bool {
    let step = TextRecords.lines.next(in: head.bytes.span, from: head.textStart, isLast: head.isWhole)
    guard case .found(let line, _) = step else { return false }
    return AccessLogReader().read(head.bytes.span, line) == nil
  }

  var count: Int { cells.count }
  func path(of index: Int) -> Int { cells[index].column.rawValue }
  func value(_ index: Int) -> RecordValue { cells[index].number == nil ? .text : .number }
  func number(_ index: Int) -> Double { cells[index].number ?? 0 }
  func withText<Result>(_ index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    let (texts, text) = (texts, cells[index].text)
    return body(texts.span.extracting(text))
  }

  func read(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String? {
    cells.removeAll(keepingCapacity: true)
    texts.removeAll(keepingCapacity: true)
    let line = bytes.extracting(range)
    if let fault = RowFault.encoding(line) { return fault }
    let end = line.count > 0 && line[line.count - 1] == UInt8(ascii: "\r") ? line.count - 1 : line.count
    guard let time = Self.time(in: line) else { return "no time in brackets" }
    guard addNames(line, 0..<time.lowerBound) else { return "no host, ident and user" }
    addTime(line.extracting(time))
    var rest = Cursor(time.upperBound..<end)
    guard let request = rest.quoted(line) else { return "no request in quotes" }
    addRequest(line, request)
    for column in [Column.status, .bytes] {
      let word = rest.word(line)
      if !word.isEmpty, isMissing(line, word) { continue }
      guard !word.isEmpty, let number = line.extracting(word).number, number >= 0 else {
        return "no status and size behind the request"
      }
      cells.append(Cell(column: column, number: number, text: 0..<0))
    }
    for column in [Column.referrer, .agent, .forwarded] where rest.isAtQuote(line) {
      guard let text = rest.quoted(line) else { return "a quote is never closed" }
      add(line, text, as: column)
    }
    return nil
  }
}

extension AccessLogReader {
  /// Takes words and quoted texts off a line, from the front.
  private struct Cursor {
    private(set) var rest: Range<Int>

    init(_ range: Range<Int>) { rest = range }

    private mutating func skipBlanks(_ line: Span<UInt8>) {
      while let first = rest.first, line[first] == UInt8(ascii: " ") { rest.removeFirst() }
    }

    /// Nothing if there is none.
    mutating func word(_ line: Span<UInt8>) -> Range<Int> {
      skipBlanks(line)
      let end = rest.first { line[$0] == UInt8(ascii: " ") } ?? rest.upperBound
      defer { rest = end..<rest.upperBound }
      return rest.lowerBound..<end
    }

    /// What is left behind blanks.
    mutating func remainder(_ line: Span<UInt8>) -> Range<Int> {
      skipBlanks(line)
      return rest
    }

    mutating func isAtQuote(_ line: Span<UInt8>) -> Bool {
      skipBlanks(line)
      return rest.first.map { line[$0] == UInt8(ascii: "\"") } ?? false
    }

    /// What is between quotes; nil if there is no quote, or no end of it.
    mutating func quoted(_ line: Span<UInt8>) -> Range<Int>? {
      guard isAtQuote(line) else { return nil }
      let start = rest.lowerBound + 1
      var end = start
      while end < rest.upperBound {
        let isLast = end + 1 == rest.upperBound || line[end + 1] == UInt8(ascii: " ")
        if line[end] == UInt8(ascii: "\""), isLast { break }
        end += line[end] == UInt8(ascii: "\\") ? 2 : 1
      }
      guard end < rest.upperBound else { return nil }
      rest = end + 1..<rest.upperBound
      return start..<end
    }
  }

  /// `Jan` and so on.
  private static let months = CivilDate.monthNames.map {
    Array(($0.prefix(1).uppercased() + $0.dropFirst().prefix(2)).utf8)
  }

  /// The first `[dd/Mon/yyyy:…]` in a line, with its brackets.
  private static func time(in line: Span<UInt8>) -> Range<Int>? {
    for start in line.indices.dropLast(14) where line[start] == UInt8(ascii: "[") {
      let signs = [(3, "/"), (7, "/"), (12, ":")] as [(Int, Unicode.Scalar)]
      guard signs.allSatisfy({ line[start + $0.0] == UInt8(ascii: $0.1) }) else { continue }
      let end = (start + 13..<min(line.count, start + 48)).first { line[$0] == UInt8(ascii: "]") }
      if let end { return start..<end + 1 }
    }
    return nil
  }

  /// Year first, as other times are read; as it stands if there is no such month.
  private func addTime(_ text: Span<UInt8>) {
    let start = texts.count
    if let month = Self.months.firstIndex(where: { name in (0..<3).allSatisfy { name[$0] == text[4 + $0] } }) {
      let (tens, ones) = UInt8(month + 1).quotientAndRemainder(dividingBy: 10)
      texts.append(copying: text.extracting(8..<12))
      texts += [UInt8(ascii: "-"), 48 + tens, 48 + ones, UInt8(ascii: "-"), text[1], text[2], UInt8(ascii: "T")]
      let blank = (13..<text.count - 1).first { text[$0] == UInt8(ascii: " ") } ?? text.count - 1
      texts.append(copying: text.extracting(13..<blank))
      texts.append(copying: text.extracting(min(blank + 1, text.count - 1)..<text.count - 1))
    } else {
      texts.append(copying: text.extracting(1..<text.count - 1))
    }
    cells.append(Cell(column: .time, text: start..<texts.count))
  }

  /// What stands in front of the time; false if that is less than host, ident and user.
  private func addNames(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var rest = Cursor(range)
    var (first, second) = (rest.word(line), rest.word(line))
    var user = rest.remainder(line)
    var behind = rest
    let third = behind.word(line)
    let last = behind.remainder(line)
    if isSite(line, first), !last.isEmpty {
      add(line, first, as: .site)
      (first, second, user) = (second, third, last)
    }
    while let end = user.last, line[end] == UInt8(ascii: " ") { user.removeLast() }
    add(line, first, as: .host)
    add(line, second, as: .ident)
    add(line, user, as: .user)
    return !user.isEmpty
  }

  /// `name:port`; addresses of IPv6 have several colons.
  private func isSite(_ line: Span<UInt8>, _ word: Range<Int>) -> Bool {
    guard let colon = word.first(where: { line[$0] == UInt8(ascii: ":") }) else { return false }
    let port = colon + 1..<word.upperBound
    return colon > word.lowerBound && !port.isEmpty && port.allSatisfy { line[$0] &- 48 < 10 }
  }

  private func addRequest(_ line: Span<UInt8>, _ request: Range<Int>) {
    var rest = Cursor(request)
    let method = rest.word(line)
    var target = rest.remainder(line)
    guard !target.isEmpty, method.allSatisfy({ line[$0] &- UInt8(ascii: "A") < 26 }) else {
      return add(line, request, as: .path)
    }
    add(line, method, as: .method)
    var version = target.upperBound..<target.upperBound
    if let blank = target.last(where: { line[$0] == UInt8(ascii: " ") }) {
      let last = blank + 1..<target.upperBound
      if last.count > 5, zip("HTTP/".utf8, last).allSatisfy({ $0 == line[$1] }) {
        (target, version) = (target.lowerBound..<blank, last)
      }
    }
    let mark = target.first { line[$0] == UInt8(ascii: "?") } ?? target.upperBound
    add(line, target.lowerBound..<mark, as: .path)
    add(line, min(mark + 1, target.upperBound)..<target.upperBound, as: .query)
    add(line, version, as: .version)
  }

  private func isMissing(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count == 1 || range.count == 2 else { return range.isEmpty }
    let sign = UInt8(ascii: range.count == 1 ? "-" : "\"")
    return range.allSatisfy { line[$0] == sign }
  }

  private func add(_ line: Span<UInt8>, _ range: Range<Int>, as column: Column) {
    if isMissing(line, range) { return }
    let start = texts.count
    if let plain = Self.unescaped(line, range) { texts += plain } else { texts.append(copying: line.extracting(range)) }
    cells.append(Cell(column: column, text: start..<texts.count))
  }

  /// What a text with escapes stands for; nil if there are none, or what comes out is not UTF-8 or has controls.
  private static func unescaped(_ line: Span<UInt8>, _ range: Range<Int>) -> [UInt8]? {
    guard range.contains(where: { line[$0] == UInt8(ascii: "\\") }) else { return nil }
    var text: [UInt8] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let (byte, length) = character(line, index, range.upperBound)
      text.append(byte)
      index += length
    }
    let isText = String(validating: text, as: UTF8.self) != nil && text.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    return isText ? text : nil
  }

  /// The byte at `index`, or the one that an escape there stands for, and how many it takes.
  private static func character(_ line: Span<UInt8>, _ index: Int, _ end: Int) -> (byte: UInt8, length: Int) {
    guard line[index] == UInt8(ascii: "\\"), index + 1 < end else { return (line[index], 1) }
    switch line[index + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return (line[index + 1], 2)
    case UInt8(ascii: "x") where index + 3 < end:
      let digits = [line[index + 2], line[index + 3]].map { Character(Unicode.Scalar($0)).hexDigitValue }
      guard let high = digits[0], let low = digits[1] else { return (line[index], 1) }
      return (UInt8(high << 4 | low), 4)
    default: return (line[index], 1)
    }
  }
}
