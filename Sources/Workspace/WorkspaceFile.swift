import CSQLiteTrust
import EventStore
import Foundation
import GRDB
import GRDBSQLite
import JourneyModel
import WholeFiles

/// The file below a workspace: what may be opened, and how.
///
/// The journal is SQLite's rollback journal, not the write-ahead log: at rest there is one file, which can be copied, mailed, put on a
/// read-only disk or a shared one; a load writes its BLOBs once, not twice. Writers wait for each other and for readers of
/// the moment, which here are short. The file is not mapped: reading 10 M events (240 MB) took 0.5 s of processor time either way
/// (November 2026), and a mapped file that another program cuts short would end the process.
enum WorkspaceFile {
  /// `WayM`: marks the database as ours in its header.
  static let applicationID = 0x5761_794D
  static let pageSize = 16 * 1024

  enum State {
    case missing, empty, database
  }

  /// Where a path leads. Throws for what can never be a workspace.
  static func place(_ path: String) throws(WorkspaceError) -> FilePlace {
    if path.utf8.contains(0) {
      throw WorkspaceError(.unreadable(reason: "a file name cannot hold a NUL"), file: path)
    }
    let place: FilePlace
    // Absolute, so that neither `:memory:` nor `file:x?mode=memory` means anything but a file to SQLite.
    do { place = try FilePlace(URL(fileURLWithPath: path).path) } catch {
      throw WorkspaceError(.unreadable(reason: error.reason), file: path)
    }
    switch place.kind {
    case .missing, .regular: return place
    case .directory: throw WorkspaceError(.isDirectory, file: path)
    case .stream: throw WorkspaceError(.notAWorkspace(found: "a device, pipe or socket"), file: path)
    }
  }

  /// What lies at a place, without changing it. Throws for what can never be opened as a workspace.
  static func state(_ place: FilePlace, file: String) throws(WorkspaceError) -> State {
    guard place.kind == .regular else { return .missing }
    guard let handle = FileHandle(forReadingAtPath: place.path) else {
      throw WorkspaceError(.unreadable(reason: "no permission"), file: file)
    }
    defer { try? handle.close() }
    let header: Data
    do { header = try handle.read(upToCount: 16) ?? Data() } catch {
      throw WorkspaceError(.unreadable(reason: error.localizedDescription), file: file)
    }
    if header.isEmpty { return .empty }
    guard header.elementsEqual("SQLite format 3\0".utf8) else {
      throw WorkspaceError(.notAWorkspace(found: "a file of another kind"), file: file)
    }
    return .database
  }

  /// Whether the file, or where there is none its directory, can be written by us; SQLite's journal needs the directory too.
  static func isWritable(_ place: FilePlace) -> Bool {
    let files = FileManager.default
    return files.isWritableFile(atPath: place.folder)
      && (place.kind == .missing || files.isWritableFile(atPath: place.path))
  }

  /// Writes a workspace to a place, whole or not at all. Throws `exists` where a file has come to stand there meanwhile, unless
  /// it is an empty one.
  static func make(
    at place: FilePlace, _ interruption: Interruption, _ fill: (DatabaseQueue) throws -> Void
  ) throws {
    let file = try WholeFile(at: place)
    let queue = try DatabaseQueue(path: file.path, configuration: configuration(for: .making, interruption))
    try fill(queue)
    try queue.close()
    try file.commit(replacing: place.kind == .regular)
  }

  /// What a database is opened for.
  enum Use: Equatable {
    case reading
    case writing
    /// Nobody else knows the file, and unless all goes well it is thrown away: nothing has to be safe before the end.
    case making
  }

  /// - Parameters:
  ///   - interruption: stops what the database does.
  ///   - patience: seconds to wait for another process before giving up.
  static func configuration(
    for use: Use, _ interruption: Interruption, patience: Double = 0
  ) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = use == .reading
    configuration.busyMode = .timeout(patience)
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase { database in
      try prepare(database, interruption)
      try database.execute(
        sql: """
          PRAGMA page_size = \(pageSize);
          PRAGMA cache_size = -32768;
          PRAGMA mmap_size = 0;
          PRAGMA secure_delete = OFF;
          PRAGMA cell_size_check = ON;
          """)
      switch use {
      case .reading: break
      // Where a power cut must not undo a commit that was reported.
      case .writing: try database.execute(sql: "PRAGMA synchronous = EXTRA")
      case .making: try database.execute(sql: "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY")
      }
    }
    return configuration
  }

  /// Before anything is read: a file may come from anybody.
  private static func prepare(_ database: Database, _ interruption: Interruption) throws {
    // SAFETY: the connection is open while its database is being prepared.
    guard let connection = unsafe database.sqliteConnection else { return }
    let handle = unsafe UnsafeMutableRawPointer(connection)
    for result in unsafe [sqlite_distrust(handle), sqlite_shut_views(handle)] where result != SQLITE_OK {
      throw DatabaseError(resultCode: ResultCode(rawValue: result))
    }
    unsafe interruption.watch(connection)
  }
}

extension WorkspaceError {
  /// What an error of SQLite, or one of our own, means for a file. Errors are made ours here, where a workspace lets others' code run
  /// (`Workspace.read`, `write`, `transaction`, opening and copying), and nowhere else.
  init(_ error: any Error, file: String?) {
    switch error {
    case let known as WorkspaceError: self.init(known.fact, file: known.file ?? file)
    case let error as DatabaseError: self.init(Self.fact(of: error, file: file), file: file)
    case let fault as FileFault: self.init(Self.fact(of: fault), file: file)
    case let error as MapError: self.init(.unfit(error), file: file)
    case let failure as SpillFailure:
      self.init(.unwritable(reason: "rows that were put aside cannot be read: \(failure.reason)"), file: file)
    default: self.init(.unreadable(reason: "\(error)"), file: file)
    }
  }

  private static func fact(of fault: FileFault) -> Fact {
    switch fault.number {
    case ENOSPC, EDQUOT, EFBIG: .diskFull
    case EEXIST: .exists
    default: .unwritable(reason: fault.reason)
    }
  }

  private static func fact(of error: DatabaseError, file: String?) -> Fact {
    let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: return .locked(by: file.map(LockHolder.holding) ?? [])
    case .SQLITE_FULL: return .diskFull
    case .SQLITE_INTERRUPT: return .interrupted
    case .SQLITE_READONLY where error.extendedResultCode == .SQLITE_READONLY_ROLLBACK:
      return .unreadable(reason: "an interrupted change has to be taken back first, by someone who may write it")
    case .SQLITE_READONLY: return .readOnly
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: return .unreadable(reason: reason)
    case .SQLITE_NOMEM, .SQLITE_TOOBIG: return .unwritable(reason: reason)
    case .SQLITE_IOERR:
      let reading: [ResultCode] = [.SQLITE_IOERR_READ, .SQLITE_IOERR_ACCESS, .SQLITE_IOERR_FSTAT]
      if error.extendedResultCode == .SQLITE_IOERR_SHORT_READ { return .damaged(what: "it ends too early") }
      return reading.contains(error.extendedResultCode) ? .unreadable(reason: reason) : .unwritable(reason: reason)
    // Our statements are fixed, so a statement that fails tells of a schema or content that is not ours.
    default: return .damaged(what: reason)
    }
  }
}
