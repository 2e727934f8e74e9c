import EventStore
import JourneyQuery

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
  /// A return found in a block.
  private struct Return {
    var event: Int
    var pair: Int
    var customer: Int
  }
  private let rule: LoopsQuery.Rule
  private var reader: JourneyReader
  private var groups: GroupReader?
  private let shown: CellPlaces?
  let columns: LoopsColumns
  /// By number of the name: the number of the customer who had it last.
  private var met: [Int]
  private var customers = 0
  private var returns: [Return] = []
  /// Columns are those of `LoopsColumns`.
  private(set) var places: CellPlaces
  private(set) var cells: [Cell] = []

  /// With `shown`, groups by pairs, only the other returns are counted. `names` are those of all events.
  init(
    _ query: LoopsQuery, in schema: StoreSchema, names: [String], _ places: GroupPlaces? = nil,
    without shown: CellPlaces? = nil
  ) {
    rule = query.rule
    self.shown = shown
    var clauses = JourneyReader.Clauses(naming: query.naming, scope: query.scope)
    clauses.names = names
    if case .toEarlier = query.rule { clauses.naming?.keepsOthers = false }
    if case .toStep(let step) = query.rule { clauses.steps = [step] }
    reader = JourneyReader(clauses, in: schema)
    groups = query.breakdown.map { GroupReader($0, in: schema, places) }
    columns = LoopsColumns(names: reader.namer?.names.count ?? 0)
    met = Array(repeating: 0, count: columns.names)
    self.places = CellPlaces(width: columns.count)
  }

  var groupKeys: GroupKeys { groups?.keys ?? GroupKeys() }
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
      if shown.known(group, found.pair) != nil { return }
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
