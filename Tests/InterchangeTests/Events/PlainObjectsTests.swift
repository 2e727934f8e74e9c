import EventStore
import JourneyTime
import SourceText
import TestSupport
import Testing

@testable import Interchange

/// Objects that are cut as columns, and files whose first records stand for all: the same events as by the reader.
@Suite struct PlainObjectsTests {
  private static func outcome(_ text: String, _ options: LoadOptions) throws -> String {
    try withFile(Array(text.utf8)) { path in
      do throws(Diagnostic) {
        let result = try EventFile(path: path).load(options)
        let properties = result.store.schema.properties.map { "\($0.name) \($0.kind) \($0.dictionary)" }
        let bad = result.summary.firstBadRows.map { "\($0.line) \($0.reason)" }
        return """
          \(result.summary.roles.map(\.column)) \(properties) \(result.summary.badRows) \(bad)
          \(result.store.lines.joined(separator: "\n"))
          """
      } catch {
        return error.line
      }
    }
  }

  /// A line of JSON with this object, in one of the ways to write it.
  private static func line(_ random: inout SeededRandom, _ late: Bool) -> String {
    func one(_ values: [String]) -> String { values.randomElement(using: &random) ?? "" }
    let blank = one(["", "", "", " ", "\t"])
    var fields = [
      ("user", one(["\"u1\"", "\"u2\"", "\"é\"", "7", "12345678901234567", "1.50", "true"])),
      ("time", one(["\"2025-01-06T10:00:00Z\"", "\"2025-01-06 10:00:0\(Int.random(in: 0...9, using: &random))\""])),
      ("event", one(["\"visit\"", "\"a \\\"b\\\"\"", "\"cart\"", "\"\\u00e9\"", "3"])),
      ("n", one(["1", "-2.50", "0", "-0", "0.125", "1e3", "123456789012345", "null"])),
      ("flag", one(["true", "false", "null"])), ("due", one(["\"2025-01-01\"", "\"\"", "null"])),
      ("note", one(["\"x\"", "\"\"", "\"12\"", "\"caf\u{E9}\"", "\"a\\\\b\""])),
      ("page", "{\(blank)\"path\"\(blank):\"/\(one(["", "a", "b"]))\",\"size\":{\"w\":\(one(["1", "2.5"]))}}"),
      (
        "list",
        one(["[]", "[ ]", "[1,2]", "[1, 2]", "[\"a\",[true,null],[]]", "[1.50]", "[{\"a\":1}]", "[-0]", "null"])
      ), ("empty", "null"),
      ("mixed", one(["1", "\"x\"", "1.25", "false"])),
    ]
    fields.removeAll { _ in Int.random(in: 0..<12, using: &random) == 0 }
    if Int.random(in: 0..<6, using: &random) == 0 { fields.shuffle(using: &random) }
    if Int.random(in: 0..<40, using: &random) == 0, let first = fields.first { fields.append(first) }
    if late {
      let place = Int.random(in: 0...fields.count, using: &random)
      fields.insert(
        [
          ("n", "\"x\""), ("flag", "1"), ("due", "\"never\""), ("due", "20250101"), ("empty", "\"2025-01-01\""),
          ("empty", "5"), ("new", "1"), ("page", "{\"new\":null}"), ("n", "9007199254740993"), ("page", "\"x\""),
        ].randomElement(using: &random) ?? ("", ""), at: place)
    }
    let separator = "\(blank),\(blank)"
    return "{\(fields.map { "\"\($0.0)\"\(blank):\(blank)\($0.1)" }.joined(separator: separator))\(blank)}\(blank)"
  }

  private static func file(_ seed: UInt64) -> [String] {
    var random = SeededRandom(seed: seed)
    let count = Int.random(in: 1...120, using: &random)
    let isBad = Bool.random(using: &random)
    return (0..<count).map { row in
      let line = line(&random, row == count - 1 && seed % 2 == 0)
      guard isBad, Int.random(in: 0..<12, using: &random) == 0 else { return line }
      return [
        "{\"user\":\"u\",\"time\":\"soon\",\"event\":\"e\"}", "{broken", "{\"user\":nul}", "[1]", "",
        "{\"user\":\"u\",\"time\":\"2025-01-06\",\"event\":\"a\\u0000b\",\"zero\":1}", line + "}", line + ",",
        "{\"user\":01,\"time\":\"2025-01-06\",\"event\":\"e\"}", "{\"event\":\"e\",\"time\":\"2025-01-06\"}",
      ].randomElement(using: &random) ?? ""
    }
  }

  /// The same object with an escape in its first name, so that it is not plain and goes through the reader.
  private static func escaped(_ line: String) -> String {
    guard line.hasPrefix("{\""), let letter = line.dropFirst(2).unicodeScalars.first, letter.properties.isAlphabetic
    else { return line }
    let digits = String(letter.value, radix: 16)
    return "{\"\\u" + String(repeating: "0", count: 4 - digits.count) + digits + line.dropFirst(3)
  }

  @Test(arguments: 0..<160) func sameAsByTheReader(seed: UInt64) throws {
    let lines = Self.file(seed)
    let text = lines.joined(separator: seed % 5 == 0 ? "\r\n" : "\n") + "\n"
    // In front of the whole survey, which sees everything; without a head nothing is guessed.
    var options = LoadOptions(maxBadShare: 1, threads: 1)
    options.headSize = 0
    let slow = lines.map(Self.escaped).joined(separator: seed % 5 == 0 ? "\r\n" : "\n") + "\n"
    let plain = try Self.outcome(slow, options)
    for (head, threads, segment) in [(1 << 20, 1, 1 << 20), (300, 1, 1 << 20), (2_000, 3, 200), (1_200, 2, 500)] {
      options.headSize = head
      options.threads = threads
      options.leastSegment = segment
      let result = try Self.outcome(text, options)
      let (lines, due) = (result.split(separator: "\n"), plain.split(separator: "\n"))
      let place =
        zip(lines, due).first { $0 != $1 }.map { "\($0.0)\n  due: \($0.1)" } ?? "\(lines.count), \(due.count) are due"
      #expect(result == plain, "head of \(head): \(place)")
    }
    // The same as one array, in one line or over many, if nothing in it is broken.
    guard lines.allSatisfy({ $0.hasPrefix("{\"") && ($0.hasSuffix("}") || $0.hasSuffix("} ")) }) else { return }
    for (start, between, end) in [("[", ",", "]"), ("[ \n", "\n,\n", "\n]\n"), ("[", ",\n", "]")] {
      let array = start + lines.joined(separator: between) + end
      options.headSize = 0
      let slow = try Self.outcome(start + lines.map(Self.escaped).joined(separator: between) + end, options)
      #expect(slow.split(separator: "\n").dropFirst() == plain.split(separator: "\n").dropFirst())
      #expect(try Self.outcome(array, options) == slow)
      options.headSize = 1_000
      #expect(try Self.outcome(array, options) == slow)
    }
  }

  /// However many objects break the rule, and wherever: a guess that was wrong is given up.
  @Test(arguments: [
    "\"n\":\"x\"", "\"t\":\"never\"", "\"v\":1", "\"new\":1", "\"none\":\"2025-01-01\"", "\"n\":9007199254740993",
    "\"o\":{\"x\":1}",
  ])
  func lateSurprises(field: String) throws {
    let usual =
      "{\"user\":\"u\",\"time\":\"2025-01-06\",\"event\":\"e\",\"n\":1,\"t\":\"2025-01-01\",\"v\":true,\"none\":null}\n"
    let text =
      String(repeating: usual, count: 3_000) + "{\"user\":\"v\",\"time\":\"2025-01-06\",\"event\":\"e\",\(field)}\n"
    var options = LoadOptions(maxBadShare: 0, threads: 2)
    options.headSize = 0
    let plain = try Self.outcome(text, options)
    options.headSize = 30_000
    options.leastSegment = 10_000
    #expect(try Self.outcome(text, options) == plain)
  }

  @Test func oneColumnForTwoRoles() throws {
    let options = LoadOptions(roles: [.customer: .name("who"), .event: .name("who"), .time: .name("t")])
    let text = "{\"who\":\"a\",\"t\":1735689600}\n{\"who\":\"b\\\"\",\"t\":1735689600}\n"
    #expect(try loaded(text, options).store.lines == ["a 2025-01-01T00:00:00Z a", "b\" 2025-01-01T00:00:00Z b\""])
  }

  /// Texts at every place of a word, up to what ends them.
  @Test func textsOfEveryLength() throws {
    for length in 0..<40 {
      let text = String(repeating: "x", count: length)
      for end in ["", "é", "\\n", "\u{7F}"] {
        let lines = "{\"user\":\"u\",\"time\":1735689600,\"event\":\"e\",\"note\":\"\(text)\(end)\"}\n"
        let note = text + (end == "\\n" ? "\n" : end)
        let written = note.isEmpty ? "" : " note=\(note)"
        #expect(try loaded(lines + lines).store.lines.first == "u 2025-01-01T00:00:00Z e" + written)
      }
      let control = "{\"user\":\"u\",\"time\":1735689600,\"event\":\"e\",\"note\":\"\(text)\t\"}\n"
      let usual = "{\"user\":\"u\",\"time\":1735689600,\"event\":\"e\"}\n"
      #expect(try loaded(usual + control).summary.firstBadRows.map(\.reason) == ["a control character in a string"])
    }
  }
}
