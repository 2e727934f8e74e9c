import Glibc
import Synchronization
import Testing

@testable import Terminal

@Suite struct ConsoleTests {
  @Test func offATerminalTheEnvironmentTellsTheWidth() {
    func facts(_ environment: [String: String]) -> TerminalFacts {
      TerminalFacts(descriptor: -1, environment: environment)
    }
    #expect(facts([:]).columns == 80)
    #expect(facts(["COLUMNS": "132"]).columns == 132)
    for nonsense in ["0", "-5", "wide", ""] { #expect(facts(["COLUMNS": nonsense]).columns == 80) }
    #expect(!facts(["TERM": "xterm"]).isTerminal)
    #expect(!facts(["TERM": "xterm"]).wantsColour)
  }

  @Test func historyLiesWhereTheStandardWantsIt() {
    #expect(History.standardPath(["HOME": "/h"]) == "/h/.local/state/waymark/history")
    #expect(History.standardPath(["HOME": "/h", "XDG_STATE_HOME": "/s"]) == "/s/waymark/history")
    #expect(History.standardPath(["HOME": "/h", "XDG_STATE_HOME": "s"]) == "/h/.local/state/waymark/history")
    #expect(History.standardPath([:]) == nil)
  }

  @Test func progressIsShownOnceItLastsAndThenTakenAway() {
    let written = Mutex("")
    let line = ProgressLine(columns: 50) { text in written.withLock { $0 += text } }
    let start = ContinuousClock.now
    line.show(0.1, "reading", now: start)
    line.end()
    #expect(written.withLock { $0 } == "")
    line.show(0, "reading", now: start)
    line.show(0.25, "reading", now: start + .seconds(1))
    line.show(0.26, "reading", now: start + .milliseconds(1050))
    line.end()
    #expect(written.withLock { $0 } == "\r\u{1B}[K[#####---------------] 25%, 4 s left: reading\r\u{1B}[K")
  }

  @Test func progressOfWhatRunsIsReadAndNeverDrawnBehindIt() {
    let written = Mutex("")
    let line = ProgressLine(columns: 60) { text in written.withLock { $0 += text } }
    let start = ContinuousClock.now
    for milliseconds in [100, 190] {
      line.show(now: start + .milliseconds(milliseconds)) { (0.5, "5 of 10 events", start) }
    }
    #expect(written.withLock { $0 } == "")
    line.show(now: start + .milliseconds(240)) { (0.5, "5 of 10 events", start) }
    line.end()
    line.show(now: start + .milliseconds(400)) { nil }
    #expect(written.withLock { $0 } == "\r\u{1B}[K[##########----------] 50%, 1 s left: 5 of 10 events\r\u{1B}[K")
  }

  @Test func progressKeepsItsBounds() {
    #expect(ProgressLine.text(0, "x", after: .seconds(1)) == "[--------------------] 0%: x")
    #expect(ProgressLine.text(7, "x", after: .seconds(1)) == "[####################] 100%, 1 s left: x")
  }
}
