import EventStore
import Foundation
import GRDB
import JourneyModel
import Outside
import WholeFiles

/// A `.waymark` file, or one in memory until it is saved: maps with their history, events, saved names.
///
/// Owns the connection to the database; the session owns the workspace, and uses it from one thread at a time. Every method
/// that changes something is one transaction, unless it runs inside `transaction`; when it throws, nothing has changed.
package final class Workspace {
  /// The file, as it was given; nil in memory.
  package internal(set) var path: String?
  package internal(set) var isReadOnly: Bool
  /// Changes that would be lost on leaving: always false with a file. The session may set it false for what is no loss, as a sample.
  package var hasUnsavedChanges = false

  /// Tells whether the file at `path` is still the one that was opened; nil in memory.
  var identity: FileIdentity?
  var alterations = Alterations()
  let patience: Double
  /// Stops what this workspace, and others that were given the same, are doing.
  package let interruption: Interruption
  var queue: DatabaseQueue
  /// The transaction that is open, while `transaction` runs.
  var current: Database?
  /// Events whose columns are not in the database yet (a workspace in memory) or were read from it, by name.
  var heldEvents: [String: HeldEvents] = [:]
  /// Most statements and prompts ask for the same map, and for the names of the same events.
  var lastMap: LastRead<JourneyMap?>?
  var lastNames: LastRead<[StoredEventName]>?
  var lastPeople: LastRead<PersonTable?>?
  /// Rows of people stay in memory until other ones are written.
  var heldPeople: HeldPeople?
  /// Likewise whom ids belong to.
  var heldIdentities: (sum: RowSum, map: IdentityMap)?
  let columnCache = ColumnCache(budget: Int(clamping: ProcessInfo.processInfo.physicalMemory / 2))
  /// Bytes of decoded columns that are kept; those of the buckets that are being read come on top.
  package var columnBudget: Int {
    get { columnCache.budget }
    set { columnCache.budget = newValue }
  }

  package enum Opening: Sendable {
    /// Throws `missing` where there is no file.
    case existing
    case existingOrNew
    /// Throws `exists` where there is one.
    case new
    case readOnly
  }

  /// Opens a file, or makes it. One that cannot be written opens for reading (`isReadOnly`).
  ///
  /// - Parameter patience: seconds to wait where another process is writing.
  package convenience init(
    opening file: OutsideFile, as opening: Opening = .existing, patience: Double = 2,
    interruption: Interruption = Interruption()
  ) throws(WorkspaceError) {
    try self.init(opening: file.path, as: opening, patience: patience, interruption: interruption)
  }

  init(
    opening path: String, as opening: Opening = .existing, patience: Double = 2,
    interruption: Interruption = Interruption()
  ) throws(WorkspaceError) {
    let place = try WorkspaceFile.place(path)
    let state = try WorkspaceFile.state(place, file: path)
    switch (state, opening) {
    case (.missing, .existing), (.missing, .readOnly): throw WorkspaceError(.missing, file: path)
    case (.empty, .existing), (.empty, .readOnly):
      throw WorkspaceError(.notAWorkspace(found: "an empty file"), file: path)
    case (.database, .new): throw WorkspaceError(.exists, file: path)
    default: break
    }
    let isWritable = WorkspaceFile.isWritable(place)
    guard isWritable || state == .database else {
      throw WorkspaceError(.unwritable(reason: "no such directory, or no permission"), file: path)
    }
    self.path = path
    (self.patience, self.interruption) = (patience, interruption)
    isReadOnly = opening == .readOnly || !isWritable
    do {
      if !isReadOnly { WholeFile.clearLeftovers(of: place) }
      if state == .missing { try Self.make(at: place, orOpen: opening == .existingOrNew, interruption) }
      queue = try DatabaseQueue(
        path: place.path,
        configuration: WorkspaceFile.configuration(
          for: isReadOnly ? .reading : .writing, interruption, patience: patience))
      try Self.prepare(queue, file: path, isReadOnly: isReadOnly)
      identity = FileIdentity(of: place.path)
    } catch {
      throw WorkspaceError(error, file: path)
    }
  }

  /// Makes an empty workspace. With `orOpen`, one that another process has made meanwhile is as good.
  private static func make(at place: FilePlace, orOpen: Bool, _ interruption: Interruption) throws {
    do {
      try WorkspaceFile.make(at: place, interruption) { try prepare($0, file: nil, isReadOnly: false) }
    } catch let fault as FileFault {
      guard orOpen, fault.number == EEXIST else { throw fault }
    }
  }

  private init(inMemory queue: DatabaseQueue, _ interruption: Interruption) {
    (self.queue, self.interruption) = (queue, interruption)
    path = nil
    isReadOnly = false
    patience = 2
  }

  package static func inMemory(interruption: Interruption = Interruption()) throws(WorkspaceError) -> Workspace {
    do {
      let queue = try DatabaseQueue(configuration: WorkspaceFile.configuration(for: .writing, interruption))
      try prepare(queue, file: nil, isReadOnly: false)
      return Workspace(inMemory: queue, interruption)
    } catch {
      throw WorkspaceError(error, file: nil)
    }
  }

  /// The same workspace in memory, to go its own way; for one that is in memory itself. Events are shared until either changes its own.
  package func copyInMemory() throws(WorkspaceError) -> Workspace {
    let other = try Workspace.inMemory(interruption: interruption)
    do {
      try queue.backup(to: other.queue, pagesPerStep: 1024) { [interruption] _ in try interruption.check() }
    } catch {
      throw WorkspaceError(error, file: path)
    }
    (other.heldEvents, other.columnBudget) = (heldEvents, columnBudget)
    return other
  }

  /// Checks whose database this is, of which format, and that its tables are ours; brings an older or new one up to date.
  static func prepare(_ queue: DatabaseQueue, file: String?, isReadOnly: Bool) throws {
    let version = try queue.read { database in
      let owner = try CheckedRow.one(database, "PRAGMA application_id")?.integer(0) ?? 0
      let version = try Schema.format(of: database)
      let isEmpty = try CheckedRow.one(database, "SELECT 1 FROM sqlite_schema LIMIT 1") == nil
      // No table at all: a new file, or one whose making was interrupted.
      guard owner == WorkspaceFile.applicationID || (owner == 0 && version == 0 && isEmpty) else {
        throw WorkspaceError(.notAWorkspace(found: "a database of another program"), file: file)
      }
      if version > Schema.version {
        throw WorkspaceError(.newerVersion(found: version, supported: Schema.version), file: file)
      }
      guard isEmpty || version > 0 else { throw WorkspaceError(.damaged(what: "its format is \(version)"), file: file) }
      if !isEmpty { try SchemaCheck.check(database, format: version, file: file) }
      return version
    }
    if version == Schema.version { return }
    if isReadOnly {
      guard version >= Schema.firstReadable else { throw WorkspaceError(.olderFormat(version), file: file) }
      return
    }
    try Schema.migrate(queue)
  }

  /// Runs `body` as one transaction: all that it changes is kept, or, when it throws, nothing. Inside another one it is undone alone
  /// when it throws, and kept with the outer one.
  package func transaction<Result>(_ body: () throws(WorkspaceError) -> Result) throws(WorkspaceError) -> Result {
    try changing { _ in try body() }
  }

  private func changing<Result>(_ body: (Database) throws -> Result) throws(WorkspaceError) -> Result {
    let (held, unsaved) = (heldEvents, hasUnsavedChanges)
    do {
      if let current { return try Self.savepoint(in: current) { try body(current) } }
      return try queue.write { database in
        current = database
        defer { current = nil }
        return try body(database)
      }
    } catch {
      (heldEvents, hasUnsavedChanges) = (held, unsaved)
      throw WorkspaceError(error, file: path)
    }
  }

  private static func savepoint<Result>(in database: Database, _ body: () throws -> Result) throws -> Result {
    var result: Result?
    try database.inSavepoint {
      result = try body()
      return .commit
    }
    guard let result else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
    return result
  }

  func read<Result>(_ body: (Database) throws -> Result) throws(WorkspaceError) -> Result {
    notePlace()
    do {
      if let current { return try body(current) }
      return try queue.read(body)
    } catch {
      throw WorkspaceError(error, file: path)
    }
  }

  /// As one transaction.
  func write<Result>(_ body: (Database) throws -> Result) throws(WorkspaceError) -> Result {
    if isReadOnly { throw WorkspaceError(.readOnly, file: path) }
    try checkPlace()
    let result = try changing(body)
    if path == nil { hasUnsavedChanges = true }
    return result
  }
}
