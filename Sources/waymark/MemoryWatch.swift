import Foundation
import SourceText
import Statements
import Terminal

/// Stops a statement before it needs more memory than the process may have: an array that cannot be had would end the process. Each
/// may take half of what is left when it begins, since an array that grows is there twice for a moment. Where there is no limit but the
/// machine's nothing is watched.
struct MemoryWatch {
  private let limits: ProcessLimits

  init?(_ limits: ProcessLimits) {
    guard limits.addresses != nil || limits.memory != nil else { return nil }
    self.limits = limits
  }

  /// Watches to the end of the process, on a thread of its own.
  func begin(_ current: CurrentRun) {
    Thread.detachNewThread { [self] in
      var (statement, start) = (current.statements, MemoryUse.current)
      while true {
        // In this time some megabytes are filled.
        Thread.sleep(forTimeInterval: 0.004)
        let used = MemoryUse.current
        if current.statements != statement { (statement, start) = (current.statements, used) }
        if limits.areNear(used, from: start) { current.stop(because: shortage) }
      }
    }
  }

  private var shortage: Diagnostic {
    let have =
      limits.addresses.map { "\($0 >> 20) MB of addresses (ulimit -v)" }
      ?? limits.memory.map { "\($0 >> 20) MB of memory, by its control group" } ?? ""
    return Diagnostic(.memoryShort, "this takes more memory than is safe for a process that may have \(have)")
  }
}
