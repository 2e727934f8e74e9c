import Foundation
import GRDB

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

  /// What lies at `path`, without changing it. Throws for what can never be opened as a workspace.
  static func inspect(_ path: String) throws(WorkspaceError) -> State {
    if path.utf8.contains(0) {
      throw WorkspaceError(.unreadable(reason: "a file name cannot hold a NUL"), file: path)
    }
    let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved) else {
      guard FileManager.default.fileExists(atPath: resolved) else { return .missing }
      throw WorkspaceError(.unreadable(reason: "its directory cannot be searched"), file: path)
    }
    switch attributes[.type] as? FileAttributeType {
    case .typeRegular: break
    case .typeDirectory: throw WorkspaceError(.isDirectory, file: path)
    default: throw WorkspaceError(.notAWorkspace(found: "a device, pipe or socket"), file: path)
    }
    guard let handle = FileHandle(forReadingAtPath: resolved) else {
      throw WorkspaceError(.unreadable(reason: "no permission"), file: path)
    }
    defer { try? handle.close() }
    let header: Data
    do { header = try handle.read(upToCount: 16) ?? Data() } catch {
      throw WorkspaceError(.unreadable(reason: error.localizedDescription), file: path)
    }
    if header.isEmpty { return .empty }
    guard header.elementsEqual("SQLite format 3\0".utf8) else {
      throw WorkspaceError(.notAWorkspace(found: "a file of another kind"), file: path)
    }
    return .database
  }

  /// What SQLite is given: an absolute path, so that neither `:memory:` nor `file:x?mode=memory` means anything but a file.
  static func absolute(_ path: String) -> String {
    URL(fileURLWithPath: path).path
  }

  /// Whether the file, or where there is none its directory, can be written by us; SQLite's journal needs the directory too.
  static func isWritable(_ path: String) -> Bool {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let files = FileManager.default
    return files.isWritableFile(atPath: url.deletingLastPathComponent().path)
      && (!files.fileExists(atPath: url.path) || files.isWritableFile(atPath: url.path))
  }

  /// `patience`: seconds to wait for another process before giving up.
  static func configuration(readOnly: Bool, patience: Double) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.busyMode = .timeout(patience)
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase { database in
      try database.execute(
        sql: """
          PRAGMA page_size = \(pageSize);
          PRAGMA cache_size = -32768;
          PRAGMA mmap_size = 0;
          PRAGMA secure_delete = OFF;
          PRAGMA trusted_schema = OFF;
          PRAGMA cell_size_check = ON;
          """)
      // Where a power cut must not undo a commit that was reported.
      if !readOnly { try database.execute(sql: "PRAGMA synchronous = EXTRA") }
    }
    return configuration
  }
}

extension WorkspaceError {
  /// What an error of SQLite, or one of our own, means for the file at `path`.
  init(_ error: any Error, file: String?) {
    switch error {
    case let known as WorkspaceError: self.init(known.fact, file: known.file ?? file)
    case let error as DatabaseError: self.init(Self.fact(of: error, file: file), file: file)
    default: self.init(.unreadable(reason: "\(error)"), file: file)
    }
  }

  private static func fact(of error: DatabaseError, file: String?) -> Fact {
    let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: return .locked(by: file.map(LockHolder.holding) ?? [])
    case .SQLITE_FULL: return .diskFull
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
