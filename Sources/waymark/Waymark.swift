import ArgumentParser
import Foundation
import Rendering
import SourceText
import Terminal

/// The command: its options, and what they are checked for before anything is opened.
@main struct Waymark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waymark",
    abstract: "A shell where journey maps meet the journeys that customers took.",
    discussion: """
      Without statements or scripts it opens a prompt on a terminal, and reads statements from a pipe. Without a workspace \
      it works in memory. Notebooks are checked and recorded by waymark run, and made a page by waymark render; \
      waymark grade shows how far a class came in lessons: see waymark run --help. It exits with 0 if all went well, 1 if a statement failed, 2 for wrong usage, 3 if an assert did \
      not hold, 4 if the system lets it have too little to start, and 130 if it was interrupted.
      """,
    version: Version.sentence)

  @Argument(
    help: "A workspace (*.waymark), made if it is not there, and scripts (*.way) or notebooks (*.way.md) to run in it.",
    completion: .file(extensions: ["waymark", "way", "md"]))
  var files: [String] = []

  @Option(
    name: .customShort("c"), help: ArgumentHelp("Runs this statement; may be given again.", valueName: "statement"))
  var statement: [String] = []

  @Flag(name: .shortAndLong, help: "Stays at the prompt after statements and scripts.")
  var interactive = false

  @Flag(name: .shortAndLong, help: "Says nothing at the start of a prompt.")
  var quiet = false

  @Flag(help: "Changes no workspace: whatever is opened is for reading only.")
  var readOnly = false

  @Flag(
    help: """
      Lets statements, commands and keys touch no file but the workspace and run no program, for scripts that are not \
      trusted; keeps no history.
      """)
  var safe = false

  @Flag(help: "Does not run waymark/init.way of $XDG_CONFIG_HOME or ~/.config at the start of a prompt.")
  var noInit = false

  @Option(help: "How answers are written.")
  var mode: Format = .table

  var scripts: [String] { files.filter(Self.isScript) }
  /// Whether there is something to run besides what is typed or piped in.
  var hasTask: Bool { !statement.isEmpty || !scripts.isEmpty }
  var workspaces: [String] { files.filter { !Self.isScript($0) } }

  private static func isScript(_ file: String) -> Bool { [".way", ".way.md"].contains { file.hasSuffix($0) } }

  func validate() throws {
    if readOnly, workspaces.isEmpty { throw ValidationError("--read-only needs a workspace to read") }
    if workspaces.count > 1 { throw ValidationError("one workspace at a time: \(workspaces.joined(separator: ", "))") }
    if let file = workspaces.first, !file.hasSuffix(".waymark"), !FileManager.default.fileExists(atPath: file) {
      throw ValidationError("'\(file)' is neither a workspace (*.waymark) nor a script (*.way)")
    }
  }

  func run() throws {
    let limits = try Self.prepareProcess()
    let status = Run(of: self, within: limits).status()
    if status != 0 { throw ExitCode(status) }
  }

  /// Called by their names, as `waymark run`.
  private static let others: [any ParsableCommand.Type] = [RunCommand.self, RenderCommand.self, GradeCommand.self]

  /// Sees to the memory of the process; throws where it may have too little to start.
  static func prepareProcess() throws -> ProcessLimits {
    let limits = ProcessLimits.current
    if let shortage = limits.shortage {
      Console(environment: ProcessInfo.processInfo.environment).tell(PaintedText("error: \(shortage)\n"))
      throw ExitCode(4)
    }
    if limits.addresses == nil { keepFreedMemory() } else { spareAddresses() }
    return limits
  }

  /// As the parser has it, but for the status of wrong usage, which is 2 here, and for what it says, which may hold names of files.
  static func main() {
    StandardStreams.openClosed()
    ProcessLimits.outliveFullFiles()
    guard let arguments = Launch.arguments else {
      Console(environment: ProcessInfo.processInfo.environment).tell(
        PaintedText("error: the arguments cannot be read\n"))
      Foundation.exit(1)
    }
    // The library would take the name for a file of this command.
    let named = others.first { $0.configuration.commandName == arguments.first }
    do {
      var command =
        if let named { try named.parseAsRoot(Array(arguments.dropFirst())) } else { try parseAsRoot(arguments) }
      try command.run()
    } catch {
      let status = exitCode(for: error)
      let text = named?.fullMessage(for: error) ?? fullMessage(for: error)
      let console = Console(environment: ProcessInfo.processInfo.environment)
      if !text.isEmpty {
        if status == .success {
          console.write(PaintedText(text + "\n"))
        } else {
          console.tell(PaintedText(text + "\n"))
        }
      }
      Foundation.exit(status == .validationFailure ? 2 : status.rawValue)
    }
  }
}

extension Format: ExpressibleByArgument {}
