import EventStore
import Foundation
import JourneyTime
import SourceText
import Testing

@testable import Interchange

/// One table in every shape a delimited file comes in.
@Suite struct EventFileShapeTests {
  static let lines = [
    "u1 2024-01-01T10:00:00Z view amount=1.5 note=a", "u1 2024-01-01T10:05:00Z buy amount=20",
    "u2 2024-01-02T00:00:00Z view note=b",
  ]
  static let table = """
    user_id,timestamp,event,amount,note
    u1,2024-01-01 10:05:00,buy,20,
    u1,2024-01-01 10:00:00,view,1.5,a
    u2,2024-01-02,view,,b

    """

  @Test(arguments: [",", ";", "\t", "|"]) func delimiters(sign: String) throws {
    let result = try loaded(Self.table.replacing(",", with: sign))
    #expect(result.store.lines == Self.lines)
    #expect(result.summary.delimiter.map { String($0) } == sign)
    #expect(result.summary.properties.map(\.kind) == [.number, .text])
  }

  @Test(arguments: ["\n", "\r\n", "\r"]) func lineBreaks(sign: String) throws {
    #expect(try loaded(Self.table.replacing("\n", with: sign)).store.lines == Self.lines)
    #expect(try loaded(String(Self.table.dropLast()).replacing("\n", with: sign)).store.lines == Self.lines)
    #expect(try loaded(Self.table.replacing("\n", with: sign + sign)).store.lines == Self.lines)
  }

  @Test func byteOrderMark() throws {
    #expect(try loaded("\u{FEFF}" + Self.table).store.lines == Self.lines)
    let quoted = "\u{FEFF}\"user_id\"" + Self.table.dropFirst("user_id".count)
    #expect(try loaded(quoted).store.lines == Self.lines)
  }

  @Test func quotes() throws {
    let text = #"""
      "user,id","timestamp" , "event",note
      "u ""1""","2024-01-01", "a, b" ,"two
      lines"
      u2,2024-01-01,say "hi", blank\#u{20}
      "",2024-01-01,x,y
      u3,"2024-01-01","","y"

      """#
    var options = LoadOptions(maxBadShare: 1)
    options.roles = [.customer: .name("user,id")]
    let result = try loaded(text, options)
    #expect(
      result.store.lines == [
        "u \"1\" 2024-01-01T00:00:00Z a, b note=two\nlines", "u2 2024-01-01T00:00:00Z say \"hi\" note=blank",
      ])
    #expect(result.summary.firstBadRows.map(\.line) == [5, 6])
    #expect(result.summary.firstBadRows.map(\.reason) == ["no customer", "no event name"])
  }

  @Test func namesTwiceAndNone() throws {
    let result = try loaded("event,ts,user,x,x,,x_2\nview,2024-01-01,u,1,2,3,4\n")
    #expect(result.summary.properties.map(\.name) == ["x", "x_2", "column_6", "x_2_2"])
    #expect(result.store.lines == ["u 2024-01-01T00:00:00Z view x=1 x_2=2 column_6=3 x_2_2=4"])
  }

  @Test func columnsByNumber() throws {
    var options = LoadOptions(roles: [.customer: .number(1), .time: .number(2), .event: .number(3)])
    let headless = try loaded("u1\t2024-01-01\tview\t7\nu1\t2024-01-02\tbuy\t8\n", options)
    #expect(
      headless.store.lines == [
        "u1 2024-01-01T00:00:00Z view column_4=7", "u1 2024-01-02T00:00:00Z buy column_4=8",
      ])
    #expect(!headless.summary.hasHeader)
    options.roles[.customer] = .number(3)
    options.roles[.event] = .number(1)
    let headed = try loaded("a,b,c\nview,2024-01-01,u1\n", options)
    #expect(headed.store.lines == ["u1 2024-01-01T00:00:00Z view"])
    #expect(headed.summary.hasHeader)
  }

  @Test func orderAndSession() throws {
    let text = """
      user,ts,event,seq,session_id
      u,2024-01-01,c,2,s1
      u,2024-01-01,a,10,s1
      u,2024-01-01,d,,s2
      u,2024-01-01,b,-1.5,s2
      """
    let result = try loaded(text)
    #expect(result.store.readNames == ["b", "c", "a", "d"])
    #expect(result.store.schema.session == 0)
    #expect(result.summary.properties.map(\.name) == ["session_id"])
    #expect(result.summary.roles.map(\.role) == [.customer, .time, .event, .order, .session])
  }

  @Test func kindsAreDecidedOverAllRows() throws {
    let header = "user,ts,event,n,t,d,zip,flag,big,mixed,none"
    var rows = (0..<2_000).map {
      "u,2024-01-01,e,\($0),TRUE,2024-01-0\($0 % 9 + 1)T00:00Z,00\($0),\($0 % 2),\($0),\($0),"
    }
    rows.append("u,2024-01-01,e,-1e3,false,2024-02-30,1,1,9007199254740993,x,")
    let result = try loaded(([header] + rows).joined(separator: "\n"))
    #expect(
      result.summary.properties.map { "\($0.name) \($0.kind)" } == [
        "n number", "t truth", "d text", "zip text", "flag number", "big text", "mixed text", "none text",
      ])
  }

  @Test func threadsDoNotChangeTheStore() throws {
    var text = "user_id,timestamp,event,note\n"
    for row in 0..<4_000 {
      let note = row % 7 == 0 ? "\"a\nb,\"\"c\"\"\n2,2024-01-01,x,y\n\"" : "n\(row % 50)"
      text += "u\(row * 31 % 97),2024-01-0\(row % 9 + 1) 0\(row % 10):00:00,e\(row % 13),\(note)\n"
      if row % 1_000 == 999 { text += "bad row\n" }
    }
    var options = LoadOptions(threads: 1)
    let one = try loaded(text, options)
    options.leastSegment = 1_000
    for threads in [2, 3, 8] {
      options.threads = threads
      let several = try loaded(text, options)
      #expect(several.store.lines == one.store.lines)
      #expect(several.store.schema == one.store.schema)
      #expect(several.summary.firstBadRows == one.summary.firstBadRows)
      #expect(several.summary.badRows == 4)
    }
  }

  @Test func gzip() throws {
    let plain = Array(Self.table.utf8)
    // Two members, as tools that append or compress in parallel write them.
    let packed = try gzipped(Array(plain[..<60])) + gzipped(Array(plain[60...]))
    let result = try withFile(packed, name: "events.csv.gz") { try EventFile(path: $0).load() }
    #expect(result.store.lines == Self.lines)
    #expect(result.summary.isCompressed)
    let cut = try failure(Array(packed.dropLast(12)))
    #expect(cut.line == "events.csv: the gz file ends early [load.gz-cut]")
    var damaged = try gzipped(Array(repeating: plain, count: 200).flatMap { $0 })
    for index in 40..<60 { damaged[index] ^= 0xFF }
    #expect(try failure(damaged).code == .loadGzDamaged)
  }

  @Test func fingerprints() throws {
    func fingerprint(_ bytes: [UInt8]) throws -> UInt64 {
      try withFile(bytes) { try EventFile(path: $0).fingerprint() }
    }
    // Several blocks for each thread.
    var large = Array(String(repeating: "user,ts,event\n", count: 310_000).utf8)
    large[10] = 0x78
    var exchanged = large
    exchanged.swapAt(10, 10 + 4 << 20)
    #expect(try fingerprint(large) == fingerprint(large))
    #expect(try fingerprint(large) != fingerprint(exchanged))
    #expect(try fingerprint(Array(large.dropLast())) != fingerprint(large))
    #expect(try fingerprint(Array("a,b".utf8)) != fingerprint(Array("a,c".utf8)))
  }

  @Test func progressAndCancelling() throws {
    let text = "user,ts,event\n" + String(repeating: "u,2024-01-01,e\n", count: 1_000)
    try withFile(Array(text.utf8)) { path in
      let progress = LoadProgress()
      _ = try EventFile(path: path).load(progress: progress)
      #expect(progress.rows == 1_000)
      #expect(progress.bytes == (text.utf8.count, text.utf8.count))
      let file = try EventFile(path: path)
      let stopped = LoadProgress { $0.cancel() }
      #expect(throws: Diagnostic(.loadCancelled, "stopped; nothing has changed")) { try file.load(progress: stopped) }
    }
  }
}

extension EventStore {
  var readNames: [String] {
    buckets.flatMap { bucket in bucket.instants.indices.map { schema.events[bucket.events[$0]] } }
  }
}

/// Bytes as the gzip command packs them.
func gzipped(_ bytes: [UInt8]) throws -> [UInt8] {
  try withFile(bytes) { path in
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/gzip")
    process.arguments = ["-nk", path]
    try process.run()
    process.waitUntilExit()
    return Array(try Data(contentsOf: URL(fileURLWithPath: path + ".gz")))
  }
}
