import Foundation
import GRDB
import JourneyModel
import Testing

@testable import Workspace

/// What anything but a workspace has changed in a file is noticed, whatever it is.
@Suite struct AlterationTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func prepared() throws -> (file: String, reading: WholeReading) {
    try Workspace(opening: folder.file(), as: .new).fill()
    let copy = folder.file("read.waymark")
    try FileManager.default.copyItem(atPath: folder.file(), toPath: copy)
    let workspace = try Workspace(opening: copy)
    let reading = try WholeReading(workspace)
    #expect(workspace.takeAlterations().isEmpty)
    return (folder.file(), reading)
  }

  private func change(_ file: String, _ sql: String) throws {
    let queue = try DatabaseQueue(path: file)
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
  }

  /// SQL that changes one cell, whatever it holds.
  private static func altered(_ column: String) -> String {
    """
    CASE typeof("\(column)")
      WHEN 'null' THEN 'x' WHEN 'integer' THEN "\(column)" + 1
      WHEN 'blob' THEN CAST(x'58' || substr("\(column)", 2) AS BLOB) ELSE 'x' || substr("\(column)", 2) END
    """
  }

  /// SQL for every cell of the first and the last row of a table, and for each of these rows taken away.
  private func changes(of table: String, in file: String) throws -> [String] {
    let queue = try DatabaseQueue(path: file)
    defer { try? queue.close() }
    return try queue.read { database in
      let columns = try database.columns(in: table).map(\.name)
      let keys = try database.primaryKey(table).columns.map { "\"\($0)\"" }
      return ["ASC", "DESC"].flatMap { order -> [String] in
        let (list, ordered) = (keys.joined(separator: ", "), keys.map { "\($0) \(order)" }.joined(separator: ", "))
        let row = "WHERE (\(list)) IN (SELECT \(list) FROM \"\(table)\" ORDER BY \(ordered) LIMIT 1)"
        return columns.map { "UPDATE \"\(table)\" SET \"\($0)\" = \(Self.altered($0)) \(row)" }
          + ["DELETE FROM \"\(table)\" \(row)"]
      }
    }
  }

  private static let tables: [String] =
    [
      "map", "note", "link", "touchpoint", "stage", "kpi", "history", "snapshot", "event_store", "event_name",
      "property",
    ]
    + ["layer", "event_column", "source", "saved_value", "saved_result", "segment", "step", "setting", "sealed"]
    + ["customer", "survey", "answer", "cost", "identity", "detail", "emotion", "quote", "backstage"]

  @Test(arguments: tables) func everyCellAndEveryRowCounts(_ table: String) throws {
    let (file, reading) = try prepared()
    let (copy, changes) = (folder.file("copy.waymark"), try changes(of: table, in: file))
    #expect(changes.count >= 6)
    var met = 0
    for sql in changes {
      try? FileManager.default.removeItem(atPath: copy)
      try FileManager.default.copyItem(atPath: file, toPath: copy)
      // Some would leave two rows with one key, or none where there has to be one.
      do { try change(copy, sql) } catch { continue }
      let workspace = try Workspace(opening: copy)
      do {
        let altered = try WholeReading(workspace)
        let isSilent = workspace.takeAlterations().isEmpty
        #expect(altered == reading || !isSilent, "\(sql)")
        if !isSilent { met += 1 }
      } catch let error as WorkspaceError {
        #expect(!error.message.isEmpty, "\(sql)")
        // The undo does not apply to a map that was changed, which is said too.
        if case .unfit = error.fact { #expect(!workspace.takeAlterations().isEmpty, "\(sql): \(error)") }
        met += 1
      }
    }
    #expect(met >= changes.count / 3)
  }

  /// Rows whose sum is lost are no empty table.
  @Test(arguments: ["customer", "answer of asked", "cost", "identity"]) func aLostSumIsDamage(_ name: String) throws {
    let (file, _) = try prepared()
    let copy = folder.file("copy.waymark")
    try? FileManager.default.removeItem(atPath: copy)
    try FileManager.default.copyItem(atPath: file, toPath: copy)
    let sums = try DatabaseQueue(path: copy).write { database in
      let names = try String.fetchAll(database, sql: "SELECT name FROM sealed")
      try database.execute(sql: "DELETE FROM sealed WHERE name LIKE ?", arguments: [name.prefix(6) + "%"])
      return names
    }
    #expect(sums.contains { $0.hasPrefix(name.prefix(6)) }, "\(sums)")
    #expect(throws: WorkspaceError.self) { try WholeReading(Workspace(opening: copy)) }
  }

  @Test func aMapChangedByHandIsReadAsItIsAndToldOnce() throws {
    let (file, _) = try prepared()
    try change(file, "UPDATE touchpoint SET emotion = 2 WHERE name = 'Ad'; DELETE FROM goal")
    let workspace = try Workspace(opening: file)
    _ = try workspace.map("other")
    #expect(workspace.takeAlterations().isEmpty, "the other map is as it was")
    let map = try workspace.map("shop")
    #expect(map.element(ElementReference(.touchpoint, "Ad"))?.attributes[.emotion] == [.integer(2)])
    #expect(map.all(.goal).isEmpty)
    #expect(workspace.takeAlterations().map(\.part) == [.map("shop")])
    _ = try workspace.map("shop")
    #expect(workspace.takeAlterations().isEmpty, "said once")
    try change(file, "UPDATE touchpoint SET emotion = 1 WHERE name = 'Ad'")
    _ = try workspace.map("shop")
    #expect(workspace.takeAlterations().map(\.part) == [.map("shop")], "changed again")
    // The next edit makes the map ours again.
    _ = try workspace.edit("shop", map.edit(retitling: "T"), at: minute(9), statement: "title")
    let again = try Workspace(opening: file)
    _ = try again.map("shop")
    #expect(again.takeAlterations().isEmpty)
  }

  @Test func whatIsSaidNamesThePartAndWhatToDo() throws {
    func said(_ part: Alteration.Part) -> String { Alteration(file: "a.waymark", part: part, state: 0).message }
    let by = "in 'a.waymark' was changed by something other than waymark"
    #expect(said(.map("shop")) == "map 'shop' \(by)")
    #expect(said(.snapshot("first", map: "shop")) == "snapshot 'first' of map 'shop' \(by)")
    #expect(said(.change(3)) == "change 3 of the history \(by)")
    #expect(said(.saved(.value, "w")) == "$w \(by)")
    #expect(said(.saved(.segment, "vips")) == "segment 'vips' \(by)")
    #expect(
      said(.rows(table: "setting"))
        == "rows of table 'setting' in 'a.waymark' were added or taken away by something other than waymark")
    #expect(!Alteration(file: nil, part: .map("x"), state: 0).hint.isEmpty)
  }

  /// The next change of a table makes what is missing in it ours, as with maps; an altered row stays one.
  @Test func whatWasTakenAwayIsSettledByTheNextChange() throws {
    let (file, _) = try prepared()
    try change(file, "DELETE FROM step WHERE name = 'a'; UPDATE segment SET text = 'did nothing' WHERE name = 'b'")
    func parts() throws -> [Alteration.Part] {
      let workspace = try Workspace(opening: file)
      for kind in Workspace.SavedKind.allCases { _ = try workspace.saved(kind) }
      return workspace.takeAlterations().map(\.part)
    }
    #expect(try parts() == [.saved(.segment, "b"), .rows(table: "step")])
    try Workspace(opening: file).save(SavedText(name: "c", text: "event c", at: minute(1)), as: .step)
    try Workspace(opening: file).save(SavedText(name: "c", text: "did c", at: minute(1)), as: .segment)
    #expect(try parts() == [.saved(.segment, "b")])
    try Workspace(opening: file).save(SavedText(name: "b", text: "did b", at: minute(1)), as: .segment)
    #expect(try parts().isEmpty)
  }
}
