import Interchange
import JourneyQuery

extension Session {
  /// Watches a load: tells how far it is, and stops it when the statement is interrupted.
  func loadProgress(of file: String) -> LoadProgress {
    let run = run
    let tell = progress
    let began = ContinuousClock.now
    return LoadProgress { progress in
      if run.isCancelled { progress.cancel() }
      let (done, whole) = progress.bytes
      tell?(whole > 0 ? Double(done) / Double(whole) : 0, Self.words(progress.rows, of: file, after: .now - began))
    }
  }

  /// `1,204,000 rows of 'events.csv', 802,000 a second`; the rate once there is a second to tell it from.
  private static func words(_ rows: Int, of file: String, after elapsed: Swift.Duration) -> String {
    let count = "\(rows.grouped) rows of '\(file)'"
    let seconds = elapsed / .seconds(1)
    guard seconds >= 1 else { return count }
    return count + ", \((Int(Double(rows) / seconds / 1000) * 1000).grouped) a second"
  }
}
