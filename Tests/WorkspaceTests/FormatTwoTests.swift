import EventStore
import Foundation
import GRDB
import JourneyModel
import JourneyTime
import Testing

@testable import Workspace

/// A file that was written in format 2, which had no seals: `Fixtures/format-2.sql` is the dump of one.
@Suite struct FormatTwoTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let dump = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "Fixtures/format-2.sql")
    let queue = try DatabaseQueue(path: folder.file())
    let sql = try String(contentsOf: dump, encoding: .utf8)
    try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    try queue.close()
  }

  private func check(_ workspace: Workspace) throws {
    let reading = try WholeReading(workspace, undoing: false)
    #expect(reading.maps.map(\.name) == ["trial"])
    #expect(reading.maps[0].all(.touchpoint).map(\.name) == ["Trolley"])
    #expect(reading.snapshots[0].all(.touchpoint).map(\.name) == ["Basket"])
    #expect(reading.zone == "Europe/Oslo")
    #expect(reading.saved.map { $0.map(\.name) } == [["w"], ["main"], ["vips"], ["pay"]])
    #expect(reading.sources.map(\.file) == ["events.csv"])
    #expect(reading.stores.map(\.events) == [6])
    #expect(
      reading.names == [
        ["visit", "cart", "purchase"].map {
          StoredEventName(name: $0, events: $0 == "visit" ? 3 : $0 == "cart" ? 2 : 1)
        }
      ])
    #expect(reading.events[0].buckets.map(\.customers.count) == [3])
    #expect(reading.history.map(\.state) == [.done, .done, .done, .done, .done, .done, .undone, .undo])
    #expect(workspace.takeAlterations().isEmpty)
  }

  @Test func itIsReadAsItIsWhereItMayNotBeWritten() throws {
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.file()))
    try check(Workspace(opening: folder.file(), as: .readOnly))
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file())) == before)
  }

  @Test func itIsSealedWhenItIsOpened() throws {
    try check(Workspace(opening: folder.file()))
    try check(Workspace(opening: folder.file(), as: .readOnly))
    let workspace = try Workspace(opening: folder.file())
    #expect(try workspace.read { try Schema.format(of: $0) } == Schema.version)
    #expect(try workspace.redo(at: minute(1)).map(\.statement) == ["add goal Growth"])
    #expect(try workspace.undo(99, at: minute(1)).count == 7)
    try workspace.write { try $0.execute(sql: "UPDATE step SET text = 'refund'; DELETE FROM source") }
    _ = try (workspace.saved(.step), workspace.sources())
    #expect(workspace.takeAlterations().map(\.part) == [.saved(.step, "pay"), .rows(table: "source")])
  }

  @Test func itsTablesAreThenThoseOfANewFile() throws {
    _ = try Workspace(opening: folder.file())
    _ = try Workspace(opening: folder.file("new.waymark"), as: .new)
    func tables(_ file: String) throws -> [String] {
      try DatabaseQueue(path: file).read {
        try String.fetchAll($0, sql: "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name")
      }
    }
    #expect(try tables(folder.file()) == tables(folder.file("new.waymark")))
  }
}
