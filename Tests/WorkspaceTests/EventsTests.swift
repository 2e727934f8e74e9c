import EventStore
import Foundation
import GRDB
import JourneyTime
import Testing

@testable import Workspace

@Suite struct EventsTests {
  let folder: TemporaryFolder
  let workspace: Workspace

  init() throws {
    folder = try TemporaryFolder()
    workspace = try Workspace(opening: folder.file(), as: .new)
  }

  func reopened() throws -> Workspace { try Workspace(opening: folder.file()) }

  @Test(arguments: 1...20) func anyStoreReadsBackExactly(_ seed: UInt64) throws {
    let store = sampleEvents(customers: Int(seed) * 3 - 2, buckets: 1 << Int(seed % 3), seed: seed)
    try workspace.saveEvents(store, as: "main", at: minute(0))
    #expect(try Contents(reopened().events("main")) == Contents(store))
  }

  @Test func aStoreWithoutEventsReadsBack() throws {
    let store = EventStore(
      schema: StoreSchema(),
      buckets: [Bucket(customers: [], offsets: [0], instants: [], events: .narrow([]), orders: nil, properties: [])])
    try workspace.saveEvents(store, as: "empty", at: minute(0))
    #expect(try Contents(reopened().events("empty")) == Contents(store))
    #expect(try reopened().storedEvents().first?.span == nil)
  }

  @Test func summariesAreRows() throws {
    let store = sampleEvents()
    try workspace.saveEvents(store, as: "main", at: minute(7))
    let summary = try #require(try reopened().storedEvents().first)
    #expect(summary.name == "main" && summary.events == store.eventCount && summary.customers == 40)
    #expect(summary.span?.lowerBound.microseconds == store.span?.lowerBound)
    #expect(summary.span?.upperBound.microseconds == store.span?.upperBound)
    #expect(summary.savedAt == minute(7))
    let names = try reopened().eventNames(of: "main")
    #expect(names.map(\.name) == store.schema.events)
    #expect(names.reduce(0) { $0 + $1.events } == store.eventCount)
    #expect(try reopened().properties(of: "main").map(\.name) == store.schema.properties.map(\.name))
  }

  @Test func savingAgainReplacesAndForgettingForgets() throws {
    let source = LoadedSource(
      kind: "events", store: "main", file: "a.csv", size: 10, fingerprint: "f", rows: 3, badRows: 0, at: minute(0),
      roles: "customer user")
    try workspace.saveEvents(sampleEvents(seed: 1), as: "main", from: source, at: minute(0))
    try workspace.saveEvents(sampleEvents(seed: 2), as: "other", at: minute(1))
    let third = sampleEvents(customers: 4, buckets: 1, seed: 3)
    let other = try Workspace(opening: folder.file())
    _ = try other.events("main")
    try workspace.saveEvents(third, as: "main", at: minute(2))
    #expect(try Contents(other.events("main")) == Contents(third), "what another shell saved is seen")
    #expect(try workspace.storedEvents().map(\.name) == ["main", "other"])
    #expect(try workspace.activeEventsName() == "main")
    #expect(try reopened().source(like: source) == source)
    try workspace.forgetEvents("main")
    #expect(try workspace.storedEvents().map(\.name) == ["other"])
    #expect(try workspace.source(like: source) == nil)
    #expect(throws: WorkspaceError(.unknown(kind: "events", name: "main"), file: folder.file())) {
      try workspace.events("main")
    }
  }

  @Test func compactingGivesRoomBack() throws {
    try workspace.saveEvents(sampleEvents(customers: 4000, buckets: 1), as: "main", at: minute(0))
    func size() throws -> Int { try Data(contentsOf: URL(fileURLWithPath: folder.file())).count }
    let before = try size()
    try workspace.forgetEvents("main")
    #expect(try size() == before)
    try workspace.compact()
    #expect(try size() < before - 100_000)
  }

  @Test func aSavingThatIsStoppedChangesNothing() throws {
    let store = sampleEvents(seed: 1)
    try workspace.saveEvents(store, as: "main", at: minute(0))
    #expect(throws: WorkspaceError(.interrupted, file: folder.file())) {
      try workspace.saveEvents(sampleEvents(seed: 2), as: "main", at: minute(1)) {
        if $0 > 0.5 { workspace.interruption.interrupt() }
      }
    }
    workspace.interruption.reset()
    #expect(try Contents(workspace.events("main")) == Contents(store))
    #expect(try Contents(reopened().events("main")) == Contents(store))
  }

  @Test func aDamagedColumnNamesItselfAndTheRestIsRead() throws {
    let store = sampleEvents()
    try workspace.saveEvents(store, as: "main", at: minute(0))
    func damage(_ bucket: Int, _ column: String) throws -> Workspace {
      let copy = folder.file("copy-\(bucket)-\(column).waymark")
      try FileManager.default.copyItem(atPath: folder.file(), toPath: copy)
      let damaged = try Workspace(opening: copy)
      try damaged.write {
        try $0.execute(
          sql: """
            UPDATE event_column SET data = CAST(substr(data, 1, length(data) - 1) || x'55' AS BLOB)
            WHERE bucket = ? AND name = ?
            """, arguments: [bucket, column])
      }
      return damaged
    }
    let price = try damage(1, "property 1").events("main")
    #expect(price.faults?.count == 0, "nothing is read before it is asked for")
    _ = price.buckets[1].properties[1]
    let told = "column 'property price' of bucket 1 in events 'main': its checksum is wrong"
    #expect(price.faults?.latest == .damaged(told))
    #expect(BucketContents(price.buckets[0]) == BucketContents(store.buckets[0]))
    #expect(price.buckets[1].instants == store.buckets[1].instants)
    #expect(price.buckets[1].properties[0] == store.buckets[1].properties[0])
    #expect(price.faults?.count == 1, "the rest is still read")
    guard case .number(_, let present) = price.buckets[1].properties[1] else { throw Unexpected() }
    #expect(present == Bitmap(count: store.buckets[1].eventCount))

    let half = try damage(0, "offsets").events("main")
    #expect(half.buckets[0].offsets.count == store.buckets[0].offsets.count)
    #expect(
      half.faults?.latest == .damaged(told.replacing("property price' of bucket 1", with: "offsets' of bucket 0")))
    #expect(BucketContents(half.buckets[1]) == BucketContents(store.buckets[1]))
    let names = try damage(-1, "dictionary 0").events("main")
    #expect(names.schema.properties[0].dictionary.count == store.schema.properties[0].dictionary.count)
    #expect(names.faults?.latest == .damaged("column 'dictionary country' in events 'main': its checksum is wrong"))
  }

  struct Unexpected: Error {}

  @Test func aWorkspaceInMemoryGoesOnInItsFile() throws {
    let memory = try Workspace.inMemory()
    #expect(!memory.hasUnsavedChanges)
    let (map, store) = (try wholeMap(), sampleEvents())
    try memory.addMap(map, at: minute(0), statement: "load map")
    try memory.saveEvents(store, as: "main", at: minute(0))
    #expect(memory.hasUnsavedChanges)
    #expect(throws: WorkspaceError(.exists, file: folder.file())) {
      try memory.save(copyTo: folder.file(), goOnThere: true)
    }
    let target = folder.file("saved.waymark")
    try memory.save(copyTo: target, goOnThere: true)
    #expect(memory.path == target && !memory.hasUnsavedChanges)
    _ = try memory.undo(at: minute(1))
    let opened = try Workspace(opening: target)
    #expect(try Contents(opened.events("main")) == Contents(store))
    #expect(try opened.mapNames().isEmpty)
    #expect(try folder.names() == ["saved.waymark", "shop.waymark"])
    try memory.save(copyTo: target, goOnThere: true)
    try memory.save(copyTo: folder.file("again.waymark"), goOnThere: false)
    #expect(try Contents(Workspace(opening: folder.file("again.waymark")).events("main")) == Contents(store))
    #expect(memory.path == target)
  }

  @Test func textsUnderNamesAndSettingsAreKept() throws {
    let value = SavedText(name: "window", text: "7d", at: minute(1))
    try workspace.save(SavedText(name: "window", text: "30d", at: minute(0)), as: .value)
    try workspace.save(value, as: .value)
    try workspace.save(SavedText(name: "window", text: "event visit", at: minute(2)), as: .step)
    try workspace.setZone(try #require(Zone("Europe/Oslo")))
    #expect(try reopened().saved(.value) == [value])
    #expect(try reopened().saved(.step).map(\.text) == ["event visit"])
    #expect(try reopened().zone()?.identifier == "Europe/Oslo")
    try workspace.removeSaved("window", .value)
    #expect(try reopened().saved(.value).isEmpty)
  }
}
