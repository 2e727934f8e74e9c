import ArgumentParser
import Foundation
import JourneyTime
import Outside
import Rendering
import SourceText
import Statements
import Terminal
import Workspace

/// `waymark grade`: how far a class came, from the files that it handed in.
struct GradeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grade", _superCommandName: "waymark",
    abstract: "Shows how far everyone came in lessons, from the files that were handed in.",
    discussion: """
      A file is written by: lesson export "anna.progress" as "Anna". It exits with 1 if one of them is no such file, or was \
      changed since. (A script of this name is ./grade.)
      """)

  @Argument(help: "Files that were handed in.", completion: .file(extensions: ["progress"]))
  var files: [String]

  @Option(help: "How the table is written.")
  var mode: Format = .table

  func run() throws {
    let limits = try Waymark.prepareProcess()
    let console = Console(environment: ProcessInfo.processInfo.environment)
    let interrupts = Interrupts(.script) { console.tell(Diagnostic.interrupted) }
    let session = try Session(
      opening: nil, directory: FileManager.default.currentDirectoryPath, door: .open, interruption: Interruption()
    ) { Instant(microseconds: 0) }
    let shell = Shell(session, on: console, within: limits, remarksAside: true)
    shell.settings.format = mode
    shell.settings.rowLimit = nil
    let current = session.currentRun
    do {
      let cancel = { @Sendable in current.cancel() }
      let isSound = try interrupts.whileRunning(cancel: cancel) { () throws(Diagnostic) in
        try shell.grade(files) { console.tell($0) }
      }
      if !isSound { throw ExitCode(1) }
    } catch let error as Diagnostic {
      console.tell(error)
      throw ExitCode(interrupts.wasInterrupted ? 130 : error.exitStatus)
    }
  }
}
