import EventStore
import Interchange
import JourneyModel
import JourneyQuery
import Language
import Outside
import Rendering
import SourceText
import Workspace

extension Session {
  /// Does something in the workspace, the map or the engine, and tells its errors as diagnostics at `span`; a workspace's file is
  /// named as people would write it.
  func attempt<Result>(at span: Range<Int>? = nil, _ body: () throws -> Result) throws(Diagnostic) -> Result {
    do {
      return try body()
    } catch {
      var found: any Error = error
      if var error = error as? WorkspaceError {
        error.file = error.file.map(files.written)
        found = error
      }
      let diagnostic = Diagnostic(found, at: span)
      throw isReadOnly ? diagnostic.ofReading : diagnostic
    }
  }
}

extension Session {
  /// The same for work that knows nothing of the session but the values it takes along; nobody waits for it once the run is stopped.
  func apart<Result: Sendable>(
    at span: Range<Int>? = nil, _ work: @escaping @Sendable () throws -> Result
  ) throws(Diagnostic) -> Result {
    try attempt(at: span) { try currentRun.apart(work) }
  }
}

extension Diagnostic {
  /// The same where no workspace may be changed: what it says to do is possible there.
  fileprivate var ofReading: Diagnostic {
    var copy = self
    switch code {
    case .workspaceReadOnly: copy.hint = "save \"copy.waymark\" makes a copy, to be changed without --read-only"
    case .workspaceMissing: copy.hint = nil
    default: break
    }
    return copy
  }
}

extension Session {
  /// The same for the file of a workspace.
  func attempt<Result>(
    opening written: String, at span: Range<Int>?, _ body: (OutsideFile) throws -> Result
  ) throws(Diagnostic) -> Result {
    let file = try files.checked(written, at: span)
    return try attempt(at: span) { try body(file) }
  }
}

extension Session {
  /// The same for a file that is read. Who reads it knows its name alone: places and hints are given its folder as it was written.
  func attempt<Result>(
    reading written: String, at span: Range<Int>?, _ body: () throws -> Result
  ) throws(Diagnostic) -> Result {
    do {
      return try attempt(at: span, body)
    } catch {
      throw error.withFolder(of: written)
    }
  }
}

extension Diagnostic {
  /// The same with the folder of a file, as it was written, before the file's name in its place and in statements to type.
  func withFolder(of written: String) -> Diagnostic {
    let path = written.prefix { $0 != "#" }
    guard let slash = path.lastIndex(of: "/") else { return self }
    let (folder, name) = (path[...slash], path[path.index(after: slash)...])
    guard !name.isEmpty else { return self }
    var copy = self
    if let place, place.hasPrefix(name) { copy.place = folder + place }
    copy.hint = hint?.replacing("\"" + name, with: "\"" + path)
    return copy
  }

  /// Any error below as one that people are told.
  init(_ error: any Error, at span: Range<Int>?) {
    switch error {
    case let error as Diagnostic: self = error.located(at: span)
    case let error as WorkspaceError:
      self.init(error.code, error.message, at: span, hint: error.hint)
    case let error as MapError:
      self.init(error.diagnosticCode, error.message, at: span, hint: error.suggestion)
    case let error as ExecutionError: self = Diagnostic(error).located(at: span)
    default: self.init(.runFailed, "\(error)", at: span)
    }
  }

  init(_ error: ExecutionError, at span: Range<Int>?) { self = Diagnostic(error).located(at: span) }

  private init(_ error: ExecutionError) {
    switch error {
    case .cancelled: self.init(.runInterrupted, "interrupted; nothing has changed")
    case .limit(let limit): self.init(.runLimit, limit.text)
    case .damaged(let what): self.init(.storeDamaged, "damaged: \(what)", hint: "other questions may not need it")
    case .replaced(let what):
      self.init(.storeReplaced, "\(what) were saved anew by another process", hint: "ask again")
    }
  }

  init(_ fault: ReadingFault, at span: Range<Int>?) {
    switch fault {
    case .damaged(let what): self = Diagnostic(ExecutionError.damaged(what)).located(at: span)
    case .replaced(let what): self = Diagnostic(ExecutionError.replaced(what)).located(at: span)
    }
  }

  package static var interrupted: Diagnostic { Diagnostic(.runInterrupted, "interrupted") }

  static func unknownCustomer(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(.customerUnknown, "no customer has the id '\(name.text)'", at: name.span)
  }

  static func noEvents(at span: Range<Int>?) -> Diagnostic {
    Diagnostic(.eventsNone, "no events are loaded", at: span, hint: "load events \"FILE\", or load sample shop")
  }

  /// For a form that is read but not answered yet.
  static func notYet(_ parsed: ParsedStatement, _ what: String? = nil) -> Diagnostic {
    notYet(what ?? parsed.form, at: parsed.span)
  }

  static func notYet(_ what: String, at span: Range<Int>) -> Diagnostic {
    Diagnostic(.statementNotYet, "'\(what)' is not answered yet", at: span)
  }
}

extension DiagnosticCode {
  package static let statementNotYet = DiagnosticCode(
    "statement.not-yet", "The statement is read, and this version does not answer it yet.")
  package static let eventsNone = DiagnosticCode(
    "events.none", "The question needs events, and none are loaded.")
  package static let customerUnknown = DiagnosticCode(
    "customer.unknown", "No customer of the events in use has this id. Letter case counts.")
  package static let runLimit = DiagnosticCode(
    "run.limit", "The question is larger than can be answered; the message says which limit it exceeds.")
  package static let storeDamaged = DiagnosticCode(
    "store.damaged", "A column of the events fails its checksum or its form; the message says which.")
  package static let storeReplaced = DiagnosticCode(
    "store.replaced", "Another process saved the events anew while they were read; ask again.")
}
