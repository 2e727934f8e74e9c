import JourneyQuery
import JourneyTime

extension RetentionReport {
  /// One table: a row for all, then one per cohort, with its size and the share of it that returned after so many units; with a
  /// breakdown a first table with such a row per group, and then the cohorts of each group.
  ///
  /// Figures: retention (after one unit, of all), customers, and the share of all after each unit as `week 0`, `week 1` ….
  package func answer(to query: RetentionQuery, asked sentence: String) -> Answer {
    var tables = [Table(columns: columns(query, keys: []), rows: rows(total, keys: []))]
    if let keys = query.breakdown?.names {
      let shares = (0..<width).map { unitColumn($0, query) }
      tables = [
        Table(
          title: "by " + keys.joined(separator: ", "),
          columns: keys.map { Table.Column($0) } + [Table.Column("customers")] + shares,
          rows: groups.map { key($0, keys) + all($0) }),
        Table(
          title: "cohorts", columns: columns(query, keys: keys),
          rows: groups.flatMap { rows($0, keys: key($0, keys)) }),
      ]
    }
    return Answer(
      question: sentence, tables: tables, notes: notes(query), warnings: warnings, figures: figures(query))
  }

  /// Units that some cohort is observed for; 1 at least.
  private var width: Int { max(1, total.cohorts.map(\.returned.count).max() ?? 0) }

  private func columns(_ query: RetentionQuery, keys: [String]) -> [Table.Column] {
    keys.map { Table.Column($0) } + [Table.Column(query.unit.rawValue), Table.Column("customers")]
      + (0..<width).map { unitColumn($0, query) }
  }

  /// Later units give way first where the width is short.
  private func unitColumn(_ unit: Int, _ query: RetentionQuery) -> Table.Column {
    Table.Column(unitName(unit, query), isShaded: true, priority: unit + 1)
  }

  private func unitName(_ unit: Int, _ query: RetentionQuery) -> String { "\(query.unit.rawValue) \(unit)" }

  private func key(_ group: Group, _ keys: [String]) -> [Cell] {
    FunnelWords.key(group.key, isOther: group.isOther, count: keys.count)
  }

  /// The size of a group and its weighted shares.
  private func all(_ group: Group) -> [Cell] {
    [.integer(group.customers)] + (0..<width).map { share(of: group, after: $0) }
  }

  private func share(of group: Group, after unit: Int) -> Cell {
    guard group.cohorts.contains(where: { $0.returned.indices.contains(unit) }) else { return .unobserved }
    let whole = group.whole(after: unit)
    return .quotient(whole.returned, whole.customers)
  }

  /// The row of all cohorts and then one for each, behind the cells `keys`.
  private func rows(_ group: Group, keys: [Cell]) -> [[Cell]] {
    let cohorts = group.cohorts.map { cohort in
      keys + [.text(cohort.label), .integer(cohort.customers)]
        + (0..<width).map { unit in
          cohort.returned.indices.contains(unit)
            ? .quotient(cohort.returned[unit], cohort.customers) : .unobserved
        }
    }
    return [keys + [.text("all")] + all(group)] + cohorts
  }

  private func figures(_ query: RetentionQuery) -> [Answer.Figure] {
    [
      Answer.Figure("retention", width > 1 ? share(of: total, after: 1) : .unobserved),
      Answer.Figure("customers", .integer(total.customers)),
    ] + (0..<width).map { Answer.Figure(unitName($0, query), share(of: total, after: $0)) }
  }

  private func notes(_ query: RetentionQuery) -> [String] {
    let dates =
      query.during.map { ", starting in \($0.label(in: query.zone))" } ?? span.map { ", \($0.days(in: query.zone))" }
    let count = HumanText.integer(total.customers)
    let unit = query.unit.rawValue
    var notes = [
      "counted: \(count) \(FunnelWords.customers(total.customers)) by their first \(query.start.label)\(dates ?? "")",
      "all: those who returned of all in the cohorts observed so far, so that each weighs by its size",
    ]
    if total.cohorts.contains(where: { $0.returned.count < width }) {
      notes.append("…: the \(unit) had not ended by the last event")
    }
    var parts: [String] = []
    if query.people != nil { parts.append("people outside 'for'") }
    if query.filter != nil { parts.append("events that fail 'where'") }
    if query.during != nil { parts.append("first events outside 'during'") }
    if !parts.isEmpty { notes.append("left out: " + parts.joined(separator: ", ")) }
    return notes
  }

  private var warnings: [Answer.Warning] {
    let (least, named) = (30, total.cohorts.filter { $0.customers > 0 })
    let small = named.count { $0.customers < least }
    guard small > 0 else { return [] }
    return [
      Answer.Warning(
        code: "few.customers",
        message: "\(small) of \(named.count) cohorts \(small == 1 ? "has" : "have") fewer than \(least) customers: "
          + "shares are rough")
    ]
  }
}
