import Foundation
import SourceText
import Statements
import Terminal

extension Console {
  /// Tells of an error, which a person reads wherever it goes.
  func tell(_ error: Diagnostic) {
    tell(PaintedText(error.rendered(in: "", width: screen.columns) + "\n"))
  }
}

extension Shell {
  /// A shell that writes to the console until its session's run is stopped, and takes no more memory than the process may have.
  ///
  /// - Parameter remarksAside: whether what would spoil data goes to standard error.
  convenience init(_ session: Session, on console: Console, within limits: ProcessLimits, remarksAside: Bool) {
    let budget = limits.budget(of: ProcessInfo.processInfo.physicalMemory, using: .current)
    session.memory = min(session.memory, budget)
    MemoryWatch(limits)?.begin(session.currentRun)
    let write = { [current = session.currentRun] (text: PaintedText) in console.write(text) { current.isStopping } }
    let outlets = Outlets(
      screenWidth: { console.screen.columns }, write: write, remark: remarksAside ? { console.tell($0) } : write)
    self.init(session: session, outlets: outlets)
  }
}
