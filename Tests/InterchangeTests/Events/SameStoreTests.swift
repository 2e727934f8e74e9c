import EventStore
import Foundation
import JourneyTime
import SourceText
import TestSupport
import Testing

@testable import Interchange

/// However a file is cut, whatever goes to disk and however many threads parse: the same store.
@Suite struct SameStoreTests {
  private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      return mixed ^ mixed >> 31
    }
  }

  /// A file with ties, gaps, quotes, blanks, bad rows, other line ends, long ids, and columns that change kind.
  private static func table(_ seed: UInt64) -> String {
    var random = SeededRandom(seed: seed)
    func one(_ values: [String]) -> String { values.randomElement(using: &random) ?? "" }
    let lineBreak = one(["\n", "\n", "\r\n"])
    let (quotes, spoils) = (Int.random(in: 0...6, using: &random), Int.random(in: 0...9, using: &random))
    var text = "customer,time,event,order,amount,due,note" + lineBreak
    let count = Int.random(in: 1...400, using: &random)
    for row in 0..<count {
      let long = String(repeating: "x", count: Int.random(in: 0...300, using: &random))
      let customer = one(["u1", "u2", "u3", "Österreich", "customer-00\(row % 7)", row % 50 == 0 ? "u" + long : "u4"])
      let second = Int.random(in: 10...14, using: &random)
      let time = one(["2024-03-0\(row % 3 + 1) 10:00:\(second)", "2024-03-02T10:00:\(second).250Z", "2024-03-02"])
      // Late values change the kind of a column.
      let amount = row == count - 1 && seed % 3 == 0 ? "many" : one(["", "1", "2.50", "-3e2", "\(row)"])
      let due = row == count - 2 && seed % 4 == 0 ? "never" : one(["", "2024-01-01", "2024-02-29 23:59:59.5"])
      var cells = [
        customer, time, one(["view", "add to cart", "a very long event name"]), one(["", "1", "2"]), amount,
      ]
      cells += [due, one(["", "plain", "naïve", "x y"])]
      if Int.random(in: 0..<8, using: &random) < quotes {
        let cell = Int.random(in: 0..<cells.count, using: &random)
        cells[cell] = "\"" + cells[cell] + one(["", "", " \"\"q\"\"", "\n", ","]) + "\""
      }
      switch Int.random(in: 0..<100, using: &random) {
      case 0..<spoils: text += one([",2024-01-01,e,,,,", "u1,soon,e,,,,", "u1", "", " ", "u1,2024-01-01,\0,,,,"])
      case 95: text += cells.map { " " + $0 + " " }.joined(separator: ",")
      default: text += cells.joined(separator: ",")
      }
      text += lineBreak
    }
    return text
  }

  private static func outcome(_ path: String, _ options: LoadOptions) throws -> String {
    do throws(Diagnostic) {
      let result = try EventFile(path: path).load(options)
      let store = result.store
      let schema = store.schema.properties.map { "\($0.name) \($0.kind) \($0.dictionary)" }
      return """
        \(store.schema.events) \(schema) \(store.lines.joined(separator: "\n"))
        \(result.customers) \(result.summary.badRows) \(result.summary.firstBadRows)
        """
    } catch {
      return error.line
    }
  }

  @Test(arguments: 0..<120) func cutsAndSpillsChangeNothing(seed: UInt64) throws {
    let text = Self.table(seed)
    try withFile(Array(text.utf8)) { path in
      var options = LoadOptions(maxBadShare: 1, buckets: 4, threads: 1)
      let plain = try Self.outcome(path, options)
      for threads in 1...3 {
        for (segment, group, memory) in [(50, 7, Int.max), (400, 64, 0), (1_000, 1, 2_000), (1 << 20, 30, 0)] {
          options.threads = threads
          (options.leastSegment, options.groupSize, options.memory) = (segment, group, memory)
          options.blockSize = 512
          #expect(try Self.outcome(path, options) == plain)
        }
      }
    }
  }

  /// Rows that are cut 64 bytes at a time have the cells that the careful scanner gives them.
  @Test(arguments: 0..<200) func quickCutsAreExact(seed: UInt64) throws {
    var random = SeededRandom(seed: seed &+ 1_000)
    let signs: [UInt8] = Array("aaaaaaaaaab ,,,;\n\n\r\"\t0é".utf8)
    let count = Int.random(in: 1...700, using: &random)
    var bytes = (0..<count).map { _ in signs.randomElement(using: &random) ?? 0 }
    // Some rows of the right width, so that there is something to cut.
    for _ in 0..<40 {
      let place = Int.random(in: 0...bytes.count, using: &random)
      bytes.insert(contentsOf: Array("\nabc,,d e\(seed % 2 == 0 ? "\r" : "")\n".utf8), at: place)
    }
    let end = bytes.count
    bytes += Array(repeating: 0, count: CellTable.slack)
    let (cutter, scanner) = (CellCutter(delimiter: 0x2C, columnCount: 3), DelimitedScanner(delimiter: 0x2C))
    var (row, start, taken) = (DelimitedRow(), 0, 0)
    while start < end {
      var table = CellTable(columns: 3, capacity: 5)
      let run = cutter.cut(bytes.span, from: start, to: end, before: end, line: 0, into: &table)
      for index in 0..<table.rowCount {
        let next = try #require(scanner.scan(bytes.span.extracting(first: end), from: start, isLast: true, into: &row))
        #expect(Int(table.rows[index].start) == start && table.rows[index].line == index)
        #expect(row.cells.map { $0.start..<$0.end } == (0..<3).map { table.cell(index, $0).range })
        #expect(!row.hasQuotes && row.isTerminated)
        (start, taken) = (next, taken + 1)
      }
      #expect(start == run.next)
      if start < end {
        start = scanner.scan(bytes.span.extracting(first: end), from: start, isLast: true, into: &row) ?? end
      }
    }
    #expect(taken > 0)
  }

  @Test func rowsThatCannotBePutAside() throws {
    let text = "user,ts,event\n" + String(repeating: "u,2024-01-01,e\n", count: 100)
    var options = LoadOptions(memory: 0, spillFolder: "/nowhere")
    options.groupSize = 10
    let error = try failure(text, options)
    #expect(
      error.line
        == "events.csv: rows that memory has no room for cannot be put aside: no such file or directory [load.spill]")
    options.spillFolder = NSTemporaryDirectory()
    #expect(try loaded(text, options).store.eventCount == 100)
  }
}
