import EventStore
import SourceText
import TestSupport
import Testing

@testable import Interchange

@Suite struct XESTests {
  /// Nothing that a log holds fills the memory.
  @Test(arguments: [
    // An attribute, a comment in front, many attributes of one event, of traces without events.
    ("<log><trace><event><string key=\"x\" value=\"", "x", DiagnosticCode.loadRowTooLong),
    ("<?xml version=\"1.0\"?><!--", "x", DiagnosticCode.loadRowTooLong),
    ("<log><trace><event>", "<string key=\"x\" value=\"y\"/>", DiagnosticCode.loadRowTooLong),
    ("<log><trace>", "<string key=\"x\" value=\"y\"/>", DiagnosticCode.loadRowTooLong),
    ("<log>", "<a>", .loadXml),
    ("<log><trace>", "<list key=\"x\">", .loadXml),
    ("<log><trace><string key=\"", "x", .loadNameTooLong),
  ])
  func withoutEnd(head: String, piece: String, code: DiagnosticCode) throws {
    let text = head + String(repeating: piece, count: 1_500_000 / piece.utf8.count)
    let ending = code == .loadNameTooLong ? "\" value=\"y\"/></trace></log>" : ""
    let error = try withFile(Array((text + ending).utf8)) { path in
      try #require(throws: Diagnostic.self) {
        try EventFile(path: path, longestRow: code == .loadNameTooLong ? 2 << 20 : 1 << 20).load()
      }
    }
    #expect(error.code == code)
  }

  @Test func moreNamesThanColumns() throws {
    let traces = (0...EventFileLimits.columns).map { "<trace><string key=\"k\($0)\" value=\"v\"/></trace>" }
    #expect(try failure("<log>" + traces.joined() + "</log>").code == .loadTooManyNames)
  }

  /// Entities make much of little: `&a;` of ten `&b;`, each of ten `&c;` …
  @Test func documentTypes() throws {
    let log = "<log><trace><event><string key=\"concept:name\" value=\"&a;\"/></event></trace></log>"
    let error = try failure("<?xml version=\"1.0\"?>\n<!DOCTYPE log [<!ENTITY a \"e\">]>\n" + log)
    #expect(
      error.line == "events.csv:2: the XML cannot be read: it declares a document type of its own [load.xml]")
  }

  private static let log = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!-- made by hand -->
    <log xes.version="1.0" xmlns="http://www.xes-standard.org/">
      <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
      <global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
      <classifier name="Activity" keys="concept:name"/>
      <string key="concept:name" value="the log"/>
      <trace>
        <string key="concept:name" value="c&amp;1"/>
        <int key="amount" value="120"/>
        <event>
          <string key="concept:name" value="register"/>
          <date key="time:timestamp" value="2025-01-06T10:00:00.250+01:00"/>
          <string key="lifecycle:transition" value="complete"/>
          <float key="cost" value="0.5"><string key="currency" value="NOK"/></float>
          <boolean key="paid" value="false"/>
          <string key="code" value="007"/>
          <date key="due" value="2025-02-01T00:00:00Z"/>
        </event>
        <event>
          <date key="time:timestamp" value="2025-01-06T11:00:00.000+01:00"/>
          <string key="concept:name" value="decide"/>
        </event>
        <event><string key="concept:name" value="lost"/></event>
      </trace>
      <trace>
        <string key="concept:name" value="2"/>
        <event><string key="concept:name" value="register"/><date key="time:timestamp" value="2025-01-07T10:00:00Z"/></event>
      </trace>
    </log>

    """

  private static let read = [
    "2 2025-01-07T10:00:00Z register",
    "c&1 2025-01-06T09:00:00.25Z register case:amount=120 lifecycle:transition=complete cost=0.5 cost.currency=NOK paid=false code=007 due=2025-02-01T00:00:00Z",
    "c&1 2025-01-06T10:00:00Z decide case:amount=120",
  ]

  @Test func attributes() throws {
    let result = try loaded(Self.log)
    #expect(result.store.lines == Self.read)
    #expect(
      result.summary.roles.map { "\($0.role.rawValue) \($0.column)" } == [
        "customer case:concept:name", "time time:timestamp", "event concept:name",
      ])
    #expect(
      result.store.schema.properties.map { "\($0.name) \($0.kind.rawValue)" } == [
        "case:amount number", "lifecycle:transition text", "cost number", "cost.currency text", "paid truth",
        "code text", "due time",
      ])
    #expect(result.summary.firstBadRows == [BadRow(line: 24, reason: "no time", excerpt: "lost,")])
  }

  @Test func rolesByName() throws {
    let options = LoadOptions(roles: [.event: .name("lifecycle:transition")], maxBadShare: 1)
    #expect(try loaded(Self.log, options).store.lines.first?.hasPrefix("c&1 2025-01-06T09:00:00.25Z complete") == true)
  }

  @Test(arguments: Packing.allCases) func packed(packing: Packing) throws {
    let bytes = try packing.pack(Array(Self.log.utf8))
    let result = try withFile(bytes, name: "log.xes.gz") { try EventFile(path: $0).load(LoadOptions(maxBadShare: 1)) }
    #expect(result.store.lines == Self.read)
  }

  @Test func faults() throws {
    #expect(try failure(Self.log).code == .loadBadRows)
    #expect(
      try failure("<?xml version=\"1.0\"?>\n<html><body/></html>").line
        == "events.csv: the file is XML, but no XES log: its outermost element is 'html' [load.format]")
    #expect(try failure(String(Self.log.prefix(1_200))).code == .loadCut)
    #expect(
      try failure(Self.log.replacing("</trace>", with: "</tracing>")).line
        == "events.csv:25: the XML cannot be read: mismatched tag [load.xml]")
    #expect(try failure("<log></log>").line == "events.csv: the file has no XES events [load.no-rows]")
  }

  /// Large enough for names and values to be cut by the ends of what is read at once.
  @Test func large() throws {
    var text = "<log>"
    for trace in 0..<400 {
      text += "<trace><string key='concept:name' value='case \(trace)'/>"
      for event in 0..<10 {
        text += "<event><string key='concept:name' value='step \(event % 4)'/>"
        text +=
          "<date key='time:timestamp' value='2025-01-06T10:00:0\(event).000Z'/><int key='n' value='\(event)'/></event>\n"
      }
      text += "</trace>"
    }
    let store = try loaded(text + "</log>").store
    #expect(store.customerCount == 400)
    #expect(store.eventCount == 4_000)
    #expect(store.lines.first == "case 0 2025-01-06T10:00:00Z step 0 n=0")
  }

  /// Whatever the bytes are, a load ends with a store or a diagnostic.
  @Test(arguments: 0..<300) func noBytesTrap(seed: UInt64) throws {
    var random = SeededRandom(seed: seed &* 7_901)
    var bytes = Array(Self.log.utf8)
    let signs = Array("<>/\"'&; =!?ac\n\u{0}".utf8) + [0x80, 0xC3, 0xFF]
    random.damage(&bytes, 12, with: signs, keeping: 5, cutting: 60, atLeast: 10)
    if seed % 10 == 0 { bytes = Array("<?xml".utf8) + (0..<500).map { _ in UInt8.random(in: 0...255, using: &random) } }
    #expect(try outcome(of: bytes) == outcome(of: bytes))
  }
}
