import EventStore
import JourneyQuery

/// What one thread counted of a funnel's units, by period, by value and by what else happened.
struct DriversTally: FunnelSink {
  private let rules: ChainRules
  /// By period.
  private(set) var wholes: [DriversReport.Whole]
  /// Parallel to the properties of the query.
  private(set) var values: [ValueRates]
  /// Where that is asked.
  private(set) var others: OtherEvents?
  /// Units of the block in hand: the row of the first event, and 1 where all steps were taken.
  private var rows: [Int32] = []
  private var converted: [UInt8] = []
  private var unfinished = 0

  init(_ query: DriversQuery, _ rules: ChainRules, in schema: StoreSchema) {
    self.rules = rules
    wholes = Array(repeating: DriversReport.Whole(), count: query.versus == nil ? 1 : 2)
    values = query.properties.map { ValueRates(ValueKeys($0, in: schema), in: schema) }
    others = query.versus == nil ? OtherEvents(query.funnel, rules, in: schema) : nil
  }

  /// To be called before the units of some customers are taken.
  mutating func open(_ customers: Range<Int>, of bucket: Bucket) { others?.mark(customers, of: bucket) }

  mutating func take(_ unit: FunnelUnit, in block: JourneyBlock) {
    let isComplete = unit.chain.depth == rules.required
    note(unit.chain.rows[0], isComplete, isUnfinished: unit.isUnfinished)
    guard others != nil else { return }
    let last = isComplete ? lastRow(of: unit.chain) : nil
    switch unit.journey {
    case .run(let rows):
      others?.count(unit.chain.rows[0] + 1..<rows.upperBound, from: unit.chain.rows[0], to: last, in: block)
    case .scattered(let rows):
      others?.count(
        rows.lazy.filter { $0 > unit.chain.rows[0] }, from: unit.chain.rows[0], to: last, in: block)
    }
  }

  mutating func take(_ chains: ChainRecords, in block: JourneyBlock) {
    for index in 0..<chains.count {
      let (first, isComplete) = (chains.row(index, 0), chains.depth(index) == rules.steps)
      note(first, isComplete, isUnfinished: chains.isUnfinished(index))
      others?.count(
        first + 1..<block.rows(of: chains.customer(index)).upperBound, from: first,
        to: isComplete ? chains.row(index, rules.steps - 1) : nil, in: block)
    }
  }

  /// Of a complete chain's required events the last one in canonical order.
  private func lastRow(of chain: FoundChain) -> Int {
    chain.rows.indices.reduce(chain.rows[0]) { last, step in
      rules.isOptional[step] ? last : max(last, chain.rows[step])
    }
  }

  private mutating func note(_ row: Int, _ isComplete: Bool, isUnfinished: Bool) {
    rows.append(Int32(truncatingIfNeeded: row))
    converted.append(isComplete ? 1 : 0)
    unfinished += isUnfinished ? 1 : 0
  }

  /// Counts the units taken since the last call as those of a period.
  mutating func close(_ period: Int, of bucket: Bucket) {
    wholes[period].add(
      DriversReport.Whole(
        DriversReport.Rate(converted.reduce(0) { $0 + Int($1) }, of: rows.count), unfinished: unfinished))
    if !rows.isEmpty {
      for index in values.indices { values[index].count(rows, converted, period, of: bucket) }
    }
    rows.removeAll(keepingCapacity: true)
    converted.removeAll(keepingCapacity: true)
    unfinished = 0
  }
}

/// Who entered and who converted, by value of one property.
struct ValueRates: Sendable {
  private let property: Int?
  /// The values met, and what is missing.
  private(set) var keys: GroupKeys
  /// By number of a value, four of each as in `DriversPartial.Values`.
  private(set) var counts: [Int] = []
  /// Then nothing is counted any more.
  private(set) var areTooMany = false

  init(_ values: ValueKeys, in schema: StoreSchema) {
    property = values.property
    keys = GroupKeys(widths: [values.width(in: schema)])
  }

  mutating func count(_ rows: [Int32], _ converted: [UInt8], _ period: Int, of bucket: Bucket) {
    guard !areTooMany else { return }
    switch property.map({ bucket.properties[$0] }) {
    case .text(.narrow(let codes)): Self.count(rows, converted, period, codes, &keys, &counts)
    case .text(.medium(let codes)): Self.count(rows, converted, period, codes, &keys, &counts)
    case .text(.wide(let codes)): Self.count(rows, converted, period, codes, &keys, &counts)
    case let column:
      for (index, row) in rows.enumerated() {
        count(column?.key(at: Int(row)) ?? 0, period, converted[index])
        if keys.count > DriversQuery.mostValues + 1 { break }
      }
    }
    // What is missing is no value.
    guard keys.count > DriversQuery.mostValues + 1 else { return }
    (areTooMany, keys, counts) = (true, GroupKeys(widths: [0]), [])
  }

  private mutating func count(_ key: Int, _ period: Int, _ converted: UInt8) {
    let number = keys.node(key, behind: 0, on: 0)
    if 4 * number == counts.count { counts += repeatElement(0, count: 4) }
    counts[4 * number + 2 * period] += 1
    counts[4 * number + 2 * period + 1] += Int(converted)
  }

  private static func count<Code: FixedWidthInteger>(
    _ rows: [Int32], _ converted: [UInt8], _ period: Int, _ codes: [Code], _ keys: inout GroupKeys,
    _ counts: inout [Int]
  ) {
    let (rows, converted, codes) = (rows.span, converted.span, codes.span)
    for index in rows.indices {
      let number = keys.node(Int(codes[Int(rows[index])]), behind: 0, on: 0)
      if 4 &* number == counts.count {
        if number > DriversQuery.mostValues { return }
        counts += repeatElement(0, count: 4)
      }
      counts[4 &* number &+ 2 &* period] &+= 1
      counts[4 &* number &+ 2 &* period &+ 1] &+= Int(converted[index])
    }
  }
}

/// Which events happened while units were under way, beside those of the path.
struct OtherEvents: Sendable {
  private let window: Int64
  /// Its one step is all that is no other event.
  private let matcher: StepMatcher
  private var named = RowBitmaps(planes: 1, rows: 0..<0)
  /// By event code: the number of the unit that had it last, from 1.
  private var last: [Int]
  private var units = 0
  /// By event code, two of each: units with it, and those of them that converted.
  private(set) var counts: [Int]

  init(_ funnel: FunnelQuery, _ rules: ChainRules, in schema: StoreSchema) {
    window = rules.window
    let named = funnel.path.steps.map(\.step) + funnel.without
    matcher = StepMatcher([Step(label: "", alternatives: named.flatMap(\.alternatives))], in: schema)
    last = Array(repeating: 0, count: schema.events.count)
    counts = Array(repeating: 0, count: 2 * schema.events.count)
  }

  mutating func mark(_ customers: Range<Int>, of bucket: Bucket) {
    let offsets = bucket.offsets
    let rows = Int(offsets[customers.lowerBound])..<Int(offsets[customers.upperBound])
    named = RowBitmaps(planes: 1, rows: rows)
    matcher.mark(rows, of: bucket, bucket.events, in: &named)
  }

  /// Counts the events of a unit.
  ///
  /// - Parameters:
  ///   - rows: of its journey, ascending, behind its first event.
  ///   - end: the row of its last required event; nil where it did not convert, so that its window ends it.
  mutating func count(_ rows: some Sequence<Int>, from first: Int, to end: Int?, in block: JourneyBlock) {
    units += 1
    let (start, converted) = (block.instants[first], end == nil ? 0 : 1)
    for row in rows {
      if let end {
        if row >= end { return }
      } else if elapsed(from: start, to: block.instants[row]) > window {
        return
      }
      guard block.bitmaps[block.kept, row], !named[0, row] else { continue }
      let code = block.events[row]
      guard last[code] != units else { continue }
      last[code] = units
      counts[2 &* code] &+= 1
      counts[2 &* code &+ 1] &+= converted
    }
  }
}
