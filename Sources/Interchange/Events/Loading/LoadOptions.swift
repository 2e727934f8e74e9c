import EventStore
import Foundation
import JourneyTime

/// What may be said about a load; everything not said is found out.
package struct LoadOptions: Sendable {
  package var kind: RowKind
  package var roles: [ColumnRole: ColumnReference]
  /// Of events: whose the ids of rows are.
  package var identities: IdentityMap?
  /// Of events: whether ids that stand in one row are joined.
  package var joinsIds = true
  /// Of a survey: what answers may be.
  package var scores = 0...10
  /// The clock of times without an offset.
  package var zone: Zone
  /// Somebody said so for this file; else what is known of the file's origin comes first.
  package var isZoneGiven: Bool
  /// The share of rows that may be bad; a load with more of them fails.
  package var maxBadShare: Double
  /// How many buckets the store gets; nil for as many as its customers need.
  package var buckets: Int?
  /// How many threads parse; nil for one per core. The result does not depend on it.
  package var threads: Int?
  /// Bytes of memory a load may take, roughly; half of it for rows, of which more go to a file.
  package var memory: Int
  /// Where that file is made.
  package var spillFolder: String
  /// Rows that are dealt out at once; nil for as many as are good.
  package var groupSize: Int?
  /// Bytes of text that are read at once.
  package var blockSize = 2 * OpenFile.blockSize + 32 << 10
  /// Bytes of JSON from which columns and kinds are guessed.
  package var headSize = 1 << 20
  /// Bytes below which a file is not worth another thread.
  package var leastSegment = 1 << 20

  package init(
    _ kind: RowKind = .events, roles: [ColumnRole: ColumnReference] = [:], zone: Zone = .utc, isZoneGiven: Bool = true,
    maxBadShare: Double = 0.01, buckets: Int? = nil,
    threads: Int? = nil, memory: Int = .max, spillFolder: String = NSTemporaryDirectory()
  ) {
    self.kind = kind
    self.roles = roles
    self.zone = zone
    self.isZoneGiven = isZoneGiven
    self.maxBadShare = maxBadShare
    self.buckets = buckets
    self.threads = threads
    self.memory = memory
    self.spillFolder = spillFolder
  }
}
