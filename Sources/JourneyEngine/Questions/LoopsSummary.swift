import EventStore
import JourneyQuery
import JourneyTime

/// Makes the pairs from what all threads counted.
struct LoopsSummary {
  let query: LoopsQuery
  let schema: StoreSchema
  let parts: [LoopsTally]
  let span: ClosedRange<Instant>?

  private struct Pair: Hashable {
    var from: Int
    var to: Int
  }
  /// Returns and the people who made them, told apart by the number of the one met last: records come customer by customer.
  private struct Count {
    var times = 0
    var customers = 0
    private var last = -1

    mutating func add(_ record: LoopsTally.Record) {
      times += record.times
      if last != record.customer { customers += 1 }
      last = record.customer
    }
  }

  var report: LoopsReport {
    var keys = GroupKeys()
    var records: [LoopsTally.Record] = []
    var customersBefore = 0
    for part in parts {
      let places = keys.absorb(part.groupKeys)
      for var record in part.records {
        record.customer += customersBefore
        if record.group >= 0 { record.group = places[record.group] }
        records.append(record)
      }
      customersBefore += part.customers
    }
    var report = LoopsReport(
      total: group(LoopsReport.Group(), of: records), peopleAsked: parts.reduce(0) { $0 + $1.asked }, span: span)
    if let breakdown = query.breakdown, !breakdown.keys.isEmpty {
      var sizes = [Int](repeating: 0, count: keys.count)
      for record in records { sizes[record.group] += record.times }
      let ordered = GroupOrder(keys, sizes: sizes, breakdown, in: schema)
      var inside = [[LoopsTally.Record]](repeating: [], count: ordered.groups.count)
      for record in records { inside[ordered.place[record.group]].append(record) }
      report.groups = zip(ordered.groups, inside).map {
        group(LoopsReport.Group(key: $0.key, isOther: $0.isOther), of: $1)
      }
    }
    return report
  }

  /// `group` with what the records, customer by customer, say.
  private func group(_ group: LoopsReport.Group, of records: [LoopsTally.Record]) -> LoopsReport.Group {
    var counts: [Pair: Count] = [:]
    var whole = Count()
    for record in records {
      counts[Pair(from: record.from, to: record.to), default: Count()].add(record)
      whole.add(record)
    }
    let rank = NameOrder(names).rank
    let sorted = counts.sorted { left, right in
      left.value.times != right.value.times
        ? left.value.times > right.value.times
        : (rank[left.key.from], rank[left.key.to]) < (rank[right.key.from], rank[right.key.to])
    }
    let shown = sorted.prefix(max(0, query.top))
    let isShown = Set(shown.map(\.key))
    var rest = Count()
    for record in records where !isShown.contains(Pair(from: record.from, to: record.to)) { rest.add(record) }
    return LoopsReport.Group(
      key: group.key, isOther: group.isOther, times: whole.times, customers: whole.customers, distinct: counts.count,
      pairs: shown.map { pair, count in
        LoopsReport.Pair(from: names[pair.from], to: names[pair.to], times: count.times, customers: count.customers)
      }, otherTimes: rest.times, otherCustomers: rest.customers)
  }

  /// Every part has the same names; the step's label comes behind them.
  private var names: [String] {
    let names = parts.first?.names ?? []
    if case .toStep(let step) = query.rule { return names + [step.label] }
    return names
  }
}
