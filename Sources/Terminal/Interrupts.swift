import CLibEdit
import Foundation
import Synchronization

/// What the process does when it is signalled. Handlers only leave word in a pipe; a thread of this type's own reads it and acts.
/// There is one per process, owned by the shell.
package final class Interrupts: Sendable {
  /// Who is at the other end.
  package enum Conduct: Sendable {
    /// A person at a prompt: ^C ends what runs and never the shell; a closed terminal or SIGTERM ends both, in good order.
    case interactive
    /// A script: ^C ends what runs; where nothing does, or it comes again, or what runs does not end within `patience`, it ends the
    /// process with status 130.
    case script
  }

  /// What has come in since it was last asked.
  struct Word: Sendable {
    var isInterrupted = false
    var isResized = false
    var isContinued = false
  }

  private struct State {
    var word = Word()
    var cancel: (@Sendable () -> Void)?
    var wasInterrupted = false
    var endingSignal: Int32?
    /// Whether the terminal was found closed, and the signal that says so is still to come.
    var isHungUp = false
  }

  private let state = Mutex(State())
  private let conduct: Conduct
  /// Said before the process ends because what runs did not.
  private let lastWords: @Sendable () -> Void
  /// Microseconds. Whatever is under way can be cut off: files are put in their places whole, and a workspace's changes too.
  private static let patience: useconds_t = 25_000
  /// Readable when the editor is to look up.
  let bell: Int32

  /// Catches the signals that the conduct asks for, from now to the end of the process. That nobody reads what is written is for the
  /// writing to find out, and ends nothing by itself.
  package init(_ conduct: Conduct, lastWords: @escaping @Sendable () -> Void = {}) {
    (self.conduct, self.lastWords) = (conduct, lastWords)
    signal(SIGPIPE, SIG_IGN)
    bell = signals_bell()
    let signals = conduct == .interactive ? [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGCONT] : [SIGINT]
    // SAFETY: the count is the array's own.
    let pipe = unsafe signals_catch(signals, Int32(signals.count))
    guard pipe >= 0 else { return }
    Thread.detachNewThread { [self] in
      var signal: UInt8 = 0
      // SAFETY: one byte is read into one byte.
      while unsafe read(pipe, &signal, 1) == 1 || errno == EINTR { receive(Int32(signal)) }
    }
  }

  /// Runs `body`; a signal to stop calls `cancel` meanwhile, on another thread, perhaps more than once.
  package func whileRunning<Result, Failure>(
    cancel: @escaping @Sendable () -> Void, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    state.withLock { state in
      state.cancel = cancel
      state.wasInterrupted = false
    }
    defer { state.withLock { $0.cancel = nil } }
    let result = try body()
    // What ended before it noticed goes on to nothing else.
    if conduct == .script { endIfInterrupted() }
    return result
  }

  /// Ends the process where what runs was told to stop.
  private func endIfInterrupted() {
    state.withLock { state in
      guard state.cancel != nil, state.wasInterrupted else { return }
      lastWords()
      Self.end(130)
    }
  }

  /// Whether the last run was told to stop.
  package var wasInterrupted: Bool { state.withLock(\.wasInterrupted) }

  /// SIGTERM or SIGHUP once one has come: the shell is to end, with status 128 more than this.
  package var endingSignal: Int32? { state.withLock(\.endingSignal) }

  /// Ends the shell as the signal of a closed terminal does, which may come later than its end of input.
  func hangUp() {
    state.withLock { state in
      guard state.endingSignal == nil else { return }
      (state.endingSignal, state.isHungUp) = (SIGHUP, true)
    }
  }

  /// What has come in since, silencing the bell.
  func takeWord() -> Word {
    var count: UInt64 = 0
    // SAFETY: the eight bytes of an event counter into eight bytes.
    _ = unsafe read(bell, &count, 8)
    return state.withLock { state in
      defer { state.word = Word() }
      return state.word
    }
  }

  private func receive(_ signal: Int32) {
    let cancel = state.withLock { state in
      switch signal {
      case SIGWINCH: state.word.isResized = true
      case SIGCONT: state.word.isContinued = true
      // ^\ is a key like others at the prompt; hit while a statement runs it must not take with it what is not saved.
      case SIGQUIT: break
      case SIGINT:
        // A script that is asked twice is not waited for.
        if conduct == .script, state.cancel == nil || state.wasInterrupted { Self.end(130) }
        if state.cancel == nil { state.word.isInterrupted = true } else { state.wasInterrupted = true }
      default:
        // Asked twice, there is no waiting for what will not stop.
        if state.endingSignal != nil, !state.isHungUp { Self.end(128 + signal) }
        (state.endingSignal, state.isHungUp) = (signal, false)
      }
      return [SIGWINCH, SIGCONT, SIGQUIT].contains(signal) ? nil : state.cancel
    }
    cancel?()
    var one: UInt64 = 1
    // SAFETY: the eight bytes of an event counter from eight bytes.
    _ = unsafe write(bell, &one, 8)
    guard conduct == .script else { return }
    usleep(Self.patience)
    // What runs may end, and say so itself, only before or after this.
    endIfInterrupted()
  }

  private static func end(_ status: Int32) -> Never {
    fflush(nil)
    _exit(status)
  }
}
