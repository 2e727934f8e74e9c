import JourneyQuery
import JourneyTime

/// What channels cost on the days of an answer by channel, beside what they bring.
struct ChannelCosts {
  /// The property by whose values costs meet what is brought.
  private static let property = "channel"
  private static let other = "(other)"

  private let costs: [String: Double]
  private let counted: String
  private let days: String

  /// Nil where nothing is known of costs, and for answers by anything else.
  init?(_ spend: Spend?, in report: ValueReport, to query: ValueQuery) {
    guard let spend, query.split.breakdown?.names == [Self.property], query.split.per == nil, query.split.versus == nil
    else { return nil }
    let zone = query.scope.zone
    let whole = report.basis.span.map { span in
      CalendarUnit.day.start(
        of: span.lowerBound, in: zone)..<CalendarUnit.day.start(
          1, after: CalendarUnit.day.start(of: span.upperBound, in: zone), in: zone)
    }
    guard let dates = query.scope.during ?? whole else { return nil }
    costs = spend.byChannel(within: dates)
    (counted, days) = (query.counting.rawValue, dates.label(in: zone))
  }

  /// Adds cost, return and cost per customer to a table of a row for each channel; what channels without a row cost is that of `(other)`.
  func stand(beside table: inout Table) {
    guard let channel = table.columns.firstIndex(where: { $0.name == Self.property }),
      let total = table.columns.firstIndex(where: { $0.name == "total" }),
      let count = table.columns.firstIndex(where: { $0.name == counted })
    else { return }
    let each = counted == "customers" ? "customer" : "event"
    table.columns += [
      Table.Column("cost", isFigure: true), Table.Column("return", isFigure: true),
      Table.Column("cost per \(each)", isFigure: true),
    ]
    let shown = Set(table.rows.compactMap { row in if case .text(let name) = row[channel] { name } else { nil } })
    let rest = costs.filter { !shown.contains($0.key) }.values.reduce(0, +)
    if rest != 0, !shown.contains(Self.other) {
      // What is paid and brings nothing is no less paid.
      let row = table.columns.indices.dropLast(3).map { $0 == channel ? Cell.text(Self.other) : .missing }
      table.sortableRows = table.sortableRows ?? table.rows.count
      table.rows.append(row)
    }
    for index in table.rows.indices {
      var cost: Double?
      if case .text(let name) = table.rows[index][channel] {
        cost = name == Self.other ? (rest != 0 ? rest : nil) : costs[name]
      }
      let row = table.rows[index]
      table.rows[index] += [
        cost.map { .number($0) } ?? .missing, Self.quotient(row[total].amount, cost),
        Self.quotient(cost, row[count].amount),
      ]
    }
  }

  private static func quotient(_ part: Double?, _ whole: Double?) -> Cell {
    guard let part, let whole, whole > 0 else { return .missing }
    return .number(part / whole)
  }

  /// What all of it came to, and which channels cost something.
  var notes: [String] {
    let sum = costs.values.reduce(0, +)
    guard sum != 0 else { return ["spend: nothing on \(days)"] }
    let listed = costs.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(5).map(\.key).joined(separator: ", ")
    return [
      "spend: \(HumanText.number(sum, decimals: 2)) on \(days), for \(listed)\(costs.count > 5 ? " …" : ""); return is total / cost"
    ]
  }
}
