import Foundation
import JourneyQuery
import JourneyTime
import SourceText
import TestSupport
import Testing

@testable import Statements

/// What the events tell of a property, by its definition: each customer's events looked through one by one.
@Suite struct PropertyTraceTests {
  @Test(arguments: 0..<12) func `who has a property at which events`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    // The longer a run, the more customers have only one value, or none.
    let values = ["", "a", "b"]
    let people = (0..<40).map { _ in
      let usual = values[random.next(3)]
      return (0...random.next(4)).map { _ in random.one(in: 3) ? values[random.next(3)] : usual }
    }
    var rows = ["customer,time,event,tag,x"]
    for (index, events) in people.enumerated() {
      for (hour, tag) in events.enumerated() { rows.append("c\(index),2025-03-01 1\(hour):00,visit,\(tag),1") }
    }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("waymark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(rows.joined(separator: "\n").utf8).write(to: folder.appendingPathComponent("e.csv"))
    let session = try Session(opening: nil, directory: folder.path) { Instant(microseconds: 0) }
    _ = try session.execute("load events \"e.csv\"")

    let tests: [ValueTest] = [.compare(.equal, .text("a")), .isMissing]
    let resolver = try session.resolver()
    let query = PropertyTraceQuery("tag", tests: tests, scope: Scope(zone: resolver.vocabulary.zone))
    let report = try query.ask(session.executor(), Run())
    let without = people.count { $0.allSatisfy(\.isEmpty) }
    let partly = people.count { $0.contains("") && $0.contains { !$0.isEmpty } }
    let changing = people.count { $0.contains("a") && $0.contains("b") }
    #expect(
      report
        == PropertyTraceReport(customers: people.count, without: without, partly: partly, changing: changing))
    let having = people.count - without
    let isWarned = partly > having / 10 && without > people.count / 10 || changing > having / 10
    #expect((PropertyTrace(name: "tag", report: report).warning != nil) == isWarned)
  }
}
