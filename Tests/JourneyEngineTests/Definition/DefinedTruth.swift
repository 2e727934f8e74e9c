import EventStore
import JourneyQuery
import JourneyTime

// Conditions and people tests as the language defines them, nil standing for "neither true nor false".

func and(_ truths: [Bool?]) -> Bool? {
  truths.contains(false) ? false : truths.contains(nil) ? nil : true
}

func or(_ truths: [Bool?]) -> Bool? {
  truths.contains(true) ? true : truths.contains(nil) ? nil : false
}

func truth(of condition: Condition, on row: EventRow) -> Bool? {
  switch condition {
  case .test(let test): truth(of: test.test, on: row.value(of: test.property))
  case .not(let inner): truth(of: inner, on: row).map { !$0 }
  case .and(let parts): and(parts.map { truth(of: $0, on: row) })
  case .or(let parts): or(parts.map { truth(of: $0, on: row) })
  }
}

func truth(of test: ValueTest, on value: PropertyValue?) -> Bool? {
  if test == .isMissing { return value == nil }
  guard let value else { return nil }
  switch (test, value) {
  case (.isMissing, _): return false
  case (.contains(let part), .text(let text)): return text.lowercased().contains(part.lowercased())
  case (.contains, _): return nil
  case (.oneOf(let values), _): return or(values.map { truth(of: .compare(.equal, $0), on: value) })
  case (.compare(let comparison, .date(let date)), .time(let time)):
    switch comparison {
    case .equal: return date.contains(Instant(microseconds: time))
    case .notEqual: return !date.contains(Instant(microseconds: time))
    case .less: return time < date.lowerBound.microseconds
    case .lessOrEqual: return time < date.upperBound.microseconds
    case .greater: return time >= date.upperBound.microseconds
    case .greaterOrEqual: return time >= date.lowerBound.microseconds
    }
  case (.compare(let comparison, .number(let right)), .number(let left)):
    return holds(comparison, left < right ? -1 : left > right ? 1 : 0)
  case (.compare(let comparison, .truth(let right)), .truth(let left)):
    return holds(comparison, left == right ? 0 : right ? -1 : 1)
  case (.compare(let comparison, .text(let right)), .text(let left)):
    let order = left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : left.utf8.elementsEqual(right.utf8) ? 0 : 1
    return holds(comparison, order)
  case (.compare, _): return nil
  }
}

private func holds(_ comparison: Comparison, _ order: Int) -> Bool {
  switch comparison {
  case .equal: order == 0
  case .notEqual: order != 0
  case .less: order < 0
  case .lessOrEqual: order <= 0
  case .greater: order > 0
  case .greaterOrEqual: order >= 0
  }
}

/// A test on the person whose whole journey, in canonical order, is `journey`.
func truth(of people: People, on journey: [EventRow]) -> Bool? {
  switch people {
  case .property(let test):
    return truth(of: test.test, on: journey.lazy.compactMap { $0.value(of: test.property) }.first)
  case .did(let did):
    let times = journey.count { row in
      matches(did.step, row) && (did.during?.contains(Instant(microseconds: row.instant)) ?? true)
    }
    switch did.times {
    case .exactly(let count): return times == count
    case .atLeast(let count): return times >= count
    case .atMost(let count): return times <= count
    }
  case .listed(let customers): return journey.first.map { customers.contains($0.customer) } ?? false
  case .not(let inner): return truth(of: inner, on: journey).map { !$0 }
  case .certain(let inner): return truth(of: inner, on: journey) == true
  case .and(let parts): return and(parts.map { truth(of: $0, on: journey) })
  case .or(let parts): return or(parts.map { truth(of: $0, on: journey) })
  }
}

func matches(_ step: Step, _ row: EventRow) -> Bool {
  step.alternatives.contains { pattern in
    (pattern.event == nil || pattern.event == row.name)
      && (pattern.condition.map { truth(of: $0, on: row) == true } ?? true)
  }
}

extension EventRow {
  func value(of property: String) -> PropertyValue? {
    properties.last { $0.name == property }?.value
  }

  /// Where the event stands in time: its instant, then its order value, missing last.
  var moment: Moment { Moment(instant: instant, order: order ?? .infinity) }
}

struct Moment: Comparable {
  var instant: Int64
  var order: Double

  static func < (left: Moment, right: Moment) -> Bool {
    (left.instant, left.order) < (right.instant, right.order)
  }
}

/// The journeys of `rows` (in load order), each in canonical order, by customer id.
func journeys(of rows: [EventRow]) -> [(customer: String, events: [EventRow])] {
  Dictionary(grouping: rows.enumerated(), by: \.element.customer)
    .map { customer, events in
      (customer, events.sorted { ($0.element.moment, $0.offset) < ($1.element.moment, $1.offset) }.map(\.element))
    }
    .sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
}
