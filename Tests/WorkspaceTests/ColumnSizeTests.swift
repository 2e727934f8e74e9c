import EventStore
import Foundation
import GRDB
import JourneyQuery
import JourneyTime
import Testing

@testable import Workspace

@Suite struct ColumnSizeTests {
  let folder: TemporaryFolder
  let workspace: Workspace
  let store = sampleEvents(customers: 60, buckets: 2)

  init() throws {
    folder = try TemporaryFolder()
    workspace = try Workspace(opening: folder.file(), as: .new)
    try workspace.saveEvents(store, as: "main", at: minute(0))
  }

  private func lengths(_ workspace: Workspace) throws -> [(name: String, bytes: Int)] {
    try workspace.read { database in
      try Row.fetchAll(database, sql: "SELECT name, data FROM event_column WHERE store = 'main'").map { row in
        let data: Data = row["data"]
        return (row["name"], data.count)
      }
    }
  }

  @Test func theFileHoldsWhatTheSizesSay() throws {
    // Other events in the same file are not counted, and later rows of a store are.
    try workspace.saveEvents(sampleEvents(seed: 2), as: "other", at: minute(1))
    let later = EventStore(rows: [
      EventRow(
        customer: "customer 0/1", instant: 5, order: nil, name: "visit",
        properties: [("country", .text("Neverland")), ("colour", .text("a colour that nobody had before"))])
    ])
    _ = try workspace.addEvents(later, to: "main", at: minute(2))
    let rows = try lengths(workspace)
    #expect(rows.contains { $0.name.hasPrefix("later ") })
    let sizes = try workspace.columnSizes(of: "main")
    #expect(
      sizes.map(\.name) == [
        "customers", "instants", "events", "offsets", "masks", "orders", "ties", "summary", "follows", "country",
        "price",
        "mobile", "shipped", "colour",
      ])
    #expect(sizes.reduce(0) { $0 + ($1.disk ?? 0) } == rows.reduce(0) { $0 + $1.bytes })
    for (index, size) in sizes.enumerated() {
      // The names of events, and of properties, lie with the events.
      let names =
        index < 9
        ? [size.name] + (size.name == "events" ? ["names"] : []) : ["property \(index - 9)", "dictionary \(index - 9)"]
      let expected = rows.filter { row in names.contains { row.name == $0 || row.name == "later " + $0 } }
      #expect(size.disk == expected.reduce(0) { $0 + $1.bytes }, "\(size.name)")
    }
  }

  @Test func inMemoryIsWhatWasTouched() throws {
    let reader = try Workspace(opening: folder.file())
    #expect(try reader.columnSizes(of: "main").allSatisfy { $0.memory == nil && ($0.disk ?? 0) > 0 })
    let store = try reader.events("main")
    for bucket in store.buckets { _ = (bucket.instants, bucket.properties[0]) }
    let touched = try reader.columnSizes(of: "main").filter { $0.memory != nil }
    #expect(touched.map(\.name) == ["instants", "country"])
    #expect(touched.map(\.memory) == [store.eventCount * 8, store.eventCount])
    // "NUL\0", "日本", "AT" and "" lie in the array.
    #expect(store.schema.properties[0].dictionary.count == 4)
    #expect(try reader.columnSizes(of: "main")[9].memory == store.eventCount + 4 * 16)
    reader.columnBudget = 0
    #expect(try reader.columnSizes(of: "main").allSatisfy { $0.memory == nil })
  }

  @Test func layersCountWithTheBucketTheyBelongTo() throws {
    let later = EventStore(rows: [
      EventRow(customer: "somebody else", instant: 5, order: nil, name: "visit", properties: [])
    ])
    _ = try workspace.addEvents(later, to: "main", at: minute(2))
    let reader = try Workspace(opening: folder.file())
    let store = try reader.events("main")
    for bucket in store.buckets { _ = bucket.instants }
    let rows = store.buckets.reduce(0) { sum, bucket in
      let (base, later) = bucket.layers
      return sum + base.eventCount + (later.map { $0.eventCount + bucket.eventCount } ?? 0)
    }
    let sizes = try reader.columnSizes(of: "main")
    #expect(sizes.first { $0.name == "instants" }?.memory == rows * 8)
    #expect(sizes.reduce(0) { $0 + ($1.memory ?? 0) } == reader.columnCache.bytes)
  }

  @Test func aWorkspaceWithoutAFileHasAllInMemory() throws {
    let memory = try Workspace.inMemory()
    try memory.saveEvents(store, as: "main", at: minute(0))
    let sizes = try memory.columnSizes(of: "main")
    #expect(sizes.allSatisfy { $0.disk == nil })
    let events = store.eventCount
    #expect(sizes.first { $0.name == "instants" }?.memory == events * 8)
    #expect(sizes.first { $0.name == "offsets" }?.memory == (60 + 2) * 4)
    #expect(sizes.first { $0.name == "masks" }?.memory == 60 * 8)
    // Ids of 12 and 13 bytes need no storage of their own.
    #expect(sizes.first { $0.name == "customers" }?.memory == 60 * 16)
  }
}
