import GRDB
import JourneyTime

/// Which last events the data had when a comparison was made: a line of the setting `looks` each, the newest last.
extension Workspace {
  private static var mostLooks: Int { 1_000 }

  /// The last events at which the sentence was asked, each once.
  package func looks(at sentence: String) throws(WorkspaceError) -> [Instant] {
    try read { database in
      try lines(database).filter { $0.sentence == sentence }.map(\.last)
    }
  }

  /// The oldest of very many are forgotten.
  package func keepLook(at sentence: String, _ last: Instant) throws(WorkspaceError) {
    try write { database in
      let kept = try lines(database).suffix(Self.mostLooks - 1) + [(last, sentence)]
      try set(.looks, to: kept.map { "\($0.last.microseconds) \($0.sentence)" }.joined(separator: "\n"), database)
    }
  }

  private func lines(_ database: Database) throws -> [(last: Instant, sentence: String)] {
    let text = try setting(.looks, database) ?? ""
    return text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let last = Int64(parts[0]) else { return nil }
      return (Instant(microseconds: last), String(parts[1]))
    }
  }
}
