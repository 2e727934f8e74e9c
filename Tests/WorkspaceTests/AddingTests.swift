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

  /// What one load reads, in the making; above `budget` bytes rows are put aside.
  private func draft(of rows: some Sequence<WrittenRow>, buckets: Int, budget: Int) throws -> BucketAssembly {
    var builder = EventStoreBuilder(spill: RowSpill(budget: budget, folder: folder.path), groupSize: 40)
    let properties = WrittenRow.properties.map { builder.addProperty($0) }
    for row in rows {
      builder.append(
        customer: Array(row.customer.utf8).span, event: Array(row.event.utf8).span, instant: row.instant,
        order: row.order)
      for (property, value) in zip(properties, row.values) { builder.set(property, to: Array(value.utf8).span) }
    }
    return try builder.draft(buckets: buckets)
  }

  /// Loads that are put aside, of more or fewer buckets than there are partitions: some rows go beside buckets, some into them, and
  /// some into several times as many.
  @Test(arguments: 1...24) func loadsOneAfterAnotherAreOneLoad(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var (all, buckets) = ([WrittenRow](), 1 << random.next(3))
    for load in 0..<5 {
      let count = load == 0 ? 600 : load == 1 ? 3 : [0, 3, 60, 700][random.next(4)]
      let rows = (0..<count).map { _ in WrittenRow(&random) }
      let own = load == 0 ? buckets : load == 2 ? buckets << (1 + random.next(5)) : load == 1 ? 1 : 1 << random.next(2)
      all += rows
      buckets = max(buckets, own)
      let changes = try workspace.addEvents(
        draft(of: rows, buckets: own, budget: random.next(2) * 4_000), to: "main", at: minute(load))
      #expect(changes == [])
      if load == 1 { #expect(try layers().contains { $0.layer == 1 }, "little is kept beside") }
      if load == 2 { #expect(try layers().map(\.bucket) == Array(0..<buckets), "all is written anew") }
      let expected = try EventStore(draft(of: all, buckets: buckets, budget: .max))
      let store = try Workspace(opening: folder.file()).events("main")
      #expect(Contents(store) == Contents(expected), "load \(load)")
      #expect(store.faults?.count == 0)
    }
    let summary = try #require(try workspace.storedEvents().first)
    let expected = try EventStore(draft(of: all, buckets: buckets, budget: .max))
    #expect(summary.events == all.count && summary.customers == expected.customerCount)
    #expect(summary.span.map { $0.lowerBound.microseconds...$0.upperBound.microseconds } == expected.span)
    let counts = expected.buckets.map { $0.events.histogram(expected.schema.events.count) }
    let names = try workspace.eventNames(of: "main")
    #expect(names.enumerated().allSatisfy { code, name in name.events == counts.reduce(0) { $0 + $1[code] } })
  }

  /// The same where a property is no number, or no time, any more: the store and what comes may lie in several buckets each.
  @Test(arguments: 1...8) func kindsThatDifferBecomeTextBucketByBucket(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let first = (0..<400).map { _ in WrittenRow(&random) }
    let second = (0..<400).map { _ in
      var row = WrittenRow(&random)
      row.values[1] = random.next(2) == 0 ? "none" : ""
      row.values[2] = random.next(2) == 0 ? "12" : ""
      return row
    }
    let (one, other) = (1 << random.next(4), 1 << random.next(6))
    let (expected, changes) = try EventStore(draft(of: first, buckets: one, budget: .max))
      .appending(EventStore(draft(of: second, buckets: other, budget: .max)))
    _ = try workspace.addEvents(draft(of: first, buckets: one, budget: 0), to: "main", at: minute(0))
    let draft = try draft(of: second, buckets: other, budget: 0)
    #expect(try workspace.addEvents(draft, to: "main", at: minute(1)) == changes)
    #expect(changes.map(\.property) == ["price", "due"])
    #expect(try Contents(Workspace(opening: folder.file()).events("main")) == Contents(expected))
    #expect(
      draft.tally.customers == Set(second.map(\.customer)).count, "each counts once, though buckets are made twice")
  }

  @Test func aNewPropertyWithoutValuesIsRead() throws {
    var random = SeededRandom(seed: 5)
    try workspace.saveEvents(EventStore(rows: rows(900, load: 0, &random)), as: "main", at: minute(0))
    var builder = EventStoreBuilder()
    _ = builder.addProperty("empty")
    builder.append(customer: Array("u1".utf8).span, event: Array("e1".utf8).span, instant: 0)
    _ = try workspace.addEvents(builder.draft(), to: "main", at: minute(1))
    let store = try workspace.events("main")
    #expect(store.schema.properties.last?.name == "empty" && store.schema.properties.last?.dictionary == [])
    #expect(store.faults?.count == 0)
  }

  @Test func aLoadThatIsStoppedOnTheWayChangesNothing() throws {
    var random = SeededRandom(seed: 7)
    let first = (0..<600).map { _ in WrittenRow(&random) }
    _ = try workspace.addEvents(draft(of: first, buckets: 4, budget: 0), to: "main", at: minute(0))
    let before = try Contents(workspace.events("main"))
    for buckets in [1, 16] {
      let second = try draft(of: (0..<600).map { _ in WrittenRow(&random) }, buckets: buckets, budget: 0)
      #expect(throws: WorkspaceError(.interrupted, file: folder.file())) {
        try workspace.addEvents(second, to: "main", at: minute(1)) {
          if $0 > 0.5 { workspace.interruption.interrupt() }
        }
      }
      workspace.interruption.reset()
      #expect(try Contents(workspace.events("main")) == before)
      #expect(try Contents(Workspace(opening: folder.file()).events("main")) == before)
    }
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

/// A row as a file has it. Few customers and instants, so that there are ties.
private struct WrittenRow {
  static let properties = ["page", "price", "due", "seen"]
  var customer: String
  var instant: Int64
  var event: String
  var order: Double
  var values: [String]

  init(_ random: inout SeededRandom) {
    customer = "u\(random.next(90))"
    instant = Int64(random.next(9)) * 1_000_000
    event = "e\(random.next(6))"
    order = random.next(3) == 0 ? Double(random.next(3)) : .nan
    values = [
      "p\(random.next(300))", "\(Double(random.next(100)) / 4)", "2025-07-0\(1 + random.next(9))",
      random.next(2) == 0 ? "true" : "false",
    ].map { random.next(3) == 0 ? "" : $0 }
  }
}
