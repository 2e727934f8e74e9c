import JourneyQuery
import SourceText
import Synchronization
import Workspace

/// What runs at the moment, to be stopped from any thread: ^C comes in on another than the session's.
package final class CurrentRun: Sendable {
  private struct State {
    var run = Run()
    var isStopping = false
    /// Why, where not by a person.
    var reason: Diagnostic?
    /// When the statement that runs began; nil while none does.
    var began: ContinuousClock.Instant?
  }

  private let state = Mutex(State())
  private let count = Atomic(0)
  /// Of the databases of the session's workspaces.
  let interruption: Interruption

  init(interruption: Interruption) { self.interruption = interruption }

  package var value: Run { state.withLock(\.run) }

  /// Stops what runs, and each statement that would follow, until `reset`.
  package func cancel() {
    state.withLock { state in
      state.isStopping = true
      state.run.cancel()
    }
    interruption.interrupt()
  }

  /// The same where the process may not go on; the error says why.
  package func stop(because reason: Diagnostic) {
    let isNew = state.withLock { state in
      guard !state.isStopping else { return false }
      state.reason = reason
      return true
    }
    if isNew { cancel() }
  }

  /// How many statements have begun.
  package var statements: Int { count.load(ordering: .relaxed) }

  /// The error of what was stopped, with the reason.
  func explained(_ error: Diagnostic) -> Diagnostic {
    guard error.code == .runInterrupted, let reason = state.withLock(\.reason) else { return error }
    return reason.located(at: error.span)
  }

  /// Does work on values alone that nobody waits for once the run is stopped (nil); but where memory is short nothing is left behind.
  func apart<Value: Sendable, Failure>(
    _ work: @escaping @Sendable () throws(Failure) -> Value
  ) -> Result<Value, Failure>? {
    interruption.apart(leavesBehind: { state.withLock { $0.reason == nil } }, work)
  }

  /// Whether `cancel` was called since the last `reset`.
  package var isStopping: Bool { state.withLock(\.isStopping) }

  /// Before new input is run.
  func reset() {
    interruption.reset()
    state.withLock { $0 = State() }
  }

  /// Before each statement.
  func begin() {
    count.wrappingAdd(1, ordering: .relaxed)
    state.withLock { state in
      state.run = Run()
      state.began = .now
      if state.isStopping { state.run.cancel() }
    }
    if !isStopping { interruption.reset() }
  }

  /// After each statement.
  func end() {
    state.withLock { $0.began = nil }
    interruption.reset()
  }

  /// How far the question that runs is, and since when it does; nil while none runs. From any thread.
  package var progress: QuestionProgress? {
    state.withLock { state in
      guard let began = state.began else { return nil }
      let (done, whole) = state.run.progress
      return whole > 0 && done < whole ? QuestionProgress(done: done, whole: whole, began: began) : nil
    }
  }
}

/// How many of the events that a question looks at have been read.
package struct QuestionProgress: Sendable {
  let done: Int
  let whole: Int
  /// When the question was asked.
  package let began: ContinuousClock.Instant

  package init(done: Int, whole: Int, began: ContinuousClock.Instant) {
    (self.done, self.whole, self.began) = (done, whole, began)
  }

  package var share: Double { Double(done) / Double(whole) }

  /// `4,100,000 of 10,000,000 events, 24 M a second`.
  package func words(now: ContinuousClock.Instant = .now) -> String {
    let count = "\(done.grouped) of \(whole.grouped) events"
    let seconds = (now - began) / .seconds(1)
    guard seconds > 0, done > 0 else { return count }
    let rate = Double(done) / seconds
    let written = rate < 1e6 ? "\(Int(rate / 1e3).grouped) thousand" : "\(Int(rate / 1e6).grouped) M"
    return "\(count), \(written) a second"
  }
}

extension DiagnosticCode {
  package static let memoryShort = DiagnosticCode(
    "memory.short",
    "The statement takes more memory than is safe under the limits of this process: ulimit -v, or its control group.")
}
