import EventStore
import Foundation
import GRDB
import JourneyModel
import TestSupport
import Testing

@testable import Workspace

/// A file is, whenever its writer ends, as before a change or as after it.
@Suite struct DurabilityTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// All that a workspace holds, read anew from the file.
  struct Whole: Equatable, CustomTestStringConvertible {
    var maps: [JourneyMap]
    var history: Int
    var events: [Contents]

    init(_ path: String) throws {
      let workspace = try Workspace(opening: path)
      maps = try workspace.mapNames().map { try workspace.map($0) }
      history = try workspace.history().count
      events = try workspace.storedEvents().map { Contents(try workspace.events($0.name)) }
      let check = try workspace.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
      #expect(check == ["ok"])
    }

    var testDescription: String { "\(maps.count) maps, \(history) entries, \(events)" }
  }

  /// A file with a map and events, and what a change makes of it: everything replaced.
  static func change(_ workspace: Workspace) throws {
    try workspace.transaction { () throws(WorkspaceError) in
      try workspace.addMap(
        JourneyMap(name: "shop", title: "New"), replacing: true, at: minute(1), statement: "load map")
      try workspace.saveEvents(sampleEvents(customers: 1500, buckets: 2, seed: 2), as: "main", at: minute(1))
    }
  }

  func prepared() throws -> (file: String, before: Whole, after: Whole) {
    let file = folder.file()
    let workspace = try Workspace(opening: file, as: .new)
    try workspace.addMap(wholeMap(), at: minute(0), statement: "load map")
    try workspace.saveEvents(sampleEvents(customers: 400, buckets: 4, seed: 1), as: "main", at: minute(0))
    let changed = folder.file("changed.waymark")
    try FileManager.default.copyItem(atPath: file, toPath: changed)
    try Self.change(Workspace(opening: changed))
    return (file, try Whole(file), try Whole(changed))
  }

  @Test func filesCopiedInTheMiddleOfATransactionOpenAsBefore() throws {
    let (file, before, after) = try prepared()
    let workspace = try Workspace(opening: file)
    // So little memory that SQLite writes pages of the unfinished transaction into the file.
    try workspace.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA cache_size = 4") }
    let original = try Data(contentsOf: URL(fileURLWithPath: file))
    var (statements, copies) = (0, [String]())
    workspace.queue.inDatabase { database in
      database.trace { event in
        statements += 1
        guard statements % 5 == 0 || event.description.hasPrefix("COMMIT") else { return }
        // The database and its journal as the kernel has them: what a process that is killed here leaves behind.
        let copy = folder.file("copy\(statements)")
        try? FileManager.default.copyItem(atPath: file, toPath: copy)
        try? FileManager.default.copyItem(atPath: file + "-journal", toPath: copy + "-journal")
        copies.append(copy)
      }
    }
    try Self.change(workspace)
    var torn = 0
    for copy in copies {
      if try Data(contentsOf: URL(fileURLWithPath: copy)) != original { torn += 1 }
      #expect(try Whole(copy) == before)
    }
    #expect(copies.count > 10 && torn > 5, "pages were written before the end")
    #expect(try Whole(file) == after)
  }

  @Test(arguments: [0, 1, 3, 6, 10, 15, 25, 40, 60, 90])
  func aProcessKilledWhileWritingLeavesTheFileAsBeforeOrAfter(_ milliseconds: Int) async throws {
    let (file, before, after) = try prepared()
    await #expect(processExitsWith: .signal(SIGKILL)) { [file = file as String, milliseconds = milliseconds as Int] in
      let workspace = try Workspace(opening: file)
      DurabilityTests.killSelf(after: milliseconds)
      // Over and over, so that it is always in the middle of something.
      while true {
        try DurabilityTests.change(workspace)
        _ = try workspace.undo(at: minute(2))
      }
    }
    let whole = try Whole(file)
    // The map goes back and forth, the events only forth, and not without the map.
    #expect(whole == before || whole.events == after.events)
    #expect(whole.maps == before.maps || whole.maps == after.maps)
    try Workspace(opening: file).setZone(.utc)
    #expect(try folder.names() == ["changed.waymark", "shop.waymark"], "the next change clears the journal away")
  }

  static func killSelf(after milliseconds: Int) {
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
      kill(ProcessInfo.processInfo.processIdentifier, SIGKILL)
    }
  }

  @Test func aFullDiskChangesNothing() throws {
    let (file, before, after) = try prepared()
    let workspace = try Workspace(opening: file)
    let pages = try workspace.read { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 }
    let needed = try Workspace(opening: folder.file("changed.waymark")).read {
      try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0
    }
    for limit in stride(from: pages, to: needed, by: 2) {
      try workspace.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = \(limit)") }
      #expect(throws: WorkspaceError(.diskFull, file: file)) { try Self.change(workspace) }
      #expect(try Contents(workspace.events("main")) == before.events[0], "the same workspace goes on")
    }
    #expect(try Whole(file) == before)
    try workspace.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
    try Self.change(workspace)
    #expect(try Whole(file) == after)
  }

  /// Reads whatever can be read; what it throws is a `WorkspaceError`.
  func readAll(_ path: String) throws(WorkspaceError) -> (maps: [JourneyMap], events: [Contents], isAltered: Bool) {
    let workspace = try Workspace(opening: path)
    var maps: [JourneyMap] = []
    for name in try workspace.mapNames() {
      maps.append(try workspace.map(name))
    }
    _ = try workspace.history()
    var events: [Contents] = []
    for stored in try workspace.storedEvents() {
      let store = try workspace.events(stored.name)
      events.append(Contents(store))
      if case .damaged(let what) = store.faults?.latest {
        throw WorkspaceError(.damaged(what: what), file: path)
      }
    }
    return (maps, events, !workspace.takeAlterations().isEmpty)
  }

  @Test func aTruncatedFileIsAnErrorOrRight() throws {
    let (file, before, _) = try prepared()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    var lengths = Array(stride(from: 0, to: bytes.count, by: bytes.count / 40))
    lengths += [1, 15, 16, 99, 100, 101, 16_383, 16_384, 16_385, bytes.count - 1]
    var refused = 0
    for length in lengths {
      let cut = try folder.file("cut\(length)", holding: bytes.prefix(length))
      do {
        let read = try readAll(cut)
        #expect(read.isAltered || (read.maps == before.maps && read.events == before.events), "\(length) bytes")
      } catch {
        #expect(error.file == cut)
        #expect([.workspaceDamaged, .workspaceNotAWorkspace].contains(error.code), "\(length): \(error)")
        refused += 1
      }
    }
    // The last bytes of a page may be no more than room.
    #expect(refused >= lengths.count - 2)
  }

  @Test(arguments: 1...12) func aFileWithFlippedBytesIsAnErrorOrRight(_ seed: UInt64) throws {
    let (file, before, _) = try prepared()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    var random = SeededRandom(seed: seed)
    var refused = 0
    let used = bytes.indices.filter { bytes[$0] != 0 }
    for attempt in 0..<80 {
      var flipped = bytes
      // Every other time among what directs everything else: the header, and the starts of pages.
      let isStart = attempt % 2 == 0
      let offset =
        isStart ? random.next(bytes.count / 16_384) * 16_384 + random.next(120) : used[random.next(used.count)]
      flipped[offset] ^= UInt8(1 << random.next(8))
      let path = try folder.file("flipped", holding: flipped)
      do {
        let read = try readAll(path)
        #expect(read.events == before.events || read.isAltered, "byte \(offset)")
        #expect(read.maps == before.maps || read.isAltered, "byte \(offset)")
      } catch {
        #expect(!error.message.isEmpty && error.file == path)
        refused += 1
      }
    }
    #expect(refused > 10)
  }
}
