import JourneyQuery
import JourneyTime

/// What is brought, and what was paid for it; nil where nothing was, or nothing is known of it.
struct CostedFigures: Hashable, Sendable, Codable {
  var value: ValueFigures
  var cost: Double?
  /// Whether some of what is brought may be of channels that cost nothing, so that there is no saying what was brought for the cost.
  var isMixed = false

  init(_ value: ValueFigures, cost: Double? = nil) { (self.value, self.cost) = (value, cost) }
}

/// What channels cost on the days of an answer by channel, beside what they bring.
///
/// Of each calendar unit, and of each side of `vs`, it is the part of the costs that falls into it, as far as the question's dates go.
struct ChannelCosts {
  private static let property = Breakdown.Key.property(Spend.property)

  private let query: ValueQuery
  private let zone: Zone
  /// Of the question; nil where there are no events to say so.
  private let dates: Range<Instant>?
  private let costed: Costs
  private let versus: Costs?
  /// Whether some of what stands together as `(other)` may have cost nothing.
  private let hasMixed: Bool
  /// Parallel to the calendar units.
  private let periods: [Costs]

  /// Nil where nothing is known of costs, and for answers by anything else.
  init?(_ spend: Spend?, in report: ValueReport, to query: ValueQuery) {
    guard let spend, query.split.breakdown?.keys == [Self.property] else { return nil }
    (self.query, zone) = (query, query.scope.zone)
    dates = query.scope.during ?? report.basis.days(in: zone)
    let shown = Set(
      report.groups.compactMap { if case .values(let values) = $0.key { values.first ?? nil } else { nil } })
    func costs(_ parts: [Range<Instant>]) -> [Costs] { spend.byChannel(within: parts).map { Costs($0, shown: shown) } }
    costed = dates.flatMap { costs([$0]).first } ?? Costs([:], shown: [])
    versus = query.split.versus.flatMap { costs([$0]).first }
    hasMixed = costed.rest ?? 0 != 0 && report.groups.contains { $0.key == .other && $0.figures.counted > 0 }
    periods = costs(Self.periods(of: report, query, within: dates))
  }

  private static func periods(
    of report: ValueReport, _ query: ValueQuery, within dates: Range<Instant>?
  ) -> [Range<Instant>] {
    guard let unit = query.split.per, let dates else { return [] }
    return report.periods.map { period in
      let end = unit.start(1, after: period.start, in: query.scope.zone)
      return (period.start..<max(period.start, end)).clamped(to: dates)
    }
  }

  /// The report with what was paid beside each of its figures. What channels without a group of their own cost is that of `(other)`, which
  /// is there if they cost anything: what is paid and brings nothing is no less paid.
  func beside(_ report: ValueReport) -> Cut<CostedFigures> {
    var groups = report.groups
    if costed.rest ?? 0 != 0, !groups.contains(where: { $0.key == .other }) {
      let nothing = Slice(.other, ValueFigures(), periods: report.periods.map { _ in ValueFigures() })
      groups.insert(nothing, at: groups.prefix { $0.key.hasValue }.count)
    }
    func beside(_ slice: Slice<ValueFigures>) -> Slice<CostedFigures> {
      func costed(_ figures: ValueFigures, _ costs: Costs) -> CostedFigures {
        var costed = CostedFigures(figures, cost: costs[slice.key])
        costed.isMixed = slice.key == .other && figures.counted > 0
        return costed
      }
      return Slice(
        slice.key, costed(slice.figures, self.costed), periods: zip(slice.periods, periods).map(costed))
    }
    return Cut(
      beside(report.total), groups: groups.map(beside), periods: report.periods,
      versus: report.versus.map { CostedFigures($0, cost: versus?.whole) }, basis: report.basis)
  }

  /// Cost, return and cost per customer or event.
  var columns: CutTables<CostedFigures>.Columns {
    let each = query.counting == .customers ? "customer" : "event"
    return [
      FigureColumn(Table.Column("cost", isFigure: true)) { $0.cost.map(Cell.number) ?? .missing },
      FigureColumn(Table.Column("return", isFigure: true)) {
        $0.isMixed ? .missing : Self.quotient($0.value.total, $0.cost)
      },
      FigureColumn(Table.Column("cost per \(each)", isFigure: true)) {
        $0.isMixed ? .missing : Self.quotient($0.cost, Double($0.value.counted))
      },
    ]
  }

  private static func quotient(_ part: Double?, _ whole: Double?) -> Cell {
    guard let part, let whole, whole > 0 else { return .missing }
    return .number(part / whole)
  }

  /// What all of it came to, which channels cost something, and of what else it is the cost.
  var notes: [String] {
    guard let dates else { return [] }
    let sums =
      [(costed, dates)]
      + [(versus, query.split.versus)].compactMap { costs, dates in
        if let costs, let dates { (costs, dates) } else { nil }
      }
    let stretches = sums.map { costs, dates in
      (costs.whole ?? 0) == 0
        ? "nothing on \(dates.label(in: zone))"
        : "\(HumanText.number(costs.whole ?? 0, decimals: 2)) on \(dates.label(in: zone))"
    }
    let names = (costed.whole == nil ? versus ?? costed : costed).names
    let listed = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " …" : "")
    let what = "spend: " + stretches.joined(separator: ", ")
    let mixed = "\(Mark.other) has no return: some of it may be of channels that cost nothing; a larger top shows each"
    return [names.isEmpty ? what : "\(what), for \(listed); return is total / cost"] + (hasMixed ? [mixed] : [])
      + Self.narrowed(by: query.scope) + beyondPeriods
  }

  /// Why there are no costs in an answer by channel and something else, where there could be some.
  static func notes(without spend: Spend?, _ query: ValueQuery) -> [String] {
    guard spend != nil, let keys = query.split.breakdown?.keys, keys.count > 1, keys.contains(property) else {
      return []
    }
    return ["no cost and return: what was paid is known of channels alone; value by channel has them"]
  }

  /// Costs are known of channels, not of who came by them.
  static func narrowed(by scope: Scope) -> [String] {
    let clauses = [scope.filter == nil ? nil : "'where'", scope.people == nil ? nil : "'for'"].compactMap(\.self)
    let verb = clauses.count == 1 ? "narrows" : "narrow"
    return clauses.isEmpty
      ? [] : ["spend is whole: \(clauses.joined(separator: " and ")) \(verb) what is brought, not what was paid"]
  }

  /// What was paid before the first calendar unit that brings something, or behind the last.
  private var beyondPeriods: [String] {
    guard let unit = query.split.per, let whole = costed.whole else { return [] }
    let beyond = whole - periods.reduce(0) { $0 + ($1.whole ?? 0) }
    return beyond.magnitude > whole.magnitude * 1e-9
      ? ["spend outside of these \(unit.rawValue)s: \(HumanText.number(beyond, decimals: 2))"] : []
  }

  /// What channels cost over some dates.
  struct Costs {
    private let byChannel: [String: Double]
    let whole: Double?
    /// Of channels that have no group of their own.
    let rest: Double?

    init(_ byChannel: [String: Double], shown: Set<String>) {
      self.byChannel = byChannel
      // Added up in one order: it is the same sum each time.
      let sorted = byChannel.sorted { $0.key < $1.key }
      whole = sorted.isEmpty ? nil : sorted.reduce(0) { $0 + $1.value }
      let others = sorted.filter { !shown.contains($0.key) }
      rest = others.isEmpty ? nil : others.reduce(0) { $0 + $1.value }
    }

    subscript(channel: String) -> Double? { byChannel[channel] }

    subscript(key: GroupKey) -> Double? {
      switch key {
      case .whole: whole
      case .values(let values): values.first.flatMap { $0 }.flatMap { byChannel[$0] }
      case .other: rest
      }
    }

    /// Of channels that cost something, the dearest first.
    var names: [String] {
      byChannel.filter { $0.value != 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }
  }
}

extension Basis {
  /// All days that have a part of the data.
  package func days(in zone: Zone) -> Range<Instant>? {
    span.map { span in
      let last = CalendarUnit.day.start(of: span.upperBound, in: zone)
      return CalendarUnit.day.start(of: span.lowerBound, in: zone)..<CalendarUnit.day.start(1, after: last, in: zone)
    }
  }
}
