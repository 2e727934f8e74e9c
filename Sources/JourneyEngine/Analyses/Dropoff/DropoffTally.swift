import EventStore
import JourneyQuery

/// What one thread counted: at each row asked about, those lost and those who went on, by the code of their next event.
struct DropoffTally: FunnelSink {
  private let rules: ChainRules
  private(set) var entered = 0
  /// By event code where the partial answer has events of the catalog.
  private var rows: [DropoffPartial.Row] = []
  /// Parallel to the rows: the required row after each.
  private var nextRows: [Int] = []
  /// `order any`: rows of the chain's events in canonical order.
  private var filled: [Int] = []

  init(_ query: DropoffQuery, _ rules: ChainRules, in schema: StoreSchema) {
    self.rules = rules
    let none = [Int](repeating: 0, count: schema.events.count + 1)
    for index in 0..<rules.steps where query.step.map({ $0 == index }) ?? true && !rules.isOptional[index] {
      guard let next = rules.required(after: index) else { continue }
      rows.append(DropoffPartial.Row(index: index, lost: none, wentOn: none))
      nextRows.append(next)
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
      let (index, next) = (rows[place].index, nextRows[place])
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

extension DropoffTally {
  /// - Parameter places: where the events of the store stand in the catalog.
  func found(_ places: EventPlaces, asked: Int) -> DropoffPartial {
    DropoffPartial(
      asked: asked, entered: entered,
      rows: rows.map { row in
        DropoffPartial.Row(
          index: row.index, unfinished: row.unfinished, lost: places.spread(row.lost, or: 0),
          wentOn: places.spread(row.wentOn, or: 0))
      })
  }
}
