import JourneyTime
import SourceText
import Testing

@testable import Statements

@Suite struct InterruptTests {
  @Test func aStoppedScriptRunsNoFurtherStatement() throws {
    let session = try Session(opening: nil, directory: "/") { Instant(microseconds: 0) }
    var replies = 0
    let shell = Shell(session: session) { _ in
      replies += 1
      session.currentRun.cancel()
    }
    let script = Shell.Input.text(Array("new map m\nadd stage A\nadd stage B\n".utf8), name: "s.way")
    do {
      try shell.run(script)
      Issue.record("the script went on")
    } catch {
      #expect(error.code == "run.interrupted")
      #expect(error.place == "s.way:2:1")
      #expect(error.exitStatus == 130)
    }
    #expect(replies == 1)
    // What is typed next is not stopped by what came before.
    try shell.run(.typed("add stage A"))
    #expect(replies == 2)
  }
}
