import EventStore
import Foundation
import JourneyTime

/// What a column of an event file is for.
package enum EventRole: String, CaseIterable, Sendable {
  case customer, time, event, order, session, device
}

/// A column as a person names it: by its header, or by its number from 1.
package enum ColumnReference: Hashable, Sendable {
  case name(String)
  case number(Int)
}

/// What may be said about a load; everything not said is found out.
package struct LoadOptions: Sendable {
  package var roles: [EventRole: ColumnReference]
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
    roles: [EventRole: ColumnReference] = [:], zone: Zone = .utc, isZoneGiven: Bool = true,
    maxBadShare: Double = 0.01, buckets: Int? = nil,
    threads: Int? = nil, memory: Int = .max, spillFolder: String = NSTemporaryDirectory()
  ) {
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

/// A store in the making, and what is to be said about how it was read.
package struct LoadedEvents: Sendable {
  package var draft: BucketAssembly
  package var summary: LoadSummary

  /// Customers of the buckets made so far: of all once the store is saved.
  package var customers: Int { draft.tally.customers }
  /// First and last instant of these buckets.
  package var span: ClosedRange<Instant>? {
    draft.tally.span.map { Instant(microseconds: $0.lowerBound)...Instant(microseconds: $0.upperBound) }
  }
}

package struct LoadSummary: Sendable {
  /// A role, the column that has it, and how that was decided.
  package struct Role: Sendable, Hashable {
    package enum Source: Sendable, Hashable {
      /// The user named the column.
      case given
      /// Its name is the best of those known for the role; `others` are further columns whose names would do, best
      /// first.
      case found(others: [String])
      /// The origin of the file tells; `fallbacks` are columns that stand in where it has no value, best first.
      case shape(fallbacks: [String])
    }
    package var role: EventRole
    package var column: String
    /// From 1.
    package var number: Int
    package var source: Source
  }

  /// Good rows: the events of the store.
  package var rows: Int
  package var badRows: Int
  /// The first of them, at most five, in the order of the file.
  package var firstBadRows: [BadRow]
  package var roles: [Role]
  /// Of a table.
  package var delimiter: Character?
  package var hasHeader: Bool
  package var timeLayout: TimeLayout
  package var zone: Zone
  /// In the store's column order.
  package var properties: [(name: String, kind: Property.Kind)]
  package var isCompressed: Bool
  /// Of the file.
  package var bytes: Int
  /// Whose export the file is, where that was recognised.
  package var product: String?
}

/// A row that could not be read.
package struct BadRow: Sendable, Hashable {
  /// Where it begins, from 1, as a text editor counts.
  package var line: Int
  /// Lower case, no full stop: `'abc' is no time`.
  package var reason: String
  /// The start of the row's text, on one line.
  package var excerpt: String
}
