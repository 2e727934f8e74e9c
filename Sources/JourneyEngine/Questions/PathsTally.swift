import EventStore
import JourneyQuery

/// What one thread counted of paths.
struct PathsTally: Sendable {
  struct Cell: Hashable, Sendable {
    /// Node of the group keys; −1 without a breakdown.
    var group: Int
    /// Node of the variants.
    var variant: Int
  }
  private var journey: NamedJourney
  private var groups: GroupReader?
  private let hasAnchor: Bool
  /// What the anchor's instant must lie in, in microseconds.
  private let during: Range<Int64>?
  /// The most steps to take before the anchor, and after it.
  private let before: Int
  private let after: Int
  /// Trees of names, each below the number of its steps before the anchor.
  private(set) var variants = GroupKeys()
  /// Customers.
  private(set) var counts: [Cell: Int] = [:]
  private(set) var asked = 0
  private var steps: [Int32] = []

  init(_ query: PathsQuery, in schema: StoreSchema) {
    hasAnchor = query.anchor != nil
    journey = NamedJourney(
      query.naming, step: query.anchor?.step, filter: query.filter, people: query.people,
      during: hasAnchor ? nil : query.during, in: schema)
    groups = query.breakdown.map { GroupReader($0, in: schema) }
    during = hasAnchor ? query.during.map { $0.lowerBound.microseconds..<$0.upperBound.microseconds } : nil
    // No journey has more events than this.
    let depth = min(max(1, query.depth), Int(UInt32.max))
    switch query.anchor?.side {
    case nil, .from: (before, after) = (0, depth - 1)
    case .to: (before, after) = (depth, 0)
    case .around: (before, after) = (depth, depth)
    }
  }

  var groupKeys: GroupKeys { groups?.keys ?? GroupKeys() }
  var names: [String] { journey.namer.names }

  mutating func read(_ customer: Int, of bucket: Bucket) {
    guard journey.read(customer, of: bucket) else { return }
    asked += 1
    guard let anchor = anchor(in: bucket) else { return }
    takeSteps(around: anchor)
    let group = groups?.group(at: journey.rows[anchor], of: customer, in: bucket) ?? -1
    var variant = -1
    for step in steps { variant = variants.node(UInt64(step), behind: variant) }
    counts[Cell(group: group, variant: variant), default: 0] += 1
  }

  /// Index of the event that the path is read at.
  private func anchor(in bucket: Bucket) -> Int? {
    journey.rows.indices.first { index in
      journey.isMatch[index] && (during?.contains(bucket.instants[journey.rows[index]]) ?? true)
    }
  }

  /// Leaves in `steps` the number of steps before the anchor, and then the path.
  private mutating func takeSteps(around anchor: Int) {
    steps.removeAll(keepingCapacity: true)
    var index = anchor
    while index > 0, steps.count < before {
      index -= 1
      if journey.names[index] != journey.names[index + 1] { steps.append(journey.names[index]) }
    }
    steps.append(Int32(steps.count))
    steps.reverse()
    steps.append(journey.names[anchor])
    let most = steps.count + after
    index = anchor + 1
    while index < journey.names.count, steps.count < most {
      if journey.names[index] != journey.names[index - 1] { steps.append(journey.names[index]) }
      index += 1
    }
  }
}
