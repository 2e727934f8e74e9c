import EventStore
import Foundation
import GRDB
import JourneyTime
import TestSupport
import Testing

@testable import Workspace

/// Later loads, against the same appended in memory.
@Suite struct AddingTests {
  let folder: TemporaryFolder
  let workspace: Workspace

  init() throws {
    folder = try TemporaryFolder()
    workspace = try Workspace(opening: folder.file(), as: .new)
  }

  private func layers() throws -> [LayerRow] {
    try workspace.read { try LayerRow.all("main", $0) }
  }

  /// Few customers and instants, so that there are ties; properties come and grow with `load`.
  private func rows(_ count: Int, load: Int, _ random: inout SeededRandom) -> [EventRow] {
    (0..<count).map { number in
      var properties: [(name: String, value: PropertyValue)] = [("page", .text("p\(random.next(5 + load * 3))"))]
      if random.next(2) == 0 { properties.append(("paid", .number(Double(random.next(100)) / 4))) }
      if load > 1, random.next(3) == 0 { properties.append(("new", .truth(random.next(2) == 0))) }
      return EventRow(
        customer: "u\(random.next(60 + load * 4))", instant: Int64(random.next(9)) * 1_000_000,
        order: load > 2 && random.next(2) == 0 ? Double(random.next(3)) : nil, name: "e\(random.next(3 + load))",
        properties: properties)
    }
  }

  @Test(arguments: 1...12) func laterLoadsReadAsIfTheyWereAppended(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var expected = EventStore(rows: rows(900, load: 0, &random), buckets: 1 << Int(seed % 3))
    try workspace.saveEvents(expected, as: "main", at: minute(0))
    var hasLayers = false
    for load in 1...6 {
      let later = EventStore(rows: rows(load == 5 ? 400 : 25, load: load, &random))
      expected = expected.appending(later).store
      #expect(try workspace.addEvents(later, to: "main", at: minute(load)) == [])
      let stored = try layers()
      if stored.contains(where: { $0.layer == 1 }) { hasLayers = true }
      if load == 5 { #expect(!stored.contains { $0.layer == 1 }, "much is merged into the bucket") }
      for reader in [workspace, try Workspace(opening: folder.file())] {
        let store = try reader.events("main")
        #expect(Contents(store) == Contents(expected), "load \(load)")
        #expect(store.faults?.count == 0)
      }
      let summary = try #require(try workspace.storedEvents().first)
      #expect(summary.events == expected.eventCount && summary.customers == expected.customerCount)
      #expect(summary.span?.upperBound.microseconds == expected.span?.upperBound)
      let names = try workspace.eventNames(of: "main")
      let counts = expected.buckets.map { $0.events.histogram(names.count) }
      #expect(names.enumerated().allSatisfy { code, name in name.events == counts.reduce(0) { $0 + $1[code] } })
    }
    #expect(hasLayers)
  }

  @Test func bucketsWithoutNewRowsStayAsTheyAre() throws {
    var random = SeededRandom(seed: 3)
    try workspace.saveEvents(
      EventStore(rows: rows(2000, load: 0, &random), buckets: 8), as: "main", at: minute(0))
    func columns() throws -> [String] {
      try workspace.read {
        try String.fetchAll($0, sql: "SELECT bucket || name || checksum || rowid FROM event_column ORDER BY rowid")
      }
    }
    let before = try columns()
    let row = EventRow(customer: "u1", instant: 0, name: "e0", properties: [("page", .text("p1"))])
    _ = try workspace.addEvents(EventStore(rows: [row]), to: "main", at: minute(1))
    #expect(try columns().prefix(before.count).elementsEqual(before))
    #expect(try layers().filter { $0.layer == 1 }.map(\.head.events) == [1])
  }

  @Test func aPropertyOfAnotherKindBecomesText() throws {
    func store(_ value: PropertyValue) -> EventStore {
      EventStore(rows: [EventRow(customer: "u", instant: 0, name: "e", properties: [("x", value)])])
    }
    try workspace.saveEvents(store(.number(5)), as: "main", at: minute(0))
    let changes = try workspace.addEvents(store(.text("five")), to: "main", at: minute(1))
    #expect(changes.map(\.property) == ["x"])
    let read = try Workspace(opening: folder.file()).events("main")
    #expect(read.schema.properties[0].dictionary == ["5", "five"] && read.eventCount == 2)
  }

  @Test func nothingIsAddedToWhatCannotBeRead() throws {
    var random = SeededRandom(seed: 5)
    try workspace.saveEvents(EventStore(rows: rows(900, load: 0, &random)), as: "main", at: minute(0))
    try workspace.write {
      try $0.execute(sql: "UPDATE event_column SET checksum = checksum + 1 WHERE name = 'customers'")
    }
    let later = EventStore(rows: rows(20, load: 1, &random))
    let told = "column 'customers' of bucket 0 in events 'main': its checksum is wrong"
    #expect(throws: WorkspaceError(.damaged(what: told), file: folder.file())) {
      try workspace.addEvents(later, to: "main", at: minute(1))
    }
    #expect(try workspace.storedEvents().first?.events == 900)
  }

  @Test func whatAnotherShellSavedMeanwhileIsSaid() throws {
    try workspace.saveEvents(sampleEvents(seed: 1), as: "main", at: minute(0))
    let other = try Workspace(opening: folder.file())
    let store = try other.events("main")
    try workspace.saveEvents(sampleEvents(seed: 2), as: "main", at: minute(1))
    #expect(store.buckets[0].instants.count == store.buckets[0].eventCount)
    #expect(store.faults?.latest == .replaced("events 'main'"))
    #expect(try Contents(other.events("main")) == Contents(sampleEvents(seed: 2)), "asking again reads it")
  }
}
