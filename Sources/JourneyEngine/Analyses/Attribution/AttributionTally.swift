import EventStore
import Foundation
import JourneyQuery

/// The paths one thread found.
struct AttributionTally: Sendable {
  private var reader: JourneyReader
  private var groups: GroupReader
  private let worthColumn: Int?
  /// Microseconds.
  private let during: Range<Int64>?
  private let window: Int64?
  private let weighsAge: Bool
  private(set) var paths = TouchPaths()
  private(set) var customers = 0
  /// Of the path in hand, the oldest first.
  private var touches: [(value: Int, instant: Int64)] = []
  /// By number of a value: whether it is one; what is missing has a number, too.
  private var isValue: [Bool] = []

  init(_ query: AttributionQuery, _ breakdown: Breakdown, in schema: StoreSchema) {
    var clauses = JourneyReader.Clauses(scope: query.scope)
    (clauses.steps, clauses.scope.during) = ([query.goal], nil)
    reader = JourneyReader(clauses, in: schema)
    groups = GroupReader(breakdown, in: schema)
    worthColumn = query.worth.flatMap(schema.index(ofProperty:))
    during = query.scope.during.map { $0.lowerBound.microseconds..<$0.upperBound.microseconds }
    window = query.window?.microseconds
    weighsAge = query.models.contains(.decay)
  }

  var asked: Int { reader.asked }
  var groupKeys: GroupKeys { groups.keys }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    reader.read(block, of: bucket)
    groups.read(reader, of: bucket)
    for number in isValue.count..<groups.keys.count {
      isValue.append(groups.keys.values(of: number) != [0])
    }
    let worth = worthColumn.map { bucket.properties[$0] }
    for person in reader.people {
      let events = reader.events(of: person)
      guard let last = events.last else { continue }
      var (first, converts) = (events.lowerBound, false)
      for event in events where reader.matches.isEmpty || reader.matches[event] != 0 {
        if isAsked(event) {
          converts = true
          convert(first..<event, at: event, worth: worth?.amount(at: reader.row(of: event)) ?? 0)
        }
        first = event + 1
      }
      if converts { customers += 1 }
      guard first <= last, isAsked(last) else { continue }
      follow(first..<events.upperBound, to: instant(last))
      if let path = paths.number(of: touches.lazy.map(\.value)) { paths.lose(path) }
    }
  }

  private func instant(_ event: Int) -> Int64 { reader.instants[reader.firstInstant + event] }

  private func isAsked(_ event: Int) -> Bool { during?.contains(instant(event)) ?? true }

  private mutating func convert(_ events: Range<Int>, at goal: Int, worth: Double) {
    follow(events, to: instant(goal))
    paths.convert(paths.number(of: touches.lazy.map(\.value)), worth)
    guard weighsAge, let newest = touches.last?.instant else { return }
    // As from the newest touch on, so that however old all of them are some weight is left.
    let weights = touches.map { exp2(-(Double(newest) - Double($0.instant)) / Self.halfLife) }
    let sum = weights.reduce(0, +)
    for (touch, weight) in zip(touches, weights) { paths.weigh(touch.value, weight / sum, of: worth) }
  }

  private static let halfLife = Double(AttributionQuery.halfLife.microseconds)

  /// Leaves in `touches` those of some events that are not too old at an instant.
  private mutating func follow(_ events: Range<Int>, to end: Int64) {
    touches.removeAll(keepingCapacity: true)
    var first = Int64.min
    if let window {
      let (start, isBefore) = end.subtractingReportingOverflow(window)
      if !isBefore { first = start }
    }
    for event in events where instant(event) >= first {
      let value = Int(groups.nodes[event])
      guard isValue[value] else { continue }
      if touches.last?.value == value { touches.removeLast() }
      touches.append((value, instant(event)))
    }
  }
}

extension PropertyColumn {
  /// The number in a row; 0 where there is none.
  fileprivate func amount(at row: Int) -> Double {
    if case .number(let numbers, let present) = self, present[row] { numbers[row] } else { 0 }
  }
}
