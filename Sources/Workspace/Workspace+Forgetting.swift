import EventStore
import GRDB
import JourneyTime

/// What was erased of a person.
package struct ForgottenCustomer: Hashable, Sendable {
  /// Events, by store, of those that had any.
  package var events: [(store: String, count: Int)] = []
  package var answers = 0
  /// Pairs of ids that told whose these are.
  package var pairs = 0
  /// Something was known beside events.
  package var wasKnown = false
  /// Texts that are kept under a name and say the person's id, as `$x` or `segment x`.
  package var savedTexts: [String] = []

  package var isNothing: Bool { events.isEmpty && answers == 0 && pairs == 0 && !wasKnown }

  package static func == (left: ForgottenCustomer, right: ForgottenCustomer) -> Bool {
    left.events.elementsEqual(right.events, by: ==) && left.answers == right.answers && left.pairs == right.pairs
      && left.wasKnown == right.wasKnown && left.savedTexts == right.savedTexts
  }

  package func hash(into hasher: inout Hasher) {
    for (store, count) in events {
      hasher.combine(store)
      hasher.combine(count)
    }
    hasher.combine(answers)
    hasher.combine(pairs)
    hasher.combine(wasKnown)
    hasher.combine(savedTexts)
  }
}

extension Workspace {
  /// Erases a person: their events in every store, what was known of them, their answers, the pairs that joined their ids, all under
  /// every id that belongs to them. One transaction. Nothing of theirs is left in the file, also not in room that is not used: what goes is
  /// overwritten.
  ///
  /// Takes as long as to save all events again, and the memory for one store. Not to be called inside of a transaction.
  package func forget(customer: String, at time: Instant) throws(WorkspaceError) -> ForgottenCustomer {
    if isReadOnly { throw WorkspaceError(.readOnly, file: path) }
    let ids = try identities()?.ids(with: customer) ?? [customer]
    var forgotten = ForgottenCustomer()
    var rest: [(name: String, store: EventStore)] = []
    for stored in try storedEvents() {
      let store = try events(stored.name)
      let faults = store.faults?.count ?? 0
      var (remaining, count) = (store, 0)
      for id in ids {
        guard let (others, events) = remaining.removing(customer: id) else { continue }
        try check(store, since: faults)
        (remaining, count) = (others, count + events)
      }
      guard count > 0 else { continue }
      forgotten.events.append((stored.name, count))
      rest.append((stored.name, remaining))
    }
    for kind in SavedKind.allCases {
      for saved in try saved(kind) where ids.contains(where: { saved.text.contains($0) }) {
        forgotten.savedTexts.append(
          [.segment, .step].contains(kind) ? "\(kind.rawValue) \(saved.name)" : "$\(saved.name)")
      }
    }
    let active = try activeEventsName()
    // What is deleted is overwritten with zeros, in the transaction that deletes it.
    try setSecureDelete(true)
    defer { try? setSecureDelete(false) }
    try transaction { () throws(WorkspaceError) in
      for (name, store) in rest { try saveEvents(store, as: name, at: time) }
      if let active, !rest.isEmpty { try useEvents(active) }
      try write { database in
        for id in ids {
          forgotten.answers += try eraseAnswers(of: id, database)
          if try erase(id, database) { forgotten.wasKnown = true }
        }
        forgotten.pairs = try erasePairs(of: ids, database)
      }
    }
    guard !forgotten.isNothing else { return forgotten }
    heldPeople = nil
    return forgotten
  }

  private func setSecureDelete(_ isOn: Bool) throws(WorkspaceError) {
    do {
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA secure_delete = \(isOn ? "ON" : "OFF")") }
    } catch {
      throw WorkspaceError(error, file: path)
    }
  }

  private func erase(_ customer: String, _ database: Database) throws -> Bool {
    guard try hasPeople(database), let row = try known(customer, database) else { return false }
    try SummedTable.customer.change(database) { sum in
      try database.execute(sql: "DELETE FROM customer WHERE customer = ?", arguments: [customer.cell])
      sum.remove(row, SummedTable.customer.name)
    }
    return true
  }

  /// An id stands in pairs of its own person alone.
  private func erasePairs(of ids: [String], _ database: Database) throws -> Int {
    guard try hasPeople(database), try SummedTable.identity.count(database) > 0 else { return 0 }
    let theirs = Set(ids.map { Array($0.utf8) })
    var rows: [[DatabaseValue]] = []
    _ = try SummedTable.identity.each(database, interruption) { cells in
      if let device = Self.text(cells[1]), theirs.contains(Array(device.utf8)) { rows.append(cells) }
    }
    try SummedTable.identity.change(database) { sum in
      for row in rows {
        try database.cachedStatement(sql: "DELETE FROM identity WHERE number = ?").execute(arguments: [row[0]])
        sum.remove(row, SummedTable.identity.name)
      }
    }
    return rows.count
  }

  private func eraseAnswers(of customer: String, _ database: Database) throws -> Int {
    guard try hasPeople(database) else { return 0 }
    var count = 0
    for survey in try surveys() {
      let table = SummedTable.answer.of(survey.name)
      try table.change(database) { sum in
        let rows = try Row.fetchAll(
          database, sql: "SELECT * FROM answer WHERE survey = ? AND customer = ?",
          arguments: [survey.name.cell, customer.cell])
        for row in rows { sum.remove(Array(row.databaseValues), table.name) }
        count += rows.count
        try database.execute(
          sql: "DELETE FROM answer WHERE survey = ? AND customer = ?", arguments: [survey.name.cell, customer.cell])
      }
    }
    return count
  }
}
