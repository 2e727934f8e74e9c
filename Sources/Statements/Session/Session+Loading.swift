import Foundation
import Interchange
import JourneyQuery
import SourceText

extension Session {
  /// Watches a load: tells how far it is, and stops it when the statement is interrupted.
  func loadProgress(of file: String) -> LoadProgress {
    let run = run
    let tell = progress
    let began = ContinuousClock.now
    let report = { @Sendable (progress: LoadProgress) in
      let (done, whole) = progress.bytes
      let share = whole > 0 ? Double(done) / Double(whole) : 0
      tell?(share, Self.words(progress, of: file, share, after: (.now - began) / .seconds(1)))
    }
    return LoadProgress(report: report) { run.isCancelled }
  }

  /// `1,204,000 rows of 'events.csv', 52 MB/s, 802,000 rows a second, 3 s left`; rates once there is a second to tell
  /// them from.
  private static func words(_ progress: LoadProgress, of file: String, _ share: Double, after seconds: Double) -> String
  {
    let count = "\(progress.rows.grouped) rows of '\(file)'"
    guard seconds >= 1, share > 0 else { return count }
    let megabytes = Int(Double(progress.bytes.done) / seconds / 1_000_000)
    let rows = Int(Double(progress.rows) / seconds / 1_000) * 1_000
    let left = Int((seconds / share - seconds).rounded(.up))
    return "\(count), \(megabytes.grouped) MB/s, \(rows.grouped) rows a second, \(left.grouped) s left"
  }
}

extension Session {
  /// Reads and writes the files that we do not; nil if it is not there.
  func duckDB() throws(Diagnostic) -> DuckDB? { try DuckDB(files.door, ProcessInfo.processInfo.environment) }

  /// Whether events are here by a name that came otherwise than as this kind of source: what took their place could not be undone.
  func holdsEvents(_ name: String, otherThan kind: String) throws(Diagnostic) -> Bool {
    guard try attempt(workspace.storedEvents().contains(where: { $0.name == name })) else { return false }
    let kinds = [RowKind.events.rawValue, LoadSampleStatement.kind, SimulateStatement.kind]
    let sources = try attempt(workspace.sources()).filter { $0.store == name && kinds.contains($0.kind) }
    return sources.isEmpty || sources.contains { $0.kind != kind }
  }

  /// Where rows of a load go that are too many for memory: beside the workspace.
  var spillFolder: String {
    guard let path = workspace.path else { return NSTemporaryDirectory() }
    let folder = (path as NSString).deletingLastPathComponent
    return folder.isEmpty ? "." : folder
  }
}
