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
  /// Groups by variants; nothing without a breakdown.
  private var cells = PairNumbers()
  /// Customers, parallel to the cells; without a breakdown by the number of the variant.
  private var customers: [Int] = []
  private var steps: [Int32] = []
  /// Finds the anchor where names depend on codes alone and no clause leaves events out, so that only the events on the
  /// path need to be looked at; nil where that is not so.
  private let anchors: StepMatcher?
  private var passed = 0

  /// `names` are those of all events.
  init(_ query: PathsQuery, in schema: StoreSchema, names: [String]) {
    hasAnchor = query.anchor != nil
    var clauses = JourneyReader.Clauses(naming: query.naming, scope: query.scope)
    clauses.names = names
    clauses.steps = query.anchor.map { [$0.step] } ?? []
    clauses.needsFirstStep = hasAnchor
    if hasAnchor { clauses.scope.during = nil }
    clauses.needsInstants = hasAnchor && query.scope.during != nil
    reader = JourneyReader(clauses, in: schema)
    groups = query.breakdown.map { GroupReader($0, in: schema) }
    during = hasAnchor ? query.scope.during.map { $0.lowerBound.microseconds..<$0.upperBound.microseconds } : nil
    // No journey has more events than this.
    let depth = min(max(1, query.depth), Int(UInt32.max))
    switch query.anchor?.side {
    case nil, .from: (before, after) = (0, depth - 1)
    case .to: (before, after) = (depth, 0)
    case .around: (before, after) = (depth, depth)
    }
    variants = PathNumbers(names: reader.namer?.names.count ?? 0)
    let isPlain = clauses.scope.keepsEverything && reader.namer?.isByCode == true
    anchors = isPlain ? StepMatcher(clauses.steps, in: schema) : nil
  }

  var groupKeys: GroupKeys { groups?.keys ?? GroupKeys() }
  var names: [String] { reader.namer?.names ?? [] }
  /// Customers that `for` keeps, among those read.
  var asked: Int { reader.asked + passed }
  /// Customers by group (0 without a breakdown) and number of the variant; each pair once.
  var counts: [(group: Int, variant: Int, customers: Int)] {
    if groups != nil { return zip(cells.pairs, customers).map { ($0.first, $0.second, $1) } }
    return customers.indices.filter { customers[$0] > 0 }.map { (0, $0, customers[$0]) }
  }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    if let anchors, let namer = reader.namer {
      passed += block.count
      switch bucket.events {
      case .narrow(let codes): readPlain(block, of: bucket, codes, anchors, namer)
      case .medium(let codes): readPlain(block, of: bucket, codes, anchors, namer)
      case .wide(let codes): readPlain(block, of: bucket, codes, anchors, namer)
      }
      return
    }
    reader.read(block, of: bucket)
    let names = reader.names
    for person in reader.people {
      let events = reader.events(of: person)
      guard let anchor = anchor(in: events) else { continue }
      takeSteps(around: anchor, in: events) { names[$0] }
      count(reader.row(of: anchor), of: reader.customer(of: person), in: bucket)
    }
  }

  private mutating func readPlain(
    _ block: Range<Int>, of bucket: Bucket, _ codes: [some FixedWidthInteger], _ anchors: StepMatcher,
    _ namer: EventNamer
  ) {
    let (offsets, instants, masks) = (bucket.offsets, during == nil ? [] : bucket.instants, bucket.eventMasks)
    let rows = Int(offsets[block.lowerBound])..<Int(offsets[block.upperBound])
    var bitmaps = RowBitmaps(planes: 1, rows: rows)
    if hasAnchor { anchors.mark(rows, of: bucket, bucket.events, in: &bitmaps) }
    for customer in block {
      let events = Int(offsets[customer])..<Int(offsets[customer + 1])
      var anchor: Int? = events.lowerBound
      if hasAnchor {
        guard masks[customer] & anchors.eventMasks[0] != 0 else { continue }
        anchor = bitmaps.first(0, in: events)
        while let row = anchor, let during, !during.contains(instants[row]) {
          anchor = bitmaps.first(0, in: row + 1..<events.upperBound)
        }
      }
      guard let anchor else { continue }
      takeSteps(around: anchor, in: events) { namer.number(ofCode: Int(codes[$0])) }
      count(anchor, of: customer, in: bucket)
    }
  }

  /// Counts a customer for the path in `steps`.
  private mutating func count(_ anchor: Int, of customer: Int, in bucket: Bucket) {
    var cell = variants.number(steps)
    if let group = groups?.group(at: anchor, of: customer, in: bucket) { cell = cells.number(max(0, group), cell) }
    if cell >= customers.count {
      customers.append(contentsOf: repeatElement(0, count: max(cell + 1, 2 * customers.count) - customers.count))
    }
    customers[cell] += 1
  }

  /// The event that the path is read at.
  private func anchor(in events: Range<Int>) -> Int? {
    guard hasAnchor else { return events.first }
    return events.first { event in
      guard reader.matches.isEmpty || reader.matches[event] != 0 else { return false }
      return during?.contains(reader.instants[reader.firstInstant + event]) ?? true
    }
  }

  /// Leaves in `steps` the number of steps before the anchor, and then the path; `name` gives the number of an event's name.
  @inline(__always)
  private mutating func takeSteps(around anchor: Int, in events: Range<Int>, _ name: (Int) -> Int32) {
    steps.removeAll(keepingCapacity: true)
    var event = anchor
    while event > events.lowerBound, steps.count < before {
      event -= 1
      if name(event) != name(event + 1) { steps.append(name(event)) }
    }
    steps.append(Int32(truncatingIfNeeded: steps.count))
    steps.reverse()
    steps.append(name(anchor))
    let most = steps.count + after
    event = anchor + 1
    while event < events.upperBound, steps.count < most {
      if name(event) != name(event - 1) { steps.append(name(event)) }
      event += 1
    }
  }
}
