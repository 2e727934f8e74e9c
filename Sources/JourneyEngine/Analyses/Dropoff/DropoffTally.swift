import EventStore
import JourneyQuery

extension EmbeddedEngine {
  /// Who is lost at each step, and what comes next. Throws `limit` as `funnel` does.
  public func dropoff(_ query: DropoffQuery, _ run: Run) throws(ExecutionError) -> DropoffReport {
    let store = try deriving(query.scope).store
    let reader = try FunnelReader(query.funnel, of: store, run)
    let parts = try store.scan(
      threads: threads, run, part: { (reader: reader, tally: DropoffTally(query, reader.rules, in: store.schema)) }
    ) { part, bucket, customers in
      part.reader.read(customers, of: bucket, into: &part.tally)
    }
    var whole = DropoffTally(query, reader.rules, in: store.schema)
    for part in parts { whole.absorb(part.tally) }
    return DropoffReport(
      steps: whole.steps(query, in: store.schema), entered: whole.entered,
      basis: Basis(span: span, people: parts.reduce(0) { $0 + $1.reader.asked }))
  }
}

/// What one thread counted: at each row asked about, those lost and those who went on, by the code of their next event.
struct DropoffTally: FunnelSink {
  private struct Row: Sendable {
    let index: Int
    /// The required row after it.
    let next: Int
    var unfinished = 0
    /// By event code, and last those after whom nothing comes.
    var lost: [Int]
    var wentOn: [Int]
  }
  private let rules: ChainRules
  private(set) var entered = 0
  private var rows: [Row]
  /// `order any`: rows of the chain's events in canonical order.
  private var filled: [Int] = []

  init(_ query: DropoffQuery, _ rules: ChainRules, in schema: StoreSchema) {
    self.rules = rules
    let none = [Int](repeating: 0, count: schema.events.count + 1)
    rows = (0..<rules.steps).compactMap { index in
      guard query.step.map({ $0 == index }) ?? true, !rules.isOptional[index],
        let next = rules.required(after: index)
      else { return nil }
      return Row(index: index, next: next, lost: none, wentOn: none)
    }
  }

  mutating func take(_ unit: FunnelUnit, in block: JourneyBlock) {
    entered += 1
    let chain = unit.chain
    if rules.isAnyOrder {
      filled.removeAll(keepingCapacity: true)
      for row in chain.rows where row >= 0 { filled.append(row) }
      filled.sort()
    }
    for place in rows.indices {
      let (index, next) = (rows[place].index, rows[place].next)
      guard chain.reaches(index, inAnyOrder: rules.isAnyOrder) else { continue }
      let last = lastRow(of: chain, from: index, before: next)
      let event = nextEvent(after: last, unit, block)
      if chain.reaches(next, inAnyOrder: rules.isAnyOrder) {
        rows[place].wentOn[event] += 1
      } else {
        rows[place].lost[event] += 1
        if unit.isUnfinished { rows[place].unfinished += 1 }
      }
    }
  }

  /// The row of the chain's last event, in canonical order, before the next required step; events of one moment may fill
  /// earlier steps later.
  private func lastRow(of chain: FoundChain, from index: Int, before next: Int) -> Int {
    if rules.isAnyOrder { return filled[index] }
    return chain.rows[..<min(next, chain.rows.count)].reduce(-1) { max($0, $1) }
  }

  /// Code of the event that comes next within the chain's window; the number of event names for none.
  private func nextEvent(after row: Int, _ unit: FunnelUnit, _ block: JourneyBlock) -> Int {
    let none = (rows.first?.lost.count ?? 1) - 1
    guard let next = unit.journey.next(after: row, in: block),
      elapsed(from: block.instants[unit.chain.rows[0]], to: block.instants[next]) <= rules.window
    else { return none }
    return block.events[next]
  }
}

// What is said of it.
extension DropoffTally {
  /// Adds what another thread counted.
  mutating func absorb(_ other: DropoffTally) {
    entered += other.entered
    for place in rows.indices {
      rows[place].unfinished += other.rows[place].unfinished
      for event in rows[place].lost.indices {
        rows[place].lost[event] += other.rows[place].lost[event]
        rows[place].wentOn[event] += other.rows[place].wentOn[event]
      }
    }
  }

  func steps(_ query: DropoffQuery, in schema: StoreSchema) -> [DropoffStep] {
    rows.map { row in
      DropoffStep(
        index: row.index,
        label: rules.isAnyOrder
          ? "\(row.index + 1) of \(rules.steps)" : query.funnel.path.steps[row.index].step.label,
        lost: row.lost.reduce(0, +), wentOn: row.wentOn.reduce(0, +), unfinished: row.unfinished,
        next: nextEvents(row, query.top, schema))
    }
  }

  private func nextEvents(_ row: Row, _ top: Int, _ schema: StoreSchema) -> [NextEvent] {
    let named = schema.events.indices.filter { row.lost[$0] + row.wentOn[$0] > 0 }.sorted { left, right in
      if row.lost[left] != row.lost[right] { return row.lost[left] > row.lost[right] }
      if row.wentOn[left] != row.wentOn[right] { return row.wentOn[left] > row.wentOn[right] }
      return schema.events[left].utf8Order(to: schema.events[right]) < 0
    }
    func next(_ name: NextEvent.Name, _ codes: some Sequence<Int>) -> NextEvent {
      codes.reduce(into: NextEvent(name, lost: 0, wentOn: 0)) { sum, code in
        sum.lost += row.lost[code]
        sum.wentOn += row.wentOn[code]
      }
    }
    let rest = named.dropFirst(top)
    let none = next(.none, CollectionOfOne(schema.events.count))
    return named.prefix(top).map { next(.event(schema.events[$0]), CollectionOfOne($0)) }
      + (rest.isEmpty ? [] : [next(.other, rest)]) + (none.lost + none.wentOn > 0 ? [none] : [])
  }
}
