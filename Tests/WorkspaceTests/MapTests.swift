import Foundation
import GRDB
import JourneyModel
import JourneyTime
import Testing

@testable import Workspace

@Suite struct MapTests {
  let folder: TemporaryFolder
  let workspace: Workspace

  init() throws {
    folder = try TemporaryFolder()
    workspace = try Workspace(opening: folder.file(), as: .new)
  }

  func reopened() throws -> Workspace { try Workspace(opening: folder.file()) }

  @Test func aMapWithEverythingReadsBackExactly() throws {
    let map = try wholeMap()
    try workspace.addMap(map, at: minute(0), statement: "load map")
    #expect(try reopened().map("shop") == map)
    #expect(try reopened().activeMapName() == "shop")
    let again = try reopened()
    _ = try again.map("shop")
    #expect(again.takeAlterations().isEmpty)
  }

  @Test func rowsReadWell() throws {
    try workspace.addMap(wholeMap(), at: minute(0), statement: "load map")
    let row = try workspace.read { database in
      try Row.fetchOne(
        database,
        sql: "SELECT map, position, parent_kind, parent, channel, note, status, since FROM touchpoint WHERE name = 'Ad'"
      )
    }
    #expect(
      row == [
        "map": "shop", "position": 1, "parent_kind": "stage", "parent": "Awareness",
        "channel": "email, \"a, b\", \" blank \"",
        "note": "\"first\", \"\\\"second\\\"\", \"a, b\"", "status": "\"\\\"quoted\\\" from the start\"",
        "since": "2025-Q3",
      ])
    let targets = try workspace.read { try String.fetchAll($0, sql: "SELECT target FROM kpi ORDER BY position") }
    #expect(targets == ["30", "0.1", "7%", "1d12h", "at most 1d12h"])
  }

  /// A map that is kept for the next reading is not one that was taken back since.
  @Test func whatIsTakenBackIsNotReadAgain() throws {
    let map = JourneyMap(name: "m")
    try workspace.addMap(map, at: minute(0), statement: "new map m")
    #expect(try workspace.map("m") == map)
    let edit = try map.edit(adding: .stage, "A")
    #expect(throws: WorkspaceError(.interrupted, file: folder.file())) {
      try workspace.transaction { () throws(WorkspaceError) in
        let edited = try workspace.edit("m", edit, at: minute(1), statement: "add stage A")
        let read = try workspace.map("m")
        #expect(read == edited)
        throw WorkspaceError(.interrupted, file: nil)
      }
    }
    #expect(try workspace.map("m") == map)
  }

  @Test func undoAndRedoSurviveARestart() throws {
    var map = JourneyMap(name: "m")
    try workspace.addMap(map, at: minute(0), statement: "new map m")
    var states = [map]
    for name in ["A", "B", "C"] {
      let edit = try map.edit(adding: .stage, name)
      map = try workspace.edit("m", edit, at: minute(states.count), statement: "add stage \(name)")
      states.append(map)
    }
    #expect(try reopened().undo(2, at: minute(10)).map(\.statement) == ["add stage C", "add stage B"])
    #expect(try reopened().map("m") == states[1])
    #expect(try reopened().redo(at: minute(11)).map(\.statement) == ["add stage B"])
    #expect(try reopened().map("m") == states[2])
    // A new edit makes what was undone unreachable.
    let other = try workspace.map("m").edit(adding: .stage, "D")
    let last = try workspace.edit("m", other, at: minute(12), statement: "add stage D")
    #expect(try reopened().redo(at: minute(13)).isEmpty)
    #expect(try workspace.undo(99, at: minute(14)).count == 4)
    #expect(try workspace.mapNames().isEmpty)
    #expect(try workspace.redo(99, at: minute(15)).count == 4)
    #expect(try workspace.map("m") == last)
    let history = try workspace.history(of: "m")
    #expect(history.filter { $0.state == .dropped }.map(\.statement) == ["add stage C"])
    #expect(history.map(\.sequence) == Array(1...history.count))
  }

  @Test func makingReplacingAndRemovingCanBeUndone() throws {
    let first = try wholeMap()
    let second = JourneyMap(name: "shop", title: "Another")
    try workspace.addMap(first, at: minute(0), statement: "one")
    #expect(throws: WorkspaceError(.taken(kind: "map", name: "shop"), file: folder.file())) {
      try workspace.addMap(second, at: minute(1), statement: "two")
    }
    try workspace.addMap(second, replacing: true, at: minute(1), statement: "two")
    try workspace.removeMap("shop", at: minute(2), statement: "three")
    #expect(try workspace.activeMapName() == nil)
    _ = try workspace.undo(at: minute(3))
    #expect(try workspace.map("shop") == second)
    #expect(try workspace.activeMapName() == "shop")
    _ = try workspace.undo(at: minute(4))
    #expect(try workspace.map("shop") == first)
    #expect(try workspace.redo(5, at: minute(5)).map(\.statement) == ["two", "three"])
    #expect(try workspace.mapNames().isEmpty)
  }

  @Test func theMapOfAnyTimeCanBeTold() throws {
    var map = JourneyMap(name: "m")
    try workspace.addMap(map, at: minute(1), statement: "new map m")
    // What the map was from each minute on, undos and a rename among the changes.
    var seen: [(time: Int, map: JourneyMap)] = [(1, map)]
    func record(_ time: Int, _ name: String = "m") throws { seen.append((time, try workspace.map(name))) }
    for (time, name) in [(2, "A"), (3, "B"), (4, "C")] {
      map = try workspace.edit("m", map.edit(adding: .stage, name), at: minute(time), statement: "add")
      try record(time)
    }
    _ = try workspace.undo(2, at: minute(5))
    try record(5)
    _ = try workspace.redo(at: minute(6))
    try record(6)
    map = try workspace.edit("m", workspace.map("m").edit(retitling: "T"), at: minute(7), statement: "title")
    try record(7)
    _ = try workspace.edit("m", .renameMap(from: "m", to: "n"), at: minute(8), statement: "rename")
    try record(8, "n")
    for (time, state) in seen { #expect(try workspace.map("n", asOf: minute(time)) == state, "minute \(time)") }
    #expect(try workspace.map("n", asOf: minute(0)) == nil)
    #expect(try workspace.map("n", asOf: minute(100)) == seen.last?.map)
  }

  @Test func snapshotsStayAsTheyWere() throws {
    let map = try wholeMap()
    try workspace.addMap(map, at: minute(0), statement: "load")
    try workspace.takeSnapshot("before", of: "shop", at: minute(1))
    _ = try workspace.edit("shop", map.edit(adding: .stage, "Late"), at: minute(2), statement: "add")
    _ = try workspace.edit("shop", .renameMap(from: "shop", to: "store"), at: minute(3), statement: "rename")
    #expect(try reopened().map("store", inSnapshot: "before") == map)
    #expect(try reopened().snapshots(of: "store") == [MapSnapshot(map: "store", name: "before", at: minute(1))])
    #expect(throws: WorkspaceError(.taken(kind: "snapshot", name: "before"), file: folder.file())) {
      try workspace.takeSnapshot("before", of: "store", at: minute(4))
    }
    #expect(throws: WorkspaceError(.unknown(kind: "snapshot", name: "after"), file: folder.file())) {
      try workspace.map("store", inSnapshot: "after")
    }
  }

  @Test func anEditThatDoesNotApplyChangesNothing() throws {
    let map = try wholeMap()
    try workspace.addMap(map, at: minute(0), statement: "load")
    let history = try workspace.history()
    let missing = MapEdit.delete(element: Element(.stage, "Nowhere"), position: 0)
    let unfit = WorkspaceError(.unfit(.elementUnknown(.stage, "Nowhere", nearest: nil)), file: folder.file())
    #expect(throws: unfit) { try workspace.edit("shop", missing, at: minute(1), statement: "remove") }
    #expect(try workspace.map("shop") == map)
    #expect(try workspace.history() == history)
  }

  @Test func aChangeThatFailsInATransactionIsUndoneAlone() throws {
    let map = try wholeMap("kept")
    try workspace.transaction { () throws(WorkspaceError) in
      try workspace.addMap(map, at: minute(0), statement: "load")
      #expect(throws: WorkspaceError(.interrupted, file: folder.file())) {
        try workspace.saveEvents(sampleEvents(), as: "main", at: minute(0)) {
          if $0 > 0.5 { workspace.interruption.interrupt() }
        }
      }
      workspace.interruption.reset()
    }
    #expect(try reopened().mapNames() == ["kept"])
    #expect(try reopened().storedEvents().isEmpty)
    #expect(throws: WorkspaceError.self) { try workspace.events("main") }
  }

  @Test func severalChangesCanBeOneTransaction() throws {
    let map = try wholeMap()
    #expect(throws: WorkspaceError(.interrupted, file: folder.file())) {
      try workspace.transaction { () throws(WorkspaceError) in
        try workspace.addMap(map, at: minute(0), statement: "load")
        try workspace.saveEvents(sampleEvents(), as: "main", at: minute(0))
        throw WorkspaceError(.interrupted, file: nil)
      }
    }
    #expect(try workspace.mapNames().isEmpty)
    #expect(try workspace.storedEvents().isEmpty)
    #expect(throws: WorkspaceError.self) { try workspace.events("main") }
  }
}
