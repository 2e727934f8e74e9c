import EventStore
import JourneyQuery

/// What one thread found of the directly-follows graph.
struct FlowTally: Sendable {
  /// One pair of names that follow each other.
  struct Transition: Sendable, Codable {
    var times = 0
    var customers = 0
    /// Number of the customer met last, from 1.
    var last = 0
    /// The lengths that are kept, so that the median is among them.
    var bracket = Bracket.all
    /// How many lengths are below the bracket.
    var below = 0
  }
  /// Journeys whose first event has a name, and those whose last.
  struct Ends: Sendable, Codable {
    var starts = 0
    var ends = 0
  }
  private var reader: JourneyReader
  /// Names by names, parallel to the transitions.
  private(set) var places: CellPlaces
  private(set) var transitions: [Transition] = []
  /// Parallel to the transitions: times in microseconds within the bracket, in no order.
  private(set) var lengths: [[Int64]] = []
  private let others: Bracket
  /// By number of the name.
  private(set) var ends: [Ends]
  private(set) var customers = 0
  /// Customers who were not read.
  private var passed = 0
  /// Scratch space: the transition that leads to each event of a block, −1 for none; lengths to keep and where they go.
  private var leading: [Int32] = []
  private var keptLengths: [Int64] = []
  private var keptPlaces: [Int32] = []

  /// `brackets` are those of the first transitions in `places`, and `others` that of the others. `names` are those of all events.
  init(
    _ query: FlowQuery, in schema: StoreSchema, names: [String], _ places: CellPlaces?, _ brackets: [Bracket],
    others: Bracket = .all
  ) {
    self.others = others
    let clauses = JourneyReader.Clauses(naming: query.naming, names: names, scope: query.scope)
    reader = JourneyReader(clauses, in: schema)
    let count = reader.namer?.names.count ?? 0
    self.places = places ?? CellPlaces(width: count)
    transitions = brackets.map { Transition(bracket: $0) }
    lengths = brackets.map { _ in [] }
    ends = Array(repeating: Ends(), count: count)
  }

  /// What summaries say of everyone, and the times that were kept by pairs of event codes. `numbers` gives for each code the
  /// number of its name.
  init(
    _ query: FlowQuery, in schema: StoreSchema, names: [String], _ summaries: [FollowSummary], _ parts: [FlowLengths],
    _ brackets: [Bracket], numbers: [Int32], customers: Int
  ) {
    self.init(query, in: schema, names: names, nil, [])
    (self.customers, passed) = (customers, customers)
    for summary in summaries {
      for code in numbers.indices {
        ends[Int(numbers[code])].starts += summary[code].starts
        ends[Int(numbers[code])].ends += summary[code].ends
      }
    }
    for (first, from) in numbers.enumerated() {
      for (second, to) in numbers.enumerated() {
        let pairs = summaries.map { $0[first, second] }
        guard pairs.contains(where: { $0.times > 0 }), places.place(Int(from), Int(to)) == transitions.count else {
          continue
        }
        let cell = first * numbers.count + second
        transitions.append(
          Transition(
            times: pairs.reduce(0) { $0 + $1.times }, customers: pairs.reduce(0) { $0 + $1.customers },
            bracket: brackets[cell], below: parts.reduce(0) { $0 + $1.below(cell) }))
        lengths.append(parts.flatMap { $0.lengths[cell] })
      }
    }
  }

  var names: [String] { reader.namer?.names ?? [] }
  var asked: Int { reader.asked + passed }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    reader.read(block, of: bucket)
    if leading.count < reader.eventCount {
      leading = Array(repeating: 0, count: reader.eventCount)
      keptLengths = Array(repeating: 0, count: reader.eventCount + 1)
      keptPlaces = Array(repeating: 0, count: reader.eventCount + 1)
    }
    Self.place(reader, &leading, &places)
    while transitions.count < places.count {
      transitions.append(Transition(bracket: others))
      lengths.append([])
    }
    countEnds()
    let kept = Self.count(reader, leading, &customers, &transitions, &keptLengths, &keptPlaces)
    for index in 0..<kept { lengths[Int(keptPlaces[index])].append(keptLengths[index]) }
  }

  /// Finds the transition that leads to each event, as if all were one journey: what would lead to the first event of
  /// a person gets a place too, but is not counted.
  private static func place(_ reader: JourneyReader, _ leading: inout [Int32], _ places: inout CellPlaces) {
    let names = reader.names.span
    var leading = leading.mutableSpan
    guard reader.eventCount > 0 else { return }
    var before = Int(names[0])
    for event in 1..<reader.eventCount {
      let name = Int(names[event])
      leading[event] = Int32(truncatingIfNeeded: places.place(before, name))
      before = name
    }
  }

  private mutating func countEnds() {
    for person in reader.people {
      let events = reader.events(of: person)
      guard let first = events.first, let last = events.last else { continue }
      ends[Int(reader.names[first])].starts += 1
      ends[Int(reader.names[last])].ends += 1
    }
  }

  /// Counts the transitions of a block; returns how many lengths it left to be kept.
  private static func count(
    _ reader: JourneyReader, _ leading: [Int32], _ customers: inout Int, _ transitions: inout [Transition],
    _ keptLengths: inout [Int64], _ keptPlaces: inout [Int32]
  ) -> Int {
    let instants = reader.instants.span.extracting(droppingFirst: reader.firstInstant)
    let leading = leading.span
    var transitions = transitions.mutableSpan
    var keptLengths = keptLengths.mutableSpan
    var keptPlaces = keptPlaces.mutableSpan
    var next = 0
    for person in reader.people {
      let events = reader.events(of: person)
      guard !events.isEmpty else { continue }
      customers += 1
      var before = instants[events.lowerBound]
      for event in events.dropFirst() {
        let (place, instant) = (Int(leading[event]), instants[event])
        let length = elapsed(from: before, to: instant)
        before = instant
        transitions[place].times += 1
        transitions[place].customers += transitions[place].last == customers ? 0 : 1
        transitions[place].last = customers
        transitions[place].below += length < transitions[place].bracket.least ? 1 : 0
        // Written in any case: a branch on what the lengths are would often be predicted wrongly.
        keptLengths[next] = length
        keptPlaces[next] = Int32(truncatingIfNeeded: place)
        next += transitions[place].bracket.contains(length) ? 1 : 0
      }
    }
    return next
  }
}
