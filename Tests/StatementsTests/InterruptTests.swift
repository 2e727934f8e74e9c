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
      if replies == 1 { session.currentRun.cancel() }
    }
    let script = Shell.Input.text(Array("new map m\nadd stage A\nadd stage B\n".utf8), name: "s.way")
    do {
      try shell.run(script)
      Issue.record("the script went on")
    } catch {
      #expect(error.code == .runInterrupted)
      #expect(error.place == "s.way:2:1")
      #expect(error.exitStatus == 130)
    }
    #expect(replies == 1)
    // What is typed next is not stopped by what came before.
    try shell.run(.typed("add stage A"))
    #expect(replies == 2)
  }

  @Test func progressIsToldInWords() {
    let began = ContinuousClock.now
    func words(_ done: Int, _ whole: Int, after milliseconds: Int) -> String {
      QuestionProgress(done: done, whole: whole, began: began).words(now: began + .milliseconds(milliseconds))
    }
    #expect(words(4_100_000, 10_000_000, after: 250) == "4,100,000 of 10,000,000 events, 16 M a second")
    #expect(words(5_000, 40_000, after: 1_000) == "5,000 of 40,000 events, 5 thousand a second")
    #expect(words(0, 40_000, after: 1_000) == "0 of 40,000 events")
  }

  /// Nothing is running between statements.
  @Test func progressEndsWithTheStatement() throws {
    let session = try Session(opening: nil, directory: "/") { Instant(microseconds: 0) }
    let shell = Shell(session: session) { _ in #expect(session.currentRun.progress?.share == nil) }
    try shell.run(.typed("new map m"))
    #expect(session.currentRun.progress?.share == nil)
  }
}
