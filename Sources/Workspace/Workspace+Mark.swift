import GRDB

extension Workspace {
  /// A state of a workspace: equal to an earlier one only where nothing has been written meanwhile, here or by another process.
  package struct Mark: Hashable, Sendable {
    private let path: String?
    private let connection: ObjectIdentifier
    private let foreign: Int
    private let own: Int

    init(_ workspace: Workspace, _ database: Database) throws {
      (path, connection) = (workspace.path, ObjectIdentifier(workspace.queue))
      (foreign, own) = (try Workspace.changeNumber(database), database.totalChangesCount)
    }
  }

  /// What was read last, and in which state.
  struct LastRead<Value> {
    var mark: Mark
    var name: String
    var value: Value
  }

  /// What `read` gives for a name, or gave last where nothing has been written since. Within a transaction neither counts: what takes
  /// one back leaves its mark.
  func lastRead<Value>(
    _ last: ReferenceWritableKeyPath<Workspace, LastRead<Value>?>, _ name: String, _ database: Database,
    _ read: () throws -> Value
  ) throws -> Value {
    guard current == nil else { return try read() }
    let mark = try Mark(self, database)
    if let last = self[keyPath: last], last.mark == mark, last.name == name { return last.value }
    let value = try read()
    self[keyPath: last] = LastRead(mark: mark, name: name, value: value)
    return value
  }

  /// The state of this moment.
  package func mark() throws(WorkspaceError) -> Mark { try read { try Mark(self, $0) } }

  /// A number that differs from an earlier one when another process has changed the file in between: reload then.
  package func changeNumber() throws(WorkspaceError) -> Int { try read(Self.changeNumber) }

  private static func changeNumber(_ database: Database) throws -> Int {
    try CheckedRow.one(database, "PRAGMA data_version")?.integer(0) ?? 0
  }
}
