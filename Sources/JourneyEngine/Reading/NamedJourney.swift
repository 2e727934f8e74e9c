import EventStore
import JourneyQuery
import JourneyTime

/// The events of one customer after another that a question sees, with the numbers of their names. A copy is a reader of its own: it
/// holds scratch space.
struct NamedJourney: Sendable {
  let namer: EventNamer
  private let filter: ConditionProgram?
  private let during: Range<Int64>?
  private let matcher: StepMatcher?
  private var people: PeopleTest?
  /// Rows of the events in canonical order; the next two are parallel to it.
  private(set) var rows: [Int] = []
  private(set) var names: [Int32] = []
  /// Whether the event matches the step; without a step every event does.
  private(set) var isMatch: [Bool] = []
  private var numbers: [Int32] = []
  private var masks: [UInt64] = []
  private var truths: [UInt8] = []
  private var kept: [UInt8] = []

  /// `during` bounds all events.
  init(
    _ naming: Naming, step: Step? = nil, filter: Condition?, people: People?, during: Range<Instant>?,
    in schema: StoreSchema
  ) {
    namer = EventNamer(naming, in: schema)
    matcher = step.map { StepMatcher([$0], in: schema) }
    self.filter = filter.map { ConditionProgram($0, in: schema) }
    self.people = people.map { PeopleTest($0, in: schema) }
    self.during = during.map { $0.lowerBound.microseconds..<$0.upperBound.microseconds }
  }

  /// Reads the events of a customer; false if people like this one are not asked, and then there are none.
  mutating func read(_ customer: Int, of bucket: Bucket) -> Bool {
    rows.removeAll(keepingCapacity: true)
    names.removeAll(keepingCapacity: true)
    isMatch.removeAll(keepingCapacity: true)
    if people != nil, people?.holds(customer, of: bucket) != true { return false }
    let all = bucket.rows(of: customer)
    namer.name(all, of: bucket, into: &numbers, &truths)
    matcher?.match(all, of: bucket, into: &masks, &truths)
    filter?.evaluate(all, of: bucket, into: &kept)
    for row in all {
      let index = row - all.lowerBound
      if filter != nil, kept[index] != Truth.yes { continue }
      if let during, !during.contains(bucket.instants[row]) { continue }
      if numbers[index] == EventNamer.leftOut { continue }
      rows.append(row)
      names.append(numbers[index])
      isMatch.append(matcher == nil || masks[index] != 0)
    }
    return true
  }
}
