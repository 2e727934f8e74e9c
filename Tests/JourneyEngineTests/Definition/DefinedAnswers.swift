import EventStore
import JourneyEngine
import JourneyQuery
import TestSupport
import Testing

/// Holds an analysis to its definition: a random question about each of so many small random stores, however these are cut.
func expectDefined<Query, Report: Equatable>(
  seed: Int, stores: Int, _ question: (inout SeededRandom) -> Query, definition: ([EventRow], Query) -> Report,
  answer: (any Executor, Query) throws -> Report
) throws {
  var random = SeededRandom(seed: UInt64(seed))
  for number in 0..<stores {
    let rows = RandomJourneys([.orderColumn], using: &random).rows
    let query = question(&random)
    let expected = definition(rows, query)
    for engine in try engines(rows, using: &random) {
      try #require(try answer(engine, query) == expected, "store \(number): \(rows) \(query)")
    }
  }
}
