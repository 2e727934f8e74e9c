import EventStore
import JourneyEngine
import JourneyQuery
import TestSupport
import Testing

/// Traces of a property by their definition: the events of each journey, one by one.
private func definedTrace(_ query: PropertyTraceQuery, in rows: [EventRow]) -> PropertyTraceReport {
  var report = PropertyTraceReport()
  for journey in journeys(of: rows) {
    let values = journey.events.map { $0.value(of: query.property) }
    let missing = values.count { $0 == nil }
    report.customers += 1
    if missing == values.count { report.without += 1 } else if missing > 0 { report.partly += 1 }
    let isChanging = query.tests.contains { test in
      let truths = values.compactMap { $0 }.map { truth(of: test, on: $0) }
      return truths.contains(true) && truths.contains(false)
    }
    if isChanging { report.changing += 1 }
  }
  return report
}

@Suite struct PropertyTraceTests {
  @Test(arguments: 0..<4) func `the trace is that of the definition`(seed: Int) throws {
    try expectDefined(seed: seed, stores: 250) { random in
      let tests = (0..<random.pick([0, 1, 2, 3, 40])).map { _ in PropertyTest.random(using: &random) }
      let property = tests.first?.property ?? random.pick(["item", "amount", "nothing"])
      return PropertyTraceQuery(property, tests: tests.map(\.test))
    } definition: { rows, query in
      definedTrace(query, in: rows)
    } answer: { engine, query in
      try engine.propertyTrace(query, Run())
    }
  }
}
