import ArgumentParser
import Foundation
import JourneyTime
import Outside
import Rendering
import SourceText
import Statements
import Terminal
import Workspace

/// `waymark run`: notebooks, as scripts or as documents that are checked or brought up to date.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", _superCommandName: "waymark",
    abstract: "Runs notebooks (*.way.md), checks the results in them, or records them.",
    discussion: """
      It works on a copy of the workspace that a notebook names, and paths in it start in its folder. It exits with 0 if all \
      went well, 1 if a statement failed, 3 if a recorded result or an assertion does not hold. (A script of this name is \
      ./run.)
      """)

  @Argument(help: "Notebooks: Markdown with statements in fences 'way'.", completion: .file(extensions: ["md"]))
  var notebooks: [String]

  @Flag(help: "Holds the results against those in the file, to the end, and says what differs and why.")
  var check = false

  @Flag(help: "Records the results that differ in the file, and touches nothing else.")
  var update = false

  @OptionGroup var how: NotebookOptions

  @Option(
    help: "Also writes the notebook and its results as a Jupyter notebook.", completion: .file(extensions: ["ipynb"]))
  var export: String?

  func validate() throws {
    if check, update { throw ValidationError("--check leaves the file as it is, and --update does not: one of them") }
    if export != nil, notebooks.count > 1 { throw ValidationError("--export makes one file of one notebook") }
    if export != nil, !check, !update { throw ValidationError("--export goes with --check or --update") }
    if let export, !export.lowercased().hasSuffix(".ipynb") {
      throw ValidationError("'\(export)' is no Jupyter notebook (*.ipynb); waymark render makes a page")
    }
    try how.validate(notebooks)
  }

  func run() throws {
    var options = try how.options()
    options.action = check ? .check : update ? .update : .run
    options.export = export
    try NotebookRunner(safe: how.safe, options).run(notebooks)
  }
}

/// `waymark render`: a notebook as a page.
struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render", _superCommandName: "waymark",
    abstract: "Makes a page of a notebook and its results: one file that needs nothing else.",
    discussion: """
      It runs the notebook and holds the results against those that are recorded in it; where they do not hold no page is \
      made, unless --no-check is given. (A script of this name is ./render.)
      """)

  @Argument(help: "A notebook: Markdown with statements in fences 'way'.", completion: .file(extensions: ["md"]))
  var notebook: String

  @Option(
    name: .shortAndLong, help: "The page, an HTML file; without, it is called as the notebook is.",
    completion: .file(extensions: ["html"]))
  var output: String?

  @Flag(help: "Makes the page whatever is recorded.")
  var noCheck = false

  @OptionGroup var how: NotebookOptions

  func validate() throws {
    try how.validate([notebook])
    if let output, ![".html", ".htm"].contains(where: output.lowercased().hasSuffix) {
      throw ValidationError("'\(output)' is no page (*.html)")
    }
  }

  func run() throws {
    var options = try how.options()
    options.action = noCheck ? .make : .check
    options.export = output ?? NotebookTask.page(of: notebook)
    try NotebookRunner(safe: how.safe, options).run([notebook])
  }
}

/// What commands of notebooks share.
struct NotebookOptions: ParsableArguments {
  @Option(
    name: .customLong("param"),
    help: ArgumentHelp("Gives a parameter another value; may be given again.", valueName: "name=value"))
  var parameters: [String] = []

  @Flag(help: "Stops at the first block that fails.")
  var failFast = false

  @Option(
    help: ArgumentHelp(
      "How findings are told: text, or github for the annotations of its workflows.", valueName: "text|github"))
  var format = FindingFormat.text

  @Flag(help: "Lets statements touch no file but the workspace and run no program.")
  var safe = false

  enum FindingFormat: String, ExpressibleByArgument, CaseIterable { case text, github }

  func validate(_ notebooks: [String]) throws {
    for file in notebooks where !file.lowercased().hasSuffix(".md") {
      throw ValidationError("'\(file)' is no notebook (*.way.md); waymark \(file) runs a script")
    }
  }

  func options() throws -> NotebookTask.Options {
    var options = NotebookTask.Options()
    options.parameters = try parameters.map { text in
      let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard halves.count == 2, !halves[0].isEmpty else {
        throw ValidationError("--param has a name and a value: month=2025-04")
      }
      return (halves[0], halves[1])
    }
    (options.stopsAtFailure, options.isForGitHub) = (failFast, format == .github)
    return options
  }
}

/// Runs notebooks one after another, each in a session of its own.
struct NotebookRunner {
  private let door: Door
  private let options: NotebookTask.Options
  private let console = Console(environment: ProcessInfo.processInfo.environment)

  init(safe: Bool, _ options: NotebookTask.Options) {
    (door, self.options) = (safe ? .shut : .open, options)
  }

  func run(_ notebooks: [String]) throws {
    let limits = try Waymark.prepareProcess()
    let interrupts = Interrupts(.script) { [console] in
      console.tell(Diagnostic.interrupted)
    }
    var statuses: [Int32] = []
    for file in notebooks {
      do {
        statuses.append(try status(of: file, interrupts, limits))
      } catch let error as Diagnostic {
        console.tell(error)
        statuses.append(interrupts.wasInterrupted ? 130 : error.exitStatus)
      }
      if statuses.last == 130 || options.stopsAtFailure && statuses.last != 0 { break }
    }
    // What failed comes before what does not hold.
    let status = [130, 1, 3].first(where: statuses.contains) ?? 0
    if status != 0 { throw ExitCode(status) }
  }

  private func status(of file: String, _ interrupts: Interrupts, _ limits: ProcessLimits) throws -> Int32 {
    let interruption = Interruption()
    let session = try Session(
      opening: nil, directory: FileManager.default.currentDirectoryPath, door: door, interruption: interruption
    ) {
      // When something was edited is no result.
      Instant(microseconds: 946_684_800_000_000)
    }
    let shell = Shell(session, on: console, within: limits, remarksAside: true)
    let current = session.currentRun
    let task = NotebookTask(file, options, in: shell) { [console] text in
      console.write(PaintedText(text)) { current.isStopping }
    } complain: { [console] text in
      console.tell(PaintedText(text))
    }
    let cancel = { @Sendable in current.cancel() }
    return try interrupts.whileRunning(cancel: cancel) { () throws(Diagnostic) in try task.perform() }.status
  }
}
