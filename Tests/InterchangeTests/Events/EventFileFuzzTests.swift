import EventStore
import SourceText
import TestSupport
import Testing

@testable import Interchange

@Suite struct EventFileFuzzTests {
  /// A table of any texts, written with quotes wherever chance or need puts them, comes back cell by cell.
  @Test(arguments: 0..<150) func whatIsWrittenIsRead(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let delimiter = [",", ";", "\t", "|"].randomElement(using: &random) ?? ","
    let lineBreak = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
    let letters = ["a", "é", "\"", "\n", "\r\n", " ", ",", ";", "\t", "|", "😀", "0", "'", "x"]
    func cell(_ length: ClosedRange<Int>) -> String {
      (0..<Int.random(in: length, using: &random)).map { _ in letters.randomElement(using: &random) ?? "" }.joined()
    }
    func written(_ text: String) -> String {
      let isPlain = !text.utf8.contains { "\"\r\n \t,;|".utf8.contains($0) }
      if isPlain, Bool.random(using: &random) { return text }
      return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
    var rows = [["user", "ts", "event", "p", "q"]]
    for number in 0..<Int.random(in: 1...40, using: &random) {
      let second = number < 10 ? "0\(number)" : "\(number)"
      // `#` keeps every column text, whatever the cells look like.
      rows.append(["u\(number % 3)", "2024-01-01 00:00:\(second)", "e" + cell(0...4), "#" + cell(0...5), cell(0...3)])
    }
    let text = rows.map { $0.map(written).joined(separator: delimiter) }.joined(separator: lineBreak) + lineBreak
    var options = LoadOptions(maxBadShare: 0, threads: Int.random(in: 1...4, using: &random))
    options.leastSegment = 64
    let store = try loaded(text, options).store
    let bucket = store.buckets[0]
    var read: [Int: [PropertyValue?]] = [:]
    for (customer, id) in bucket.customers.enumerated() {
      for row in Int(bucket.offsets[customer])..<Int(bucket.offsets[customer + 1]) {
        let number = Int(bucket.instants[row] / 1_000_000 % 60)
        read[number] =
          [.text(id), .text(store.schema.events[bucket.events[row]])]
          + [0, 1].map { bucket.value(of: $0, at: row, in: store.schema).map { .text($0.text) } }
      }
    }
    #expect(store.eventCount == rows.count - 1)
    for (number, row) in rows.dropFirst().enumerated() {
      #expect(read[number] == [0, 2, 3, 4].map { row[$0].isEmpty ? nil : .text(row[$0]) })
    }
  }

  /// Whatever the bytes are, a load ends with a store or a diagnostic, and the number of threads does not matter.
  @Test(arguments: 0..<400) func noBytesTrap(seed: UInt64) throws {
    var random = SeededRandom(seed: seed &* 7_919)
    let table =
      "user_id,timestamp,event,note\n"
      + String(repeating: "u1,2024-01-01 10:00:00,\"a \"\"b\"\"\",x\nu2,31/12/2024,e,\n", count: 20)
    var bytes = Array(table.utf8)
    let signs: [UInt8] = [0, 10, 13, 34, 44, 45, 46, 47, 48, 57, 58, 59, 84, 90, 0x80, 0xC3, 0xFF]
    random.damage(&bytes, 30, with: signs, keeping: 0, cutting: 40, atLeast: 1)
    if seed % 10 == 0 { bytes = (0..<500).map { _ in UInt8.random(in: 0...255, using: &random) } }
    if seed % 10 == 1 { bytes = (0..<300).map { _ in signs.randomElement(using: &random) ?? 0 } }
    #expect(try outcome(of: bytes, threads: 1, 32) == outcome(of: bytes, threads: 5, 32))
  }
}
