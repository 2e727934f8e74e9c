import Foundation
import SourceText
import Testing

@testable import Interchange

@Suite struct EventFileErrorTests {
  @Test(arguments: [
    ("", "events.csv: the file is empty [load.empty]"),
    ("\n\n", "events.csv: the file has no rows [load.no-rows]"),
    ("user,ts,event\n", "events.csv: the file has no rows but its header [load.no-rows]"),
    ("user,ts,event\n\n\n", "events.csv: the file has no rows but its header [load.no-rows]"),
    (
      "user,ts,event\nu,2024-01-01,e\nu,2024-0",
      "events.csv:3: the file ends in the middle of a row: 2 cells, 3 are due [load.cut]"
    ),
    (
      "user,ts,event\nu,2024-01-01,e\n\n\"u,2024-01-01,e\nu,2024-01-01,e\n",
      "events.csv:4: a quote is never closed [load.open-quote]"
    ),
    ("user,ts,event\nu,2024-01-01,\"a\nb\"\nu,\"x", "events.csv:4: a quote is never closed [load.open-quote]"),
    ("\"user,ts,event\nu,2024-01-01,e\n", "events.csv:1: a quote is never closed [load.open-quote]"),
    (
      "just a line\nand more\n",
      "events.csv:1: the first row is a single cell: no comma, semicolon, tab or bar in it [load.format]"
    ),
    ("PK\u{3}\u{4}rest", "events.csv: the file is a zip archive, not delimited text [load.format]"),
    ("a\0b\0c\0d\0e\0f\0g\0h\0i\0", "events.csv: the file is binary, not delimited text [load.binary]"),
    (
      "user,ts,event\n,2024-01-01,e\n",
      "events.csv:2: bad rows: 1 of 1, more than 1%; the first: no customer [load.bad-rows]"
    ),
  ])
  func files(text: String, line: String) throws {
    #expect(try failure(text).line == line)
  }

  @Test func encodings() throws {
    let utf16: [UInt8] = [0xFF, 0xFE] + Array("user,ts".utf8).flatMap { [$0, 0] }
    #expect(try failure(utf16).line == "events.csv: the file is UTF-16, UTF-8 is due [load.encoding]")
    let latin = Array("user,ts,event\nu,2024-01-01,caf".utf8) + [0xE9, 0x0A]
    #expect(try failure(latin).hint == "iconv -f windows-1252 -t utf-8")
    #expect(try failure(latin).message == "bad rows: 1 of 1, more than 1%; the first: not UTF-8")
  }

  @Test func paths() throws {
    #expect(throws: Diagnostic(.fileMissing, "there is no file '/nowhere/x.csv'")) {
      try EventFile(path: "/nowhere/x.csv")
    }
    #expect(throws: Diagnostic(.fileDirectory, "'/tmp' is a directory")) { try EventFile(path: "/tmp") }
    #expect(throws: Diagnostic(.fileUnreadable, "'/dev/null' is no regular file")) {
      try EventFile(path: "/dev/null")
    }
  }

  @Test func badRowsAreCountedAndTheFirstFiveKept() throws {
    var text = "user,ts,event,note\n"
    for row in 0..<1_000 { text += row % 125 == 60 ? "u,\"\nsoon\",e,\n" : "u,2024-01-01,e,\n" }
    let result = try loaded(text, LoadOptions())
    #expect(result.summary.rows == 992)
    #expect(result.summary.badRows == 8)
    #expect(result.summary.firstBadRows.map(\.line) == [62, 188, 314, 440, 566])
    #expect(result.summary.firstBadRows[0].reason == "'soon' is no time")
    #expect(result.summary.firstBadRows[0].excerpt == "u,\" soon\",e,")
    #expect(throws: Diagnostic.self) { try loaded(text, LoadOptions(maxBadShare: 0.007)) }
  }

  @Test func longRows() throws {
    // Longer than what is looked at to find the shape, and than the reader's buffer.
    let note = String(repeating: "long, ", count: 50_000)
    let result = try loaded("user,ts,event,note\nu,1704363630,e,\"\(note)\"\nu,1704363631,e,\n")
    #expect(result.summary.timeLayout == .epoch(.seconds))
    #expect(result.store.schema.properties[0].dictionary == [note])
    let endless = Array("user,ts,event,note\nu,1704363630,e,\"".utf8) + Array(repeating: 0x61, count: 5 << 18)
    let tooLong = Diagnostic(
      .loadRowTooLong, "a row is longer than 1 MB; a quote may be open", place: "events.csv:2")
    _ = try withFile(endless) { path in
      #expect(throws: tooLong) {
        try EventFile(path: path, longestRow: 1 << 20).load()
      }
    }
    let behind = Array("user,ts,event,note\nu,1704363630,e,\n".utf8) + endless.dropFirst(19)
    var third = tooLong
    third.place = "events.csv:3"
    _ = try withFile(behind) { path in
      #expect(throws: third) { try EventFile(path: path, longestRow: 1 << 20).load() }
    }
  }

  @Test func moreColumnsThanAFileMayHave() throws {
    let many = String(repeating: ",", count: 300_000)
    #expect(
      try failure("user,time,event\(many)\nu,1735689600,e\(many)\n").line
        == "events.csv:1: the first row has more than 4096 columns [load.too-many-names]")
    // Of a row that is not the header's: empty ones do no harm, however many.
    let good = "user,time,event\nu,1735689600,e\n"
    #expect(try loaded(good + "v,1735689600,e\(many)\n").summary.rows == 2)
    let bad = try loaded(good + "v,1735689600,e\(many)x\n").summary
    #expect(bad.rows == 1 && bad.firstBadRows.map(\.reason) == ["300003 cells, 3 are due"])
    // As many as it may have, all of one name.
    let names = String(repeating: ",x", count: EventFileLimits.columns - 3)
    let wide = try loaded("user,time,event\(names)\nu,1735689600,e\(names)\n")
    #expect(wide.summary.properties.last?.name == "x_\(EventFileLimits.columns - 3)")
  }

  @Test func longNames() throws {
    let name = String(repeating: "n", count: EventFileLimits.name)
    #expect(try loaded("user,time,event,\(name)\nu,1735689600,e,1\n").summary.properties.first?.name == name)
    let error = try failure("user,time,event,\(name)n\nu,1735689600,e,1\n")
    #expect(
      error.line
        == "events.csv:1: a name is longer than 1024 bytes: '\(name.prefix(40))…' [load.name-too-long]")
  }

  @Test func raggedRows() throws {
    let text =
      "user,ts,event,note\nu,2024-01-01,e\nu,2024-01-01,e,n,,\nu,2024-01-01,e,n,more\nu,2024-01-01,\"e\"x,n\nu,2024-01-01,\0,n\n"
    let summary = try loaded(text).summary
    #expect(summary.rows == 1)
    #expect(
      summary.firstBadRows.map(\.reason) == [
        "3 cells, 4 are due", "5 cells, 4 are due", "text behind a closing quote", "a NUL byte",
      ])
  }

  @Test func namedOrdersMustBeNumbers() throws {
    let text = "user,ts,event,seq\nu,2024-01-01,a,x\nu,2024-01-01,b,1\n"
    #expect(try loaded(text).store.readNames == ["b", "a"])
    let given = try loaded(text, LoadOptions(roles: [.order: .name("seq")], maxBadShare: 1))
    #expect(given.summary.firstBadRows.map(\.reason) == ["'x' is no number to order by"])
  }
}
