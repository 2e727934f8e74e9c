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
  /// Asks a workspace, and tells its errors as diagnostics at `span`; a workspace's file is named as people would write it.
  func attempt<Result>(
    at span: Range<Int>? = nil, _ result: @autoclosure () throws(WorkspaceError) -> Result
  ) throws(Diagnostic) -> Result {
    do {
      return try result()
    } catch {
      var error = error
      error.file = error.file.map(files.written)
      let diagnostic = Diagnostic(error, at: span)
      throw isReadOnly ? diagnostic.ofReading : diagnostic
    }
  }

  /// The same for several steps.
  func attempt<Result>(
    at span: Range<Int>? = nil, _ body: () throws(WorkspaceError) -> Result
  ) throws(Diagnostic) -> Result {
    try attempt(at: span, body())
  }

  /// The same for the file of a workspace.
  func attempt<Result>(
    opening written: String, at span: Range<Int>?, _ body: (OutsideFile) throws(WorkspaceError) -> Result
  ) throws(Diagnostic) -> Result {
    guard !isOnCopy else {
      throw Diagnostic(
        .notebookWorkspace, "a notebook works on a copy of the workspace that its front matter names, and on no other",
        at: span, hint: "workspace: \(written)")
    }
    let file = try files.checked(written, at: span)
    return try attempt(at: span, body(file))
  }

  /// Does work that knows nothing of the session but the values it takes along; nobody waits for it once the run is stopped.
  func apart<Result: Sendable>(
    at span: Range<Int>? = nil, _ work: @escaping @Sendable () throws(ExecutionError) -> Result
  ) throws(Diagnostic) -> Result {
    do { return try (currentRun.apart(work) ?? .failure(.cancelled)).get() } catch { throw Diagnostic(error, at: span) }
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

extension Diagnostic {
  /// Does what tells its errors itself, but not where in the statement.
  static func locating<Result>(
    at span: Range<Int>?, _ body: () throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    do { return try body() } catch { throw error.located(at: span) }
  }

  /// The same with a file that is read. Who reads it knows its name alone: places and hints are given its folder as it was written.
  static func locating<Result>(
    reading written: String, at span: Range<Int>?, _ body: () throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    do { return try body() } catch { throw error.located(at: span).withFolder(of: written) }
  }

  /// Does what a map may refuse.
  static func locating<Result>(
    at span: Range<Int>?, _ result: @autoclosure () throws(MapError) -> Result
  ) throws(Diagnostic) -> Result {
    do { return try result() } catch { throw Diagnostic(error, at: span) }
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

  init(_ error: WorkspaceError, at span: Range<Int>?) {
    self.init(error.code, error.message, at: span, hint: error.hint)
  }

  init(_ error: MapError, at span: Range<Int>?) {
    self.init(error.diagnosticCode, error.message, at: span, hint: error.suggestion)
  }

  init(_ error: ExecutionError, at span: Range<Int>?) {
    switch error {
    case .cancelled: self.init(.runInterrupted, "interrupted; nothing has changed", at: span)
    case .limit(let limit): self.init(.runLimit, limit.text, at: span)
    case .damaged(let what):
      self.init(.storeDamaged, "damaged: \(what)", at: span, hint: "other questions may not need it")
    case .replaced(let what):
      self.init(.storeReplaced, "\(what) were saved anew by another process", at: span, hint: "ask again")
    }
  }

  init(_ fault: ReadingFault, at span: Range<Int>?) {
    switch fault {
    case .damaged(let what): self.init(ExecutionError.damaged(what), at: span)
    case .replaced(let what): self.init(ExecutionError.replaced(what), at: span)
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
