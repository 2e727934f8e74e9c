import EventStore
import JourneyQuery

/// What one thread counted of paths.
struct PathsTally: Sendable {
  private var reader: JourneyReader
  private var groups: GroupReader?
  private let hasAnchor: Bool
  /// What the anchor's instant must lie in, in microseconds.
  private let during: Range<Int64>?
  /// The most steps to take before the anchor, and after it.
  private let before: Int
  private let after: Int
  private(set) var variants: PathNumbers
  /// Groups (0 without a breakdown) by variants.
  private(set) var cells = PairNumbers()
  /// Customers, parallel to the cells.
  private(set) var customers: [Int] = []
  private var steps: [Int32] = []

  init(_ query: PathsQuery, in schema: StoreSchema) {
    hasAnchor = query.anchor != nil
    var clauses = JourneyReader.Clauses(naming: query.naming, filter: query.filter, people: query.people)
    clauses.steps = query.anchor.map { [$0.step] } ?? []
    clauses.needsFirstStep = hasAnchor
    clauses.during = hasAnchor ? nil : query.during
    clauses.needsInstants = hasAnchor && query.during != nil
    reader = JourneyReader(clauses, in: schema)
    groups = query.breakdown.map { GroupReader($0, in: schema) }
    during = hasAnchor ? query.during.map { $0.lowerBound.microseconds..<$0.upperBound.microseconds } : nil
    // No journey has more events than this.
    let depth = min(max(1, query.depth), Int(UInt32.max))
    switch query.anchor?.side {
    case nil, .from: (before, after) = (0, depth - 1)
    case .to: (before, after) = (depth, 0)
    case .around: (before, after) = (depth, depth)
    }
    variants = PathNumbers(names: reader.namer?.names.count ?? 0)
  }

  var groupKeys: GroupKeys { groups?.keys ?? GroupKeys() }
  var names: [String] { reader.namer?.names ?? [] }
  var asked: Int { reader.asked }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    reader.read(block, of: bucket)
    for person in reader.people {
      let events = reader.events(of: person)
      guard let anchor = anchor(in: events) else { continue }
      takeSteps(around: anchor, in: events)
      let group = groups?.group(at: reader.row(of: anchor), of: reader.customer(of: person), in: bucket) ?? -1
      let cell = cells.number(max(0, group), variants.number(steps))
      if cell == customers.count { customers.append(0) }
      customers[cell] += 1
    }
  }

  /// The event that the path is read at.
  private func anchor(in events: Range<Int>) -> Int? {
    guard hasAnchor else { return events.first }
    return events.first { event in
      guard reader.matches.isEmpty || reader.matches[event] != 0 else { return false }
      return during?.contains(reader.instants[reader.firstInstant + event]) ?? true
    }
  }

  /// Leaves in `steps` the number of steps before the anchor, and then the path.
  private mutating func takeSteps(around anchor: Int, in events: Range<Int>) {
    let names = reader.names
    steps.removeAll(keepingCapacity: true)
    var event = anchor
    while event > events.lowerBound, steps.count < before {
      event -= 1
      if names[event] != names[event + 1] { steps.append(names[event]) }
    }
    steps.append(Int32(truncatingIfNeeded: steps.count))
    steps.reverse()
    steps.append(names[anchor])
    let most = steps.count + after
    event = anchor + 1
    while event < events.upperBound, steps.count < most {
      if names[event] != names[event - 1] { steps.append(names[event]) }
      event += 1
    }
  }
}
