import EventStore
import SourceText
import TestSupport
import Testing

@testable import Interchange

@Suite struct AccessLogTests {
  @Test func combined() throws {
    let result = try loaded(
      #"""
      127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /cart?id=7 HTTP/1.0" 200 2326 "https://a.example/" "Mozilla/5.0 (X11)"
      ::1 - - [11/Oct/2000:00:00:00.250 +0000] "POST /cart HTTP/1.1" 302 - "-" "" "10.1.1.1, ::1" rt=0.2 "more"
      """#)
    #expect(
      result.store.lines == [
        "::1 2000-10-11T00:00:00.25Z /cart host=::1 method=POST protocol=HTTP/1.1 status=302 forwarded=10.1.1.1, ::1",
        "frank 2000-10-10T20:55:36Z /cart host=127.0.0.1 method=GET query=id=7 protocol=HTTP/1.0 status=200 bytes=2326 referrer=https://a.example/ agent=Mozilla/5.0 (X11)",
      ])
    #expect(
      result.summary.roles.map { "\($0.role.rawValue) \($0.column)" } == ["customer user", "time time", "event path"])
  }

  /// What stands where more than one thing can, each in a line of its own behind a plain one.
  @Test(arguments: [
    (#"www.a.example:443 1.2.3.4 - - [T] "GET / HTTP/2.0" 200 1"#, "1.2.3.4 / host=1.2.3.4 2.0 site=www.a.example:443"),
    (#"1.2.3.4 - Ann Lee [x] [T] "GET / HTTP/2.0" 200 1"#, "Ann Lee [x] / host=1.2.3.4 2.0"),
    (#"fe80::1 id Ann Lee [T] "GET / HTTP/2.0" 200 1"#, "Ann Lee / host=fe80::1 2.0 ident=id"),
    (#"1.2.3.4 - "" [T] "GET /a b HTTP/2.0" 200 1"#, "1.2.3.4 /a b host=1.2.3.4 2.0"),
    (#"1.2.3.4 - u [T] "GET /a" 200 1"#, "u /a host=1.2.3.4 method=GET status=200 bytes=1"),
    (#"1.2.3.4 - u [T] "-" 408 0"#, "u 408 host=1.2.3.4 status=408 bytes=0"),
    (#"1.2.3.4 - u [T] "\x16\x03\x01" 400 1"#, #"u \x16\x03\x01 host=1.2.3.4 status=400 bytes=1"#),
    (#"1.2.3.4 - u [T] "GET /\"\\\x22\xc3\xa9\xff HTTP/2.0" 200 1"#, #"u /\"\\\x22\xc3\xa9\xff host=1.2.3.4 2.0"#),
    (#"1.2.3.4 - u [T] "GET /\"\\\x22\xc3\xa9\xZZ HTTP/2.0" 200 1"#, #"u /"\"é\xZZ host=1.2.3.4 2.0"#),
    (#"1.2.3.4 - u [T] "GET /"a"/ HTTP/2.0" 200 1"#, #"u /"a"/ host=1.2.3.4 2.0"#),
  ])
  func variants(line: String, read: String) throws {
    let first = #"0 - v [01/Jan/2000:00:00:00 +0000] "GET / HTTP/1.1" 200 1"#
    let text = first + "\n" + line.replacing("[T]", with: "[02/Jan/2000:00:00:00 +0000]") + "\r\n"
    let lines = try loaded(text).store.lines
    let parts = read.replacing(" 2.0", with: " method=GET protocol=HTTP/2.0 status=200 bytes=1")
    let found = lines.filter { $0.contains("2000-01-02") }.map { $0.replacing(" 2000-01-02T00:00:00Z", with: "") }
    #expect(found == [parts])
  }

  @Test func badLines() throws {
    let good = #"1.2.3.4 - u [02/Jan/2000:00:00:00 +0000] "GET / HTTP/1.1" 200 1"#
    let bad = [
      "nothing of it", #"1.2.3.4 - [02/Jan/2000:00:00:00 +0000] "GET / HTTP/1.1" 200 1"#,
      #"1.2.3.4 - u [32/Jan/2000:00:00:00 +0000] "GET / HTTP/1.1" 200 1"#,
      "1.2.3.4 - u [02/Jan/2000:00:00:00 +0000] 200 1",
      #"1.2.3.4 - u [02/Jan/2000:00:00:00 +0000] "GET / HTTP/1.1" 200"#, good + #" "-" "cut"#, good + "\0",
    ]
    let summary = try loaded(good + "\n\n" + bad.joined(separator: "\n") + "\n" + good + "\n").summary
    #expect(summary.rows == 2 && summary.badRows == 7)
    #expect(summary.firstBadRows.map(\.line) == [3, 4, 5, 6, 7])
    #expect(
      summary.firstBadRows.map(\.reason) == [
        "no time in brackets", "no host, ident and user", "'2000-01-32T00:00:00+0000' is no time",
        "no request in quotes",
        "no status and size behind the request",
      ])
    let cut = try failure(good + "\n" + good.prefix(30))
    #expect(cut.line == "events.csv:2: the file ends in the middle of a line: no time in brackets [load.cut]")
  }

  /// A log says what JSON of the same values says, and counts the lines that say nothing.
  @Test(arguments: 0..<60) func sameAsValues(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    func one(_ values: [String?]) -> String? { values.randomElement(using: &random) ?? nil }
    func escaped(_ text: String) -> String {
      text.utf8.map { byte in
        let isSpecial = byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
        let hex = "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        if byte > 0x7F || isSpecial && Bool.random(using: &random) { return hex }
        return (isSpecial ? "\\" : "") + String(Character(Unicode.Scalar(byte)))
      }.joined()
    }
    var (log, json, badLines) = ([String](), [String](), [Int]())
    for number in 0..<Int.random(in: 1...120, using: &random) {
      let isFirst = number == 0
      if !isFirst, Int.random(in: 0..<9, using: &random) == 0 {
        badLines.append(log.count + 1)
        log.append(one(["x", "- - -", "1.2.3.4 - - [] \"GET /\" 200 1"]) ?? "")
      }
      let (day, second) = (Int.random(in: 10...28, using: &random), Int.random(in: 10...59, using: &random))
      let (month, zone) = (one(["Jan 01", "Sep 09", "Dec 12"]) ?? "", one(["+0000", "-0730", "+0200"]) ?? "")
      let site = one([nil, nil, "shop.example:80"])
      let (host, ident) = (one(["10.0.0.1", "::1", "a.example"]) ?? "", one([nil, nil, "id"]))
      let user = isFirst ? "u" : one([nil, "frank", "Ann Lee", "\"q\"", "é"])
      let path = isFirst ? "/" : one([nil, "/a", "/a b", "/\"q\"\\", "/café", "/100%"])
      let method = path.flatMap { _ in one(["GET", "POST"]) }
      let (query, version) = (
        path == nil ? nil : one([nil, "a=1", "q=\"x\""]), path == nil ? nil : one([nil, "HTTP/1.1"])
      )
      let (status, bytes) = (one(["200", "404"]) ?? "", one([nil, "0", "5120"]))
      let (referrer, agent) = (one([nil, "https://a.example/?q=\"x\""]), one([nil, "Mozilla/5.0 (X11; \\)"]))
      let request = path.map { "\(method ?? "") \($0)\(query.map { "?" + $0 } ?? "")\(version.map { " " + $0 } ?? "")" }
      log.append(
        "\(site.map { $0 + " " } ?? "")\(host) \(ident ?? "-") \(user.map(escaped) ?? "-") "
          + "[\(day)/\(month.prefix(3))/2024:09:08:\(second) \(zone)] \"\(request.map(escaped) ?? "-")\" "
          + "\(status) \(bytes ?? "-") \"\(referrer.map(escaped) ?? "-")\" \"\(agent.map(escaped) ?? "-")\"")
      let values: [(String, String?)] = [
        ("site", site), ("host", host), ("ident", ident), ("customer", user ?? host),
        ("when", "2024-\(month.suffix(2))-\(day)T09:08:\(second)\(zone)"), ("method", method),
        ("what", path ?? status), ("query", query), ("protocol", version), ("status", status), ("bytes", bytes),
        ("referrer", referrer), ("agent", agent),
      ]
      json.append(
        "{"
          + values.compactMap { name, value in
            value.map { value in
              let isNumber = name == "status" || name == "bytes"
              let text = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
              return "\"\(name)\":\(isNumber ? value : "\"\(text)\"")"
            }
          }.joined(separator: ",") + "}")
    }
    let roles: [ColumnRole: ColumnReference] = [
      .customer: .name("customer"), .time: .name("when"), .event: .name("what"),
    ]
    let expected = try loaded(json.joined(separator: "\n"), LoadOptions(roles: roles)).store.lines
    for (threads, lineBreak) in [(1, "\n"), (5, "\r\n")] {
      var options = LoadOptions(maxBadShare: 1, threads: threads)
      (options.leastSegment, options.headSize) = (100, threads == 1 ? 1 << 20 : 2_000)
      let result = try loaded(log.joined(separator: lineBreak) + lineBreak, options)
      #expect(result.store.lines == expected)
      #expect(result.summary.badRows == badLines.count)
      #expect(result.summary.firstBadRows.map(\.line) == Array(badLines.prefix(5)))
    }
  }
}
