import Glibc
import SourceText
import Synchronization

/// One line on a terminal that says how far something is, drawn over itself and gone at the end. From any thread.
package final class ProgressLine: Sendable {
  private struct State {
    var began: ContinuousClock.Instant?
    var drawn: ContinuousClock.Instant?
  }

  private let state = Mutex(State())
  private let columns: Int
  private let write: @Sendable (String) -> Void

  /// `write` is given what is to be sent to the terminal, which takes ANSI's control sequences.
  package init(columns: Int, write: @escaping @Sendable (String) -> Void) {
    self.columns = columns
    self.write = write
  }

  /// Shows a share of 1 and a few words. Nothing is drawn in the first 200 ms, nor more often than ten times a second.
  package func show(_ share: Double, _ words: String, now: ContinuousClock.Instant = .now) {
    state.withLock { state in
      state.began = state.began ?? now
      draw(share, words, now, &state)
    }
  }

  private func draw(_ share: Double, _ words: String, _ now: ContinuousClock.Instant, _ state: inout State) {
    let elapsed = now - (state.began ?? now)
    guard elapsed >= .milliseconds(200), state.drawn.map({ now - $0 >= .milliseconds(100) }) ?? true else { return }
    state.drawn = now
    write("\r\u{1B}[K" + Self.shown(share, words, after: elapsed, columns: columns - 1))
  }

  /// Shows what `read` says is running, if anything is, each time it is called. What is said after `end` is never of before it.
  ///
  /// - Parameter read: a share of 1, a few words, and since when.
  package func show(
    now: ContinuousClock.Instant = .now, _ read: () -> (share: Double, words: String, began: ContinuousClock.Instant)?
  ) {
    state.withLock { state in
      guard let (share, words, began) = read() else { return }
      state.began = began
      draw(share, words, now, &state)
    }
  }

  /// Takes the line away; the next `show` begins anew.
  package func end() {
    state.withLock { state in
      if state.drawn != nil { write("\r\u{1B}[K") }
      state = State()
    }
  }

  /// What a terminal might obey as signs, in at most so many columns.
  static func shown(_ share: Double, _ words: String, after elapsed: Duration, columns: Int) -> String {
    text(share, words, after: elapsed).withVisibleControls().cut(toColumns: columns)
  }

  /// `[########------------] 40%, 3 s left: WORDS`; the time left is as if the pace so far were kept.
  static func text(_ share: Double, _ words: String, after elapsed: Duration) -> String {
    let share = min(max(share, 0), 1)
    let filled = Int(share * 20)
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: 20 - filled)
    let head = "[\(bar)] \(Int(share * 100))%"
    guard share > 0 else { return "\(head): \(words)" }
    let left = elapsed * ((1 - share) / share)
    return "\(head), \(left.components.seconds + 1) s left: \(words)"
  }
}
