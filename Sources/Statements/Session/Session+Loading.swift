import Interchange
import JourneyQuery

extension Session {
  /// Watches a load: tells how far it is, and stops it when the statement is interrupted.
  func loadProgress(of file: String) -> LoadProgress {
    let run = run
    let tell = progress
    return LoadProgress { progress in
      if run.isCancelled { progress.cancel() }
      let (done, whole) = progress.bytes
      tell?(whole > 0 ? Double(done) / Double(whole) : 0, "reading '\(file)': \(progress.rows.grouped) rows")
    }
  }
}
