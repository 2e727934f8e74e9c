import Foundation
import JourneyTime
import Language
import Outside
import SourceText
import TestSupport
import Testing

@testable import Statements
@testable import Terminal

/// `--safe` keeps its word whatever is stated, commanded or typed: every statement form, every command of the shell and every key
/// is tried in a folder that is watched for the least touch, with canaries for each program that could be run.
///
/// The lists are those that the shell itself goes by, so that whatever is added to them is tried as well.
@Suite struct SafeWalkTests {
  private let watched: WatchedFolder
  private let workspace: Workplace

  /// A folder beside it with the workspace, which may be used.
  private final class Workplace {
    let folder = FileManager.default.temporaryDirectory.path + "/waymark-walk-\(UUID().uuidString)"
    var file: String { folder + "/shop.waymark" }

    /// The workspace has a map, events and answers, so that statements get as far as they can.
    init() throws {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try WatchedWalk.events.write(toFile: folder + "/e.csv", atomically: true, encoding: .utf8)
      let made = try WatchedWalk.run(
        [
          "-c", "load events \"e.csv\" as shop; new map shop from template retail", "-c", WatchedWalk.preparation, file,
        ], in: folder)
      try #require(made.status == 0, "\(made.errors)")
      try FileManager.default.removeItem(atPath: folder + "/e.csv")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? [] }
  }

  init() throws {
    watched = try WatchedFolder(WatchedWalk.files)
    workspace = try Workplace()
  }

  private func prompt() throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      "waymark", arguments: ["--safe", "-q", workspace.file], environment: watched.environment, folder: watched.path)
    terminal.expect(rows: "way>")
    return terminal
  }

  private func expectNothingTouched(_ what: String, _ location: SourceLocation = #_sourceLocation) {
    #expect(watched.touches() == [], "\(what)", sourceLocation: location)
    #expect(workspace.names == ["shop.waymark"], "\(what)", sourceLocation: location)
  }

  /// That touches are noticed: without `--safe` the same statements reach the files and programs.
  @Test func theFolderNoticesTouches() throws {
    _ = watched.touches()
    let (file, environment) = (workspace.file, watched.environment)
    func run(_ statement: String) throws -> [String] {
      _ = try WatchedWalk.run(["-c", statement, file], in: watched.path, environment)
      return watched.touches()
    }
    #expect(try run("load map \"shop.yaml\"").contains("opened ./shop.yaml"))
    #expect(try run("load events \"events.csx\"").contains("opened ."))
    #expect(try !run("export map to \"made.yaml\"").isEmpty)
    #expect(try run("load events \"table.parquet\"").contains("made ./ran-duckdb"))
    #expect(try run("export map to \"made.pdf\"").contains("made ./ran-rsvg-convert"))
    #expect(try run("count").isEmpty)
  }

  @Test func everyStatementAndCommandAtThePrompt() throws {
    let terminal = try prompt()
    _ = watched.touches()
    for line in WatchedWalk.lines(in: watched.path) where !line.hasPrefix(".exit") {
      let before = terminal.screen.sent
      terminal.type(line + "\r")
      terminal.expect("the prompt after \(line)") {
        $0.line.hasPrefix("way>") && $0.column == 5 && $0.sent >= before + line.utf8.count + 2
      }
      expectNothingTouched(line)
    }
    terminal.type(".exit\r")
    #expect(terminal.exitStatus() == 0)
    expectNothingTouched("leaving")
  }

  @Test func everyStatementAndCommandInAScript() throws {
    let shell = try shell()
    _ = watched.touches()
    for line in WatchedWalk.lines(in: watched.path) {
      try? shell.run(script: Array(line.utf8), named: "walk")
      expectNothingTouched(line)
    }
  }

  private func shell() throws -> Shell {
    let session = try Session(
      opening: Door.open.file(workspace.file), directory: watched.path, door: .shut
    ) { Instant(microseconds: 0) }
    return Shell(session: session) { _ in }
  }

  /// On a line with the name of a file begun and on a whole statement; libedit's own keys too.
  @Test func everyKey() throws {
    let terminal = try prompt()
    _ = watched.touches()
    let bytes = (0..<256).map { String(Character(Unicode.Scalar(UInt8($0)))) }
    let prefixed = ["\u{1B}", "\u{18}"].flatMap { lead in bytes.prefix(128).map { lead + $0 } }
    // libedit's commands by name would open the way to its keys of vi, of which one runs vi.
    let keys =
      EditorCommand.allCases.flatMap(\.keys) + EditorCommand.builtins.flatMap(\.keys) + bytes + prefixed
      + ["\u{1B}xbind -v\r\u{1B}v"]
    for batch in stride(from: 0, to: keys.count, by: 8).map({ keys[$0..<min($0 + 8, keys.count)] }) {
      for key in batch {
        for line in ["load events \"e", "count"] {
          // A key may begin a paste, ask for another, end a search, or wait for XON; the first ^C may be taken as text.
          terminal.type(line + key + "\u{1B}[201~\u{11}\u{3}\u{3}")
        }
      }
      terminal.settle()
      expectNothingTouched(batch.debugDescription)
    }
    // What is typed while a line still runs may be lost with its ^C.
    for _ in 0..<20 where terminal.screen.lines.suffix(2) != ["UTC", "way>"] {
      terminal.type("\u{3}\u{3}.zone\r")
      terminal.settle()
      Thread.sleep(forTimeInterval: 0.2)
      terminal.settle()
    }
    terminal.expect(rows: "UTC", "way>")
  }

  /// Each form that takes a file says why it does nothing.
  @Test func formsThatTakeAFileAreRefused() throws {
    let forms = Forms.due.filter { WatchedWalk.takesFile($0.syntax) }
    #expect(forms.count >= 10)
    let shell = try shell()
    try shell.perform("funnel visit -> cart_added")
    for form in forms {
      for example in form.examples where example.contains("\"") {
        let error = #expect(throws: Diagnostic.self, "\(example)") { try shell.perform(example) }
        #expect(error?.code == .safeRefused, "\(example): \(error?.code.name ?? "")")
      }
    }
  }
}

/// What the walk goes through.
private enum WatchedWalk {
  static let events = "user,time,event\nu1,2025-01-06,visit\nu1,2025-01-07,cart_added\nu2,2025-01-06,visit\n"
  static let preparation = "let $main = funnel visit -> cart_added; note \"one\"; note \"two\"; undo"

  /// Files that the examples of forms name, and some that need another program.
  static let files = [
    "events.csv": events, "headless.tsv": "u1\t2025-01-01T10:00:00Z\tvisit\n", "table.parquet": "PAR1 no more",
    "v.db": "SQLite format 3\u{0}", "shop.yaml": "map: other\n", "shop.mmd": "journey\n  title Shop\n",
    "shop.waymark": "", "review.way": "count\n", "scripts/q3.way": "count visit\n", "reviews/there": "",
  ]

  /// Examples of every form, alone and inside others; every command with each operand it offers, and with files and programs.
  static func lines(in folder: String) -> [String] {
    let examples = Forms.due.flatMap { form in
      form.examples.filter { !$0.contains("\n") }
        + form.examples.filter { takesFile(form.syntax) && !$0.contains("\n") }
        .map { "explain " + $0 }
    }
    let more = [
      "load events \"table.parquet\"", "load events \"v.db#visits\"",
      "load events \"postgres://me@localhost/shop#visits\"",
      "load map \"~/there\"", "export map to \"/dev/stdout\" as csv", "export map to \"nowhere/made.yaml\"",
      "export map to \"made.pdf\"", "export map to \"made\" as png",
    ]
    let operands = [
      "\"\(folder)/events.csv\"", "\"\(folder)/made.txt\"", "\(folder)/made.txt", "\"events.csv\"", "\"made.txt\"",
      "touch made.txt", "/bin/touch made.txt",
      "on", "~/made.txt",
    ]
    let commands = DotCommand.all.flatMap { command in
      ([""] + command.choices + (command.operand.isEmpty ? [] : operands)).map { "\(command.name) \($0)" }
    }
    return more + examples + commands + [".mode table", ".complete on", ".tour", ".tour next", ".tour stop", "help"]
  }

  static func takesFile(_ syntax: [Syntax]) -> Bool {
    syntax.contains { part in
      switch part {
      case .slot(_, .file): true
      case .optional(let inner), .repeated(let inner): takesFile(inner)
      case .choice(let alternatives): alternatives.contains { takesFile($0) }
      default: false
      }
    }
  }

  static func run(
    _ arguments: [String], in folder: String, _ environment: [String: String] = [:]
  ) throws -> (status: Int32, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: PseudoTerminal.folder + "/waymark")
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    if !environment.isEmpty { process.environment = environment.merging(sanitizerSettings) { $1 } }
    let (errors, nothing) = (Pipe(), FileHandle.nullDevice)
    (process.standardOutput, process.standardError, process.standardInput) = (nothing, errors, nothing)
    try process.run()
    let told = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: told, as: UTF8.self))
  }
}
