import EventStore
import JourneyQuery

/// What one thread counted of returns.
struct LoopsTally: Sendable {
  /// One customer's returns of one kind.
  struct Record: Sendable {
    /// Number of the customer among those who went back.
    var customer: Int
    /// Node of the group keys; −1 without a breakdown.
    var group: Int
    /// Numbers of names.
    var from: Int
    var to: Int
    var times: Int
  }
  private struct Cell {
    var group: Int
    var from: Int
    var to: Int
  }
  private let rule: LoopsQuery.Rule
  private var journey: NamedJourney
  private var groups: GroupReader?
  /// By number of the name: the number of the customer who had it last.
  private var met: [Int]
  private var cells: [Cell] = []
  /// Customer by customer.
  private(set) var records: [Record] = []
  private(set) var asked = 0
  private(set) var customers = 0

  init(_ query: LoopsQuery, in schema: StoreSchema) {
    rule = query.rule
    var step: Step?
    var naming = query.naming
    switch query.rule {
    case .toEarlier: naming.keepsOthers = false
    case .toTaken: break
    case .toStep(let target): step = target
    }
    journey = NamedJourney(
      naming, step: step, filter: query.filter, people: query.people, during: query.during, in: schema)
    groups = query.breakdown.map { GroupReader($0, in: schema) }
    met = Array(repeating: 0, count: journey.namer.names.count)
  }

  var groupKeys: GroupKeys { groups?.keys ?? GroupKeys() }
  var names: [String] { journey.namer.names }

  mutating func read(_ customer: Int, of bucket: Bucket) {
    guard journey.read(customer, of: bucket) else { return }
    asked += 1
    cells.removeAll(keepingCapacity: true)
    switch rule {
    case .toEarlier:
      for index in journey.rows.indices.dropFirst() where journey.names[index] < journey.names[index - 1] {
        add(index, to: Int(journey.names[index]), customer, bucket)
      }
    case .toTaken:
      for index in journey.rows.indices {
        let name = Int(journey.names[index])
        if met[name] == asked, journey.names[index - 1] != journey.names[index] {
          add(index, to: name, customer, bucket)
        }
        met[name] = asked
      }
    case .toStep:
      guard let first = journey.isMatch.firstIndex(of: true) else { return }
      for index in journey.rows.indices.dropFirst(first + 1)
      where journey.isMatch[index] && !journey.isMatch[index - 1] {
        // The label comes behind all names.
        add(index, to: names.count, customer, bucket)
      }
    }
    record()
  }

  private mutating func add(_ index: Int, to: Int, _ customer: Int, _ bucket: Bucket) {
    let group = groups?.group(at: journey.rows[index], of: customer, in: bucket) ?? -1
    cells.append(Cell(group: group, from: Int(journey.names[index - 1]), to: to))
  }

  /// Adds the cells of a customer, equal ones as one record.
  private mutating func record() {
    guard !cells.isEmpty else { return }
    cells.sort { ($0.group, $0.from, $0.to) < ($1.group, $1.from, $1.to) }
    var next = 0
    while next < cells.count {
      let (first, cell) = (next, cells[next])
      while next < cells.count,
        (cells[next].group, cells[next].from, cells[next].to) == (cell.group, cell.from, cell.to)
      {
        next += 1
      }
      records.append(
        Record(customer: customers, group: cell.group, from: cell.from, to: cell.to, times: next - first))
    }
    customers += 1
  }
}
