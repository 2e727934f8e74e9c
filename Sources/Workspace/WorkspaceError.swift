import JourneyModel
import SourceText

/// What went wrong with a workspace, as facts; `code`, `message` and `hint` write the sentences.
package struct WorkspaceError: Error, Equatable, Sendable {
  /// The path as it was given; nil for a workspace in memory.
  package var file: String?
  package var fact: Fact

  package init(_ fact: Fact, file: String?) {
    self.file = file
    self.fact = fact
  }

  package enum Fact: Equatable, Sendable {
    case missing
    case exists
    case isDirectory
    /// `found` says what is there instead: `an empty file`.
    case notAWorkspace(found: String)
    case newerVersion(found: Int, supported: Int)
    /// Cannot be read before it has been brought up to date, and the file is open for reading only.
    case olderFormat(Int)
    /// `what` names something that is not of our making, where our tables should be or in their way: `trigger 'wipe' of table 'map'`.
    case untrusted(what: String)
    /// `what` names the part that cannot be trusted: `column instants of bucket 3 in events main`.
    case damaged(what: String)
    /// Empty when nobody could be named: a process on another host, or one that has gone meanwhile.
    case locked(by: [LockHolder])
    case diskFull
    case unreadable(reason: String)
    case unwritable(reason: String)
    case readOnly
    /// At the path there is another file than the one that was opened, or none.
    case replaced
    /// It was stopped; nothing has changed.
    case interrupted
    /// `kind` is `map`, `events`, `snapshot`, …
    case unknown(kind: String, name: String)
    case taken(kind: String, name: String)
    /// A change does not fit the map as it is in the file now: another shell may have changed it since it was read.
    case unfit(MapError)
  }

  /// Stable, for scripts and the docs.
  package var code: DiagnosticCode {
    switch fact {
    case .missing: .workspaceMissing
    case .exists: .workspaceExists
    case .isDirectory: .workspaceIsDirectory
    case .notAWorkspace: .workspaceNotAWorkspace
    case .newerVersion: .workspaceNewerVersion
    case .olderFormat: .workspaceOlderFormat
    case .untrusted: .workspaceUntrusted
    case .damaged: .workspaceDamaged
    case .locked: .workspaceLocked
    case .diskFull: .workspaceDiskFull
    case .unreadable: .workspaceUnreadable
    case .unwritable: .workspaceUnwritable
    case .readOnly: .workspaceReadOnly
    case .replaced: .workspaceReplaced
    case .interrupted: .runInterrupted
    case .unknown: .workspaceUnknownName
    case .taken: .workspaceNameTaken
    case .unfit(let error): error.diagnosticCode
    }
  }

  /// Lower case, no full stop; names the file and what was found.
  package var message: String {
    let file = file.map { "'\($0)'" } ?? "the workspace in memory"
    return switch fact {
    case .missing: "\(file) does not exist"
    case .exists: "\(file) exists already"
    case .isDirectory: "\(file) is a directory"
    case .notAWorkspace(let found): "\(file) is not a workspace but \(found)"
    case .newerVersion(let found, let supported):
      "\(file) has format \(found) of a newer waymark; this one reads formats up to \(supported)"
    case .olderFormat(let found): "\(file) has format \(found), which has to be brought up to date before it is read"
    case .untrusted(let what): "\(file) is not opened: \(what) is not of waymark's making"
    case .damaged(let what): "\(file) is damaged: \(what)"
    case .locked(let holders) where holders.isEmpty: "\(file) is being written by another process"
    case .locked(let holders): "\(file) is in use by \(holders.map(\.description).joined(separator: ", "))"
    case .diskFull: "no space left to write \(file)"
    case .unreadable(let reason): "\(file) cannot be read: \(reason)"
    case .unwritable(let reason): "\(file) cannot be written: \(reason)"
    case .readOnly: "\(file) is open for reading only"
    case .replaced: "\(file) is no longer the file that was opened: it was moved, deleted or replaced"
    case .interrupted: "interrupted; nothing has changed"
    case .unknown(let kind, let name): "\(file) has no \(kind) '\(name)'"
    case .taken(let kind, let name): "\(file) has \(kind) '\(name)' already"
    case .unfit(let error): error.message
    }
  }

  /// What to do about it; nil where the message says all.
  package var hint: String? {
    switch fact {
    case .missing: file.map { "new workspace \"\($0)\"" }
    case .exists: file.map { "open \"\($0)\"" }
    case .newerVersion: "a newer waymark opens it; nothing was changed"
    case .olderFormat: "open it once where it may be written"
    case .untrusted: "whoever made the file has to take that out of it; ask where it comes from"
    case .damaged: "take a copy before anything else; what is not named can still be read"
    case .locked: "nothing was changed; try again when it has finished"
    case .diskFull: "nothing was changed; free some space and try again"
    case .replaced: "nothing was changed; save \"copy.waymark\" keeps what is open"
    case .readOnly: "save \"copy.waymark\" makes a copy that can be changed"
    case .unfit(let error): error.suggestion
    default: nil
    }
  }
}

/// A process that holds a lock on a workspace's file.
package struct LockHolder: Hashable, Sendable, CustomStringConvertible {
  package var process: Int32
  /// The command's name; nil where the system does not tell.
  package var command: String?

  package init(process: Int32, command: String? = nil) {
    self.process = process
    self.command = command
  }

  package var description: String {
    "process \(process)" + (command.map { " (\($0))" } ?? "")
  }
}

extension DiagnosticCode {
  package static let workspaceMissing = DiagnosticCode(
    "workspace.missing", "No workspace file is there.")
  package static let workspaceExists = DiagnosticCode(
    "workspace.exists", "A file is there already; open it, or choose another name.")
  package static let workspaceIsDirectory = DiagnosticCode(
    "workspace.is-directory", "A directory stands where a workspace file is due.")
  package static let workspaceNotAWorkspace = DiagnosticCode(
    "workspace.not-a-workspace", "The file is something else. load events and load map read data files.")
  package static let workspaceNewerVersion = DiagnosticCode(
    "workspace.newer-version", "A newer waymark wrote the file, and this one would not understand it.")
  package static let workspaceOlderFormat = DiagnosticCode(
    "workspace.older-format", "An older waymark wrote the file, and it may not be brought up to date.")
  package static let workspaceUntrusted = DiagnosticCode(
    "workspace.untrusted",
    "A trigger, a view or a table that another program made stands where a table of the workspace should, or in its way."
  )
  package static let workspaceDamaged = DiagnosticCode(
    "workspace.damaged", "A part of the file fails its checksum or its form; the message says which.")
  package static let workspaceLocked = DiagnosticCode(
    "workspace.locked", "Another process is writing to the file.")
  package static let workspaceDiskFull = DiagnosticCode(
    "workspace.disk-full", "The disk is full.")
  package static let workspaceUnreadable = DiagnosticCode(
    "workspace.unreadable", "The file cannot be read: its permissions, or the disk.")
  package static let workspaceUnwritable = DiagnosticCode(
    "workspace.unwritable", "The file cannot be written: its permissions, its folder, or the disk.")
  package static let workspaceReadOnly = DiagnosticCode(
    "workspace.read-only", "The file is open for reading only; save FILE makes a copy that can be changed.")
  package static let workspaceReplaced = DiagnosticCode(
    "workspace.replaced", "The file was moved, deleted or replaced while it was open.")
  package static let workspaceUnknownName = DiagnosticCode(
    "workspace.unknown-name", "The workspace has no map, snapshot or store of this name.")
  package static let workspaceNameTaken = DiagnosticCode(
    "workspace.name-taken", "The workspace has a map or snapshot of this name already.")
  package static let runInterrupted = DiagnosticCode(
    "run.interrupted", "It was stopped by Ctrl-C. Nothing has changed.")
}
