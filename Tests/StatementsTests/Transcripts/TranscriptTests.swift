import Foundation
import Testing

/// The exact replies of the shell. `scripts/record` writes them anew; the difference is the review.
@Suite struct TranscriptTests {
  @Test(arguments: TranscriptRunner.files.filter { TranscriptRunner.needed(by: $0) == nil })
  func repliesAsRecorded(path: String) throws { try check(path) }

  @Test(
    .enabled(if: TranscriptRunner.Program.duckdb.isInstalled, "DuckDB's command line is not there"),
    arguments: TranscriptRunner.files.filter { TranscriptRunner.needed(by: $0) == .duckdb })
  func repliesThroughDuckDB(path: String) throws { try check(path) }

  @Test(
    .enabled(if: TranscriptRunner.Program.rsvg.isInstalled, "librsvg's command line is not there"),
    arguments: TranscriptRunner.files.filter { TranscriptRunner.needed(by: $0) == .rsvg })
  func repliesThroughLibrsvg(path: String) throws { try check(path) }

  private func check(_ path: String) throws {
    let file = TranscriptRunner.root.appendingPathComponent(path)
    let recorded = Transcript(try String(contentsOf: file, encoding: .utf8), isMarkdown: path.hasSuffix(".md"))
    let replayed = try TranscriptRunner.replay(recorded)
    if ProcessInfo.processInfo.environment["WAYMARK_RECORD"] == "1" {
      try Data(replayed.text.utf8).write(to: file)
      return
    }
    for (before, after) in zip(recorded.parts, replayed.parts) {
      #expect(before == after, "\(path)")
    }
  }

  @Test func thereAreTranscripts() {
    #expect(TranscriptRunner.files.count > 0)
  }
}
