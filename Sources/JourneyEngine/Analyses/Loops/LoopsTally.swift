import EventStore
import JourneyQuery

extension EmbeddedEngine {
  /// Returns to where a journey has been, by pair of steps.
  ///
  /// People who made any of several returns cannot be added up over these, so groups and rests are counted by readings of
  /// their own.
  public func loops(_ query: LoopsQuery, _ run: Run) throws(ExecutionError) -> LoopsReport {
    let engine = try deriving(query.scope)
    var plain = query
    plain.breakdown = nil
    let (groups, asked) = try engine.loopsGroups(plain, run)
    var report = LoopsReport(groups.first ?? Slice(.whole, LoopsFigures()), basis: Basis(span: span, people: asked))
    if let breakdown = query.breakdown, !breakdown.keys.isEmpty {
      report.groups = try engine.loopsGroups(query, run).groups
    }
    return report
  }

  private func loopsGroups(_ query: LoopsQuery, _ run: Run) throws(ExecutionError)
    -> (groups: [Slice<LoopsFigures>], asked: Int)
  {
    let parts = try tallies(query, run)
    var summary = LoopsSummary(query: query, names: parts.first?.names ?? [])
    let table = try GroupTable(
      parts, by: query.breakdown, width: summary.columns.count, in: store.schema,
      size: { $0.reduce(0) { $0 + $1.times } }
    ) { order throws(ExecutionError) in try tallies(query, run, order) }
    summary.take(table)
    if let shown = summary.shown(of: table) {
      for part in try tallies(query, run, table.order, without: shown) { summary.takeRest(part) }
    }
    return (summary.groups, parts.reduce(0) { $0 + $1.asked })
  }

  private func tallies(
    _ query: LoopsQuery, _ run: Run, _ order: GroupOrder? = nil, without shown: LoopsTally.Shown? = nil
  ) throws(ExecutionError) -> [LoopsTally] {
    try store.scan(
      threads: threads, run, part: { LoopsTally(query, in: store.schema, order, without: shown) }
    ) { part, bucket, customers in
      part.read(customers, of: bucket)
    }
  }
}

/// What one thread counted of returns.
struct LoopsTally: GroupedTally {
  /// Returns, and the people who made them.
  struct Cell: GroupCell {
    var times = 0
    var customers = 0
    /// Number of the customer met last, from 1.
    private var last = 0

    var isEmpty: Bool { times == 0 }

    mutating func add(_ customer: Int) {
      times += 1
      customers += last == customer ? 0 : 1
      last = customer
    }

    mutating func absorb(_ other: Cell) {
      times += other.times
      customers += other.customers
    }
  }
  /// The pairs of a first reading, and which of them are shown.
  struct Shown: Sendable {
    let places: CellPlaces
    let isShown: [Bool]
  }
  /// A return found in a block.
  private struct Return {
    var event: Int
    var pair: Int
    var customer: Int
  }
  private let rule: LoopsQuery.Rule
  private var reader: JourneyReader
  private var groups: GroupReader?
  private let shown: Shown?
  private let columns: LoopsColumns
  /// By number of the name: the number of the customer who had it last.
  private var met: [Int]
  private var customers = 0
  private var returns: [Return] = []
  /// Columns are those of `LoopsColumns`.
  private(set) var places: CellPlaces
  private(set) var cells: [Cell] = []

  /// With `shown`, which has groups as rows, only the returns that are not shown are counted.
  init(
    _ query: LoopsQuery, in schema: StoreSchema, _ order: GroupOrder? = nil, without shown: Shown? = nil
  ) {
    rule = query.rule
    self.shown = shown
    var clauses = JourneyReader.Clauses(naming: query.naming, scope: query.scope)
    if case .toEarlier = query.rule { clauses.naming?.keepsOthers = false }
    if case .toStep(let step) = query.rule { clauses.steps = [step] }
    reader = JourneyReader(clauses, in: schema)
    groups = query.breakdown.map { GroupReader($0, in: schema, order) }
    columns = LoopsColumns(names: reader.namer?.names.count ?? 0)
    met = Array(repeating: 0, count: columns.names)
    places = CellPlaces(width: columns.count)
  }

  var groupKeys: GroupKeys { groups?.keys ?? GroupKeys() }
  var names: [String] { reader.namer?.names ?? [] }
  var asked: Int { reader.asked }

  mutating func read(_ block: Range<Int>, of bucket: Bucket) {
    reader.read(block, of: bucket)
    returns.removeAll(keepingCapacity: true)
    for person in reader.people {
      let events = reader.events(of: person)
      guard !events.isEmpty else { continue }
      customers += 1
      switch rule {
      case .toEarlier: findEarlier(events)
      case .toTaken: findTaken(events)
      case .toStep: findStep(events)
      }
    }
    groups?.read(reader, of: bucket)
    for found in returns { count(found) }
  }

  private mutating func findEarlier(_ events: Range<Int>) {
    let names = reader.names
    for event in events.dropFirst() where names[event] < names[event - 1] {
      add(event, from: names[event - 1], to: Int(names[event]))
    }
  }

  private mutating func findTaken(_ events: Range<Int>) {
    let names = reader.names
    for event in events {
      let name = Int(names[event])
      if met[name] == customers, names[event - 1] != names[event] { add(event, from: names[event - 1], to: name) }
      met[name] = customers
    }
  }

  private mutating func findStep(_ events: Range<Int>) {
    let matches = reader.matches
    // Every event matches, so none comes back.
    guard !matches.isEmpty, let first = events.first(where: { matches[$0] != 0 }) else { return }
    for event in first + 1..<max(first + 1, events.upperBound) where matches[event] != 0 && matches[event - 1] == 0 {
      add(event, from: reader.names[event - 1], to: columns.names)
    }
  }

  private mutating func add(_ event: Int, from: Int32, to: Int) {
    returns.append(Return(event: event, pair: columns.pair(from: Int(from), to: to), customer: customers))
  }

  private mutating func count(_ found: Return) {
    let group = groups.map { max(0, Int($0.nodes[found.event])) } ?? 0
    if let shown {
      if let pair = shown.places.known(group, found.pair), shown.isShown[pair] { return }
    } else {
      count(places.place(group, found.pair), found.customer)
    }
    count(places.place(group, columns.whole), found.customer)
  }

  private mutating func count(_ place: Int, _ customer: Int) {
    if place == cells.count { cells.append(Cell()) }
    cells[place].add(customer)
  }
}

/// The columns of a table of returns: one for each pair of names, and one for all returns. The number of names stands for the
/// label of the step that is returned to.
struct LoopsColumns: Sendable {
  let names: Int

  var whole: Int { (names + 1) * (names + 1) }
  var count: Int { whole + 1 }

  func pair(from: Int, to: Int) -> Int { from * (names + 1) + to }
  func names(of pair: Int) -> (from: Int, to: Int) { (pair / (names + 1), pair % (names + 1)) }
}
