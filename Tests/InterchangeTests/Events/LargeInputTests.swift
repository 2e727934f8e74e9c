import EventStore
import Foundation
import JourneyTime
import SourceText
import Testing

@testable import Interchange

/// Input that is larger than anything is meant for, or changes its mind in the last row.
@Suite struct LargeInputTests {
  /// A file of `count` pieces, written piece by piece.
  private func withFile(
    _ head: String, _ piece: String, count: Int, _ body: (String) throws -> Void
  ) throws {
    try InterchangeTests.withFile(Array(head.utf8)) { path in
      let handle = try #require(FileHandle(forWritingAtPath: path))
      try handle.seekToEnd()
      let data = Data(String(repeating: piece, count: 1 << 16).utf8)
      for _ in 0..<count { try handle.write(contentsOf: data) }
      try handle.close()
      try body(path)
    }
  }

  /// Of 200 MB, of which no more is read than the longest row there may be: 2 MB here, since without optimisation 64 take
  /// half a minute.
  @Test(arguments: ["user,time,event\nu,2025-01-01,", "{\"user\":\"u\",\"time\":1,\"event\":\"e\"}\n{\"user\":\""])
  func oneCellWithoutEnd(head: String) throws {
    // 3,200 pieces of 64 KiB.
    try withFile(head, "x", count: 3_200) { path throws in
      let tooLong = Diagnostic(
        .loadRowTooLong, "a row is longer than 2 MB; a quote may be open", place: "events.csv:2")
      #expect(throws: tooLong) { try EventFile(path: path, longestRow: 2 << 20).load() }
    }
  }

  /// Every kind, in a file of many parts that are read at once.
  @Test(arguments: [
    ("x,2025-01-01,true", ["n text", "due time", "flag truth"], "n=x due=2025-01-01T00:00:00Z flag=true"),
    ("1,never,true", ["n number", "due text", "flag truth"], "n=1 due=never flag=true"),
    ("1,2025-01-01,1", ["n number", "due time", "flag text"], "n=1 due=2025-01-01T00:00:00Z flag=1"),
    ("007,2025-02-30,TRUE", ["n text", "due text", "flag truth"], "n=007 due=2025-02-30 flag=true"),
  ])
  func kindsThatTheLastRowChanges(last: String, kinds: [String], written: String) throws {
    let row = "u,2025-01-01,e,1.50,2025-03-01 10:00,false\n"
    let text = "user,time,event,n,due,flag\n" + String(repeating: row, count: 6_000) + "v,2025-01-01,e,\(last)\n"
    var options = LoadOptions(maxBadShare: 0, buckets: 1)
    (options.leastSegment, options.blockSize) = (20_000, 4_096)
    let result = try loaded(text, options)
    #expect(result.summary.properties.map { "\($0.name) \($0.kind)" } == kinds)
    let lines = result.store.lines
    #expect(lines.last == "v 2025-01-01T00:00:00Z e \(written)")
    // What is text now is as it was written, in every row before.
    let n = kinds[0] == "n text" ? "1.50" : "1.5"
    let due = kinds[1] == "due text" ? "2025-03-01 10:00" : "2025-03-01T10:00:00Z"
    #expect(Set(lines.dropLast()) == ["u 2025-01-01T00:00:00Z e n=\(n) due=\(due) flag=false"])
    #expect(lines.count == 6_001)
  }

  /// Times that no calendar has, or that are too far away to count in microseconds.
  @Test(arguments: [
    "-62135596801", "-99999999999", "-62135596800001", "-62135596800000001", "0001-01-01T00:00:00+00:01", "0000-12-31",
    "9999-12-31T23:59:59-00:01", "9999-12-31 23:59:59 -18:00", "10000-01-01", "-0001-01-01", "2025-00-01", "2025-01-00",
    "2023-02-29", "2025-01-01T00:00:60+99:00",
    "100000000000000000", "-100000000000000000", "9223372036854775808", "99999999999999999999999", "1e30", "nan",
  ])
  func instantsOutOfRange(cell: String) throws {
    let good = String(repeating: "u,1735689600,e\n", count: 3)
    let error = try failure("user,time,event\n\(good)u,\(cell),e\n")
    #expect(
      error.line
        == "events.csv:5: bad rows: 1 of 4, more than 1%; the first: '\(cell)' is no time [load.bad-rows]")
    let json = String(repeating: "{\"user\":\"u\",\"time\":1735689600,\"event\":\"e\"}\n", count: 3)
    let other = try failure(json + "{\"user\":\"u\",\"time\":\"\(cell)\",\"event\":\"e\"}\n")
    #expect(other.message == error.message && other.place == "events.csv:4")
  }

  /// The first and the last instant that are read are read again, in each format that is written.
  @Test(arguments: EventTextFormat.allCases, ["-62135596800", "9999-12-31T23:59:59.999999Z", "0001-01-01 00:00:00"])
  func instantsAtTheEndsOfTime(format: EventTextFormat, cell: String) throws {
    let store = try loaded("user,time,event,due\nu,\(cell),e,9999-12-31T23:59:59.999999\n").store
    var written: [UInt8] = []
    try EventExport(store, as: format).write(to: { written += $0 }, advance: { _, _ in })
    let again = try InterchangeTests.withFile(written) { try EventFile(path: $0).load(LoadOptions(maxBadShare: 0)) }
      .store
    #expect(again.lines == store.lines && store.eventCount == 1)
  }

  @Test func manyDistinctValues() throws {
    let count = 200_000
    var text = "user,time,event,id\n"
    text.reserveCapacity(count * 24)
    for row in 0..<count { text += "u\(row % 9),1735689600,e,id \(row)\n" }
    var options = LoadOptions(maxBadShare: 0)
    options.leastSegment = 1 << 20
    let store = try loaded(text, options).store
    let dictionary = store.schema.properties[0].dictionary
    #expect(dictionary.count == count && Set(dictionary).count == count)
    for bucket in store.buckets {
      for row in bucket.instants.indices {
        guard case .text(let id)? = bucket.value(of: 0, at: row, in: store.schema) else { continue }
        // In load order within a customer, as all instants are the same.
        guard row % 1_000 == 0, let number = Int(id.dropFirst(3)) else { continue }
        let customer = bucket.offsets.lastIndex { Int($0) <= row } ?? 0
        #expect(bucket.customers[customer] == "u\(number % 9)")
      }
    }
  }
}
