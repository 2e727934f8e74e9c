import CExpat
import EventStore
import Foundation
import SourceText

/// Takes the events out of an XES log (IEEE 1849) while its text comes in piece by piece. Owned by one thread.
///
/// A record is an event: the attributes of its trace, with `case:` in front of their names, then its own. Attributes within
/// attributes have the names of both, with a dot between them. What stands in the log but in no trace is passed over.
@safe final class XESReader: RecordReader {
  /// What an element around the current place is.
  private enum Place {
    case log, trace, event
    /// An attribute, and how long the name in front of it was.
    case attribute(outer: Int)
    case other
  }

  /// An attribute, its text in `texts`.
  private struct Cell {
    var path: Int
    var value: RecordValue
    var number: Double
    var text: Range<Int>
  }

  private(set) var paths: [String] = []
  private var pathOf: [String: Int] = [:]
  private var places: [Place] = []
  /// Names of the attributes around the current place, with dots between them.
  private var name = ""
  /// Attributes of the trace, then of the event.
  private var cells: [Cell] = []
  private var texts: [UInt8] = []
  private var traceCells = 0
  private var traceTexts = 0
  /// Line on which the event began, from 1.
  private(set) var line = 1
  /// Told that an event is whole.
  private var take: () -> Void = {}
  /// Why no more is read, unless the parser knows.
  private var refusal: Refusal?
  private let longestRow: Int
  /// Bytes given to the parser so far.
  private var fed = 0
  private let parser: OpaquePointer

  /// - Parameter longestRow: bytes that an event and its trace may have together, and a tag or a comment.
  init(longestRow: Int) throws(Diagnostic) {
    self.longestRow = longestRow
    guard let parser = unsafe XML_ParserCreate(nil) else {
      throw Diagnostic(.fileUnreadable, "no memory to read XML")
    }
    unsafe self.parser = unsafe parser
    // SAFETY: the parser calls back within `XML_Parse` only, which `feed` alone calls, on this object.
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    unsafe XML_SetElementHandler(
      parser,
      { reader, name, attributes in
        guard let reader = unsafe reader, let name = unsafe name else { return }
        unsafe Unmanaged<XESReader>.fromOpaque(reader).takeUnretainedValue().begin(name, attributes)
      },
      { reader, _ in
        guard let reader = unsafe reader else { return }
        unsafe Unmanaged<XESReader>.fromOpaque(reader).takeUnretainedValue().end()
      })
    unsafe XML_SetStartDoctypeDeclHandler(parser) { reader, _, _, _, hasOwn in
      guard let reader = unsafe reader, hasOwn != 0 else { return }
      unsafe Unmanaged<XESReader>.fromOpaque(reader).takeUnretainedValue().refuse(.declarations)
    }
  }

  deinit { unsafe XML_ParserFree(parser) }

  /// Bytes given to the parser from the beginning of the tag, the comment or the text on that it is in.
  var pending: Int {
    let begun = Int(unsafe XML_GetCurrentByteIndex(parser))
    return begun < 0 ? 0 : fed - begun
  }

  /// Reads on; `take` is called for each event that becomes whole. `file` is for errors.
  func feed(_ bytes: [UInt8], count: Int, isLast: Bool, file: String, _ take: @escaping () -> Void) throws(Diagnostic) {
    self.take = take
    defer { self.take = {} }
    let status = unsafe bytes.withUnsafeBytes { buffer in
      // SAFETY: count is at most the buffer's, by the caller and the minimum.
      unsafe XML_Parse(
        parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(min(count, buffer.count)), isLast ? 1 : 0
      )
    }
    fed += count
    if refusal == nil, pending > longestRow { refusal = .row }
    if refusal == nil, status == XML_STATUS_OK { return }
    let place = unsafe "\(file):\(XML_GetCurrentLineNumber(parser))"
    if let refusal { throw refusal.diagnostic(at: place, file, longestRow) }
    let code = unsafe XML_GetErrorCode(parser)
    if isLast, [XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_PARTIAL_CHAR].contains(code) || count == 0 {
      throw Diagnostic(.loadCut, "the XML ends early", place: place)
    }
    // SAFETY: the library's text is a constant that ends in 0.
    let reason = unsafe XML_ErrorString(code).map { unsafe String(cString: $0) } ?? "damaged"
    throw Diagnostic(.loadXml, "the XML cannot be read: \(reason)", place: place)
  }

  // MARK: The event read last

  var count: Int { cells.count }
  func path(of index: Int) -> Int { cells[index].path }
  func value(_ index: Int) -> RecordValue { cells[index].value }
  func number(_ index: Int) -> Double { cells[index].number }
  func withText<Result>(_ index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    let (texts, text) = (texts, cells[index].text)
    return body(texts.span.extracting(text))
  }

  /// Hands on the values of the event's own attributes, with commas between them.
  func withExcerpt<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    let texts = texts
    let own = traceTexts..<texts.count
    return body(texts.span.extracting(own))
  }
}

extension XESReader {
  private typealias Attributes = UnsafeMutablePointer<UnsafePointer<XML_Char>?>

  @unsafe private func begin(_ name: UnsafePointer<XML_Char>, _ attributes: Attributes?) {
    // SAFETY: names and values are texts that end in 0, and so does the list of them; all live through this call.
    guard refusal == nil else { return }
    guard places.count < EventFileLimits.depth else { return refuse(.depth) }
    let element = unsafe String(cString: name)
    let local = element.split(separator: ":").last.map(String.init) ?? element
    switch (places.last, local) {
    case (nil, "log"): places.append(.log)
    case (nil, _):
      refuse(.root(element))
    case (.log, "trace"):
      removeCells(to: 0, texts: 0)
      places.append(.trace)
    case (.trace, "event"):
      (traceCells, traceTexts) = (cells.count, texts.count)
      line = unsafe Int(XML_GetCurrentLineNumber(parser))
      places.append(.event)
    case (.trace, _), (.event, _), (.attribute, _):
      guard let key = unsafe value(of: "key", in: attributes), places.count < 64 else { return places.append(.other) }
      let isInTrace = !places.contains { if case .event = $0 { true } else { false } }
      places.append(.attribute(outer: self.name.utf8.count))
      self.name += self.name.isEmpty ? (isInTrace ? "case:" : "") + key : "." + key
      guard self.name.utf8.count <= EventFileLimits.name else { return refuse(.name(self.name)) }
      if let value = unsafe value(of: "value", in: attributes) { add(value, as: local) }
    default: places.append(.other)
    }
  }

  private func end() {
    guard refusal == nil else { return }
    switch places.popLast() {
    case .attribute(let outer): name = String(decoding: name.utf8.prefix(outer), as: UTF8.self)
    case .event:
      take()
      removeCells(to: traceCells, texts: traceTexts)
    case .trace:
      removeCells(to: 0, texts: 0)
      (traceCells, traceTexts) = (0, 0)
    default: break
    }
  }

  private func refuse(_ refusal: Refusal) {
    self.refusal = self.refusal ?? refusal
    _ = unsafe XML_StopParser(parser, 0)
  }

  private func removeCells(to count: Int, texts size: Int) {
    cells.removeLast(max(0, cells.count - count))
    texts.removeLast(max(0, texts.count - size))
  }

  private func add(_ text: String, as type: String) {
    let start = texts.count
    texts.append(contentsOf: text.utf8)
    var cell = Cell(path: path(name), value: text.isEmpty ? .missing : .text, number: 0, text: start..<texts.count)
    switch type {
    case "int", "float":
      if !text.isEmpty, let number = Array(text.utf8).span.number { (cell.value, cell.number) = (.number, number) }
    case "boolean":
      // As XML Schema has it.
      if ["true", "1"].contains(text) { (cell.value, cell.number) = (.truth, 1) }
      if ["false", "0"].contains(text) { (cell.value, cell.number) = (.truth, 0) }
    default: break
    }
    cells.append(cell)
    // Many empty attributes fill the memory as a long one does.
    if texts.count + cells.count * MemoryLayout<Cell>.stride > longestRow { refuse(.row) }
    texts += [UInt8(ascii: ","), UInt8(ascii: " ")]
  }

  private func path(_ name: String) -> Int {
    if let known = pathOf[name] { return known }
    // Those of traces without events are in no survey.
    if paths.count == EventFileLimits.columns { refuse(.names) }
    pathOf[name] = paths.count
    paths.append(name)
    return paths.count - 1
  }

  @unsafe private func value(of key: String, in attributes: Attributes?) -> String? {
    guard var place = unsafe attributes else { return nil }
    // SAFETY: names and values alternate up to a null.
    while let name = unsafe place[0], let value = unsafe place[1] {
      if unsafe strcmp(name, key) == 0 { return unsafe String(cString: value) }
      unsafe place += 2
    }
    return nil
  }
}

extension XESReader {
  /// Why a log is read no further.
  private enum Refusal {
    /// The outermost element is another one.
    case root(String)
    /// A document type with declarations of its own: logs have none, and entities are a way to make much of little.
    case declarations
    case depth, row, names
    case name(String)

    func diagnostic(at place: String, _ file: String, _ longestRow: Int) -> Diagnostic {
      switch self {
      case .root(let name):
        Diagnostic(
          .loadFormat, "the file is XML, but no XES log: its outermost element is '\(name.prefix(60))'", place: file)
      case .declarations:
        Diagnostic(.loadXml, "the XML cannot be read: it declares a document type of its own", place: place)
      case .depth:
        Diagnostic(
          .loadXml, "the XML cannot be read: elements are nested more than \(EventFileLimits.depth) deep",
          place: place)
      case .row: .rowTooLong(longestRow, at: place)
      case .names: .tooManyNames("the XES events have", at: place)
      case .name(let name): .nameTooLong(name, at: place)
      }
    }
  }
}

extension DiagnosticCode {
  package static let loadFormat = DiagnosticCode(
    "load.format", "The file is of no format that is read: an archive, a document. Export it as CSV first.")
  package static let loadXml = DiagnosticCode(
    "load.xml", "The XML cannot be read at the line named.")
}
