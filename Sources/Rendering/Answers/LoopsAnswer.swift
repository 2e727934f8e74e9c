import JourneyQuery
import JourneyTime

extension LoopsReport {
  /// A table with a row per pair, the rest as `(other)`; with a breakdown another with such rows for each group. Figures: times,
  /// customers, pairs.
  package func answer(to query: LoopsQuery, asked sentence: String) -> Answer {
    var tables = [table(of: [total], keys: [])]
    if let breakdown = query.breakdown {
      tables[0].title = "returns"
      var groups = table(of: groups, keys: breakdown.names)
      groups.title = "by " + breakdown.names.joined(separator: ", ")
      tables.append(groups)
    }
    return Answer(
      question: sentence, tables: tables, notes: notes(query),
      figures: [
        Answer.Figure("times", .integer(total.times)), Answer.Figure("customers", .integer(total.customers)),
        Answer.Figure("pairs", .integer(total.distinct)),
      ])
  }

  /// Shares are of a group's returns.
  private func table(of groups: [Group], keys: [String]) -> Table {
    let columns =
      keys.map { Table.Column($0) } + [
        Table.Column("from"), Table.Column("back to"), Table.Column("times"),
        Table.Column("share", isBar: true, priority: 1), Table.Column("customers"),
      ]
    let rows = groups.flatMap { group -> [[Cell]] in
      let key = FunnelWords.key(group.key, isOther: group.isOther, count: keys.count)
      var rows = group.pairs.map { pair -> [Cell] in
        key + [
          .text(pair.from), .text(pair.to), .integer(pair.times), .quotient(pair.times, group.times),
          .integer(pair.customers),
        ]
      }
      if group.otherTimes > 0 {
        rows.append(
          key + [
            .text("(other)"), .missing, .integer(group.otherTimes), .quotient(group.otherTimes, group.times),
            .integer(group.otherCustomers),
          ])
      }
      return rows
    }
    return Table(columns: columns, rows: rows)
  }

  private func notes(_ query: LoopsQuery) -> [String] {
    let dates = query.during?.label(in: query.zone) ?? span?.days(in: query.zone)
    let target =
      switch query.rule {
      case .toEarlier: "an earlier stage"
      case .toTaken: "a step already taken"
      case .toStep(let step): step.label
      }
    let returns = FunnelWords.count(total.times, "return", "returns")
    var notes = [
      "counted: \(returns) to \(target), by \(HumanText.integer(total.customers)) of "
        + "\(HumanText.integer(peopleAsked)) \(FunnelWords.customers(peopleAsked))\(dates.map { ", " + $0 } ?? "")"
    ]
    if total.distinct > total.pairs.count {
      notes.append("other: \(FunnelWords.count(total.distinct - total.pairs.count, "more pair", "more pairs"))")
    }
    var parts: [String] = []
    if query.people != nil { parts.append("people outside 'for'") }
    if query.rule == .toEarlier { parts.append("events on no stage") }
    if query.filter != nil { parts.append("events that fail 'where'") }
    if query.during != nil { parts.append("events outside 'during'") }
    if !parts.isEmpty { notes.append("left out: " + parts.joined(separator: ", ")) }
    return notes
  }
}
