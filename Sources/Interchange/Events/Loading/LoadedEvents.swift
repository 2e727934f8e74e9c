import EventStore
import JourneyTime

/// A store in the making, and what is to be said about how it was read.
package struct LoadedEvents: Sendable {
  package var draft: BucketAssembly
  /// What rows say of whose ids are whose; the draft is by it. Nil where they say nothing.
  package var identities: JoinedIdentities?
  package var summary: LoadSummary

  /// Customers of the buckets made so far: of all once the store is saved.
  package var customers: Int { draft.tally.customers }
  /// First and last instant of these buckets.
  package var span: ClosedRange<Instant>? {
    draft.tally.span.map { Instant(microseconds: $0.lowerBound)...Instant(microseconds: $0.upperBound) }
  }
}
