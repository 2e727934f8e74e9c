import EventStore
import JourneyTime
import SourceText
import TestSupport
import Testing

@testable import Interchange

@Suite struct JSONEventTests {
  private static let lines = """
    {"user":"u1","time":"2025-01-06T10:00:00Z","event":"visit","page":{"path":"/","size":{"w":2,"h":1.5}},"vip":true}

    {"user":7,"time":"2025-01-06T10:00:01.5+01:00","event":"say \\"hi\\"","tags":["a", {"b" : 1}],"since":"2024-12-01","vip":null}
    {"event":"cart","user":"u1","note":"","time":"2025-01-06T10:05:00Z","page":{"path":"/c\\u00e9"},"since":"2025-01-01","code":"12"}

    """

  private static let read = [
    "7 2025-01-06T09:00:01.5Z say \"hi\" tags=[\"a\",{\"b\":1}] since=2024-12-01T00:00:00Z",
    "u1 2025-01-06T10:00:00Z visit page.path=/ page.size.w=2 page.size.h=1.5 vip=true",
    "u1 2025-01-06T10:05:00Z cart page.path=/cé since=2025-01-01T00:00:00Z code=12",
  ]

  @Test func linesAndNames() throws {
    let result = try loaded(Self.lines)
    #expect(result.store.lines == Self.read)
    #expect(result.summary.badRows == 0)
    #expect(
      result.store.schema.properties.map { "\($0.name) \($0.kind.rawValue)" } == [
        "page.path text", "page.size.w number", "page.size.h number", "vip truth", "tags text", "since time",
        "note text", "code text",
      ])
  }

  /// The same documents as one array, spread over lines, in one line, and one behind the other.
  @Test(arguments: [",\n", ",", " ", "\n\n"]) func arrays(between: String) throws {
    let documents = Self.lines.split(separator: "\n").map(String.init)
    let spread = documents.map { $0.replacing(":{", with: ":\n{") }
    #expect(try loaded("[\n" + spread.joined(separator: between) + "]\n").store.lines == Self.read)
    #expect(try loaded("\u{FEFF} " + spread.joined(separator: between)).store.lines == Self.read)
  }

  @Test(arguments: Packing.allCases) func packed(packing: Packing) throws {
    let bytes = try packing.pack(Array(Self.lines.utf8))
    #expect(try withFile(bytes) { try EventFile(path: $0).load() }.store.lines == Self.read)
  }

  @Test func kinds() throws {
    let text = """
      {"user":"u","time":1735689600,"event":"e","a":1,"b":"1","c":9007199254740993,"d":true,"e":"2025-01-01","f":[]}
      {"user":"u","time":1735689601,"event":"e","a":-2.5e-3,"b":"x","c":2,"d":"true","e":"soon","f":null}
      """
    let store = try loaded(text + "\n").store
    #expect(
      store.schema.properties.map { "\($0.name) \($0.kind.rawValue)" } == [
        "a number", "b text", "c text", "d text", "e text", "f text",
      ])
    #expect(
      store.lines == [
        "u 2025-01-01T00:00:00Z e a=1 b=1 c=9007199254740993 d=true e=2025-01-01",
        "u 2025-01-01T00:00:01Z e a=-0.0025 b=x c=2 d=true e=soon",
      ])
  }

  /// Names that come late, and in another order, make the same columns however the file is cut.
  @Test func threads() throws {
    var text = ""
    for row in 0..<2_000 {
      let more = row % 7 == 0 ? ",\"k\(row / 100)\":\(row)" : ",\"t\":\"x\(row % 5)\",\"n\":{\"a\":\(row % 3)}"
      text += "{\"time\":\(1_735_689_600 + row / 4)\(more),\"user\":\"u\(row % 50)\",\"event\":\"e\(row % 9)\"}\n"
      if row % 500 == 250 { text += "{broken\n\n" }
    }
    var options = LoadOptions(threads: 1)
    let one = try loaded(text, options)
    options.leastSegment = 1_000
    options.threads = 3
    let several = try loaded(text, options)
    #expect(several.store.lines == one.store.lines)
    #expect(several.store.schema == one.store.schema)
    #expect(several.summary.firstBadRows == one.summary.firstBadRows)
    #expect(one.summary.firstBadRows.map(\.line) == [252, 754, 1256, 1758])
    #expect(one.summary.firstBadRows.first?.excerpt == "{broken")
  }

  @Test func badLines() throws {
    let good = String(repeating: "{\"user\":\"u\",\"time\":\"2025-01-06\",\"event\":\"e\"}\n", count: 5)
    let bad = [
      "{\"user\":\"u\",\"time\":\"soon\",\"event\":\"e\"}": "'soon' is no time",
      "{\"time\":\"2025-01-06\",\"event\":\"e\"}": "no customer",
      "{\"user\":\"u\",\"time\":\"2025-01-06\",\"event\":\"\"}": "no event name",
      "{\"user\":\"u\",\"event\":\"e\"}": "no time",
      "[1, 2]": "no object",
      "{\"user\":\"u\"": "no whole JSON object",
      "{\"user\":\"a\\u0000b\",\"time\":\"2025-01-06\",\"event\":\"e\"}": "a NUL byte",
      "{\"user\":\"u\",\"time\":12x}": "a number that cannot be read",
      "{\"user\":\"\\q\"}": "a string with an escape that does not exist",
      "{\"user\":nul}": "a word that is not true, false or null",
    ]
    for (line, reason) in bad {
      let summary = try loaded(good + line + "\n" + good).summary
      #expect(summary.rows == 10)
      #expect(summary.firstBadRows.map(\.line) == [6])
      #expect(summary.firstBadRows.first?.reason == reason)
    }
    let latin = Array(good.utf8) + [0x7B, 0x22, 0xE9, 0x22, 0x7D, 0x0A]
    #expect(
      try failure(latin).line == "events.csv:6: bad rows: 1 of 6, more than 1%; the first: not UTF-8 [load.bad-rows]")
    #expect(try failure(good + "{\"user\":\"u\"").code == .loadCut)
    #expect(
      try failure("[" + good.replacing("}\n", with: "},\n") + "{\"user\"").line
        == "events.csv:6: the file ends inside an object [load.cut]")
    #expect(
      try failure("[1, 2, 3]").line
        == "events.csv:1: bad rows: 3 of 3, more than 1%; the first: no object [load.bad-rows]")
    #expect(try failure("[]").code == .loadNoRows)
    #expect(try failure("{}\n{}\n").code == .loadRoleMissing)
  }

  @Test func tooManyNames() throws {
    var text = ""
    for row in 0...EventFileLimits.columns { text += "{\"user\":\"u\",\"time\":1,\"event\":\"e\",\"k\(row)\":1}\n" }
    #expect(
      try failure(text).line
        == "events.csv: the JSON objects have more than 4096 different names [load.too-many-names]")
  }

  /// One that would be kept for each of 4,096 columns, alone or with those in front of it.
  @Test func longNames() throws {
    let name = String(repeating: "n", count: EventFileLimits.name)
    func object(_ more: String) -> String { "{\"user\":\"u\",\"time\":1735689600,\"event\":\"e\"\(more)}\n" }
    #expect(try loaded(object(",\"\(name)\":1")).summary.properties.first?.name == name)
    for long in [",\"\(name)n\":1", ",\"a\":{\"\(name)\":1}", ",\"\(name)n\":{}"] {
      let summary = try loaded(object("") + object(long)).summary
      #expect(summary.rows == 1 && summary.firstBadRows.map(\.reason) == ["a name is too long"])
    }
  }

  /// Names that lead to no value are remembered too, and not without end.
  @Test func namesWithoutValues() throws {
    var text = ""
    for row in 0..<100 {
      let names = (0..<1_000).map { "\"k\(row)_\($0)\":{}" }.joined(separator: ",")
      text += "{\"user\":\"u\",\"time\":1735689600,\"event\":\"e\",\(names)}\n"
    }
    // What is plain goes another way, which leaves objects with so many names to this one.
    var options = LoadOptions(threads: 1)
    options.headSize = 1 << 10
    #expect(try failure(text, options).message == "the objects have more than 4096 names")
  }

  /// Where no object is good, the first says why.
  @Test func deepObjects() throws {
    let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    #expect(
      try failure("{\"user\":\(deep)}\n").line
        == "events.csv:1: bad rows: 1 of 1, more than 1%; the first: nested too deep [load.bad-rows]")
  }

  @Test func rolesByName() throws {
    let text = "{\"who\":{\"id\":\"u\"},\"at\":\"31/12/2025 10:00\",\"what\":\"e\",\"n\":2}\n"
    let roles: [ColumnRole: ColumnReference] = [
      .customer: .name("who.id"), .time: .name("at"), .event: .name("what"), .order: .name("n"),
    ]
    #expect(try loaded(text, LoadOptions(roles: roles)).store.lines == ["u 2025-12-31T10:00:00Z e 2"])
    #expect(try failure(text, LoadOptions(roles: [.customer: .name("whom")])).code == .loadNoColumn)
    #expect(
      try failure(text.replacing("31/12", with: "01/12"), LoadOptions(roles: roles)).code == .loadTimeAmbiguous)
  }

  /// JSON lines of a store read back as that store, kinds and all.
  @Test(arguments: 0..<200) func whatIsWrittenLoads(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let store = randomStore(&random)
    let export = EventExport(store, as: .jsonl)
    var bytes: [UInt8] = []
    try export.write(to: { bytes += $0 }, advance: { _, _ in })
    var options = LoadOptions(maxBadShare: 0, buckets: store.buckets.count)
    if export.columns.clauses.contains("session visit") { options.roles[.session] = .name("visit") }
    let again = try withFile(bytes) { try EventFile(path: $0).load(options) }.store
    #expect(again.lines == store.lines)
    #expect(
      again.schema.properties.map { "\($0.name) \($0.kind)" } == store.schema.properties.map { "\($0.name) \($0.kind)" }
    )
    #expect(again.schema.session == store.schema.session)
  }

  /// Whatever the bytes are, a load ends with a store or a diagnostic, and the number of threads does not matter.
  @Test(arguments: 0..<400) func noBytesTrap(seed: UInt64) throws {
    var random = SeededRandom(seed: seed &* 7_907)
    let table = String(repeating: Self.lines, count: 8)
    var bytes = Array((seed % 3 == 0 ? "[" + table.replacing("}\n", with: "},\n") + "]" : table).utf8)
    let signs = Array("{}[]\",:\\\n 0-.eutfn\u{0}".utf8) + [0x80, 0xC3, 0xFF]
    random.damage(&bytes, 30, with: signs, keeping: 1, cutting: 40, atLeast: 2)
    if seed % 10 == 0 { bytes = [0x7B] + (0..<500).map { _ in UInt8.random(in: 0...255, using: &random) } }
    if seed % 10 == 1 { bytes = [0x5B] + (0..<300).map { _ in signs.randomElement(using: &random) ?? 0 } }
    #expect(try outcome(of: bytes, threads: 1, 64) == outcome(of: bytes, threads: 5, 64))
  }
}
