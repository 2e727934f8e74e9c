import EventStore
import GRDB
import JourneyTime

/// What was erased of a person.
package struct ForgottenCustomer: Hashable, Sendable {
  /// Events, by store, of those that had any.
  package var events: [Events] = []
  package var answers = 0
  /// Pairs of ids that told whose these are.
  package var pairs = 0
  /// Something was known beside events.
  package var wasKnown = false
  /// Texts that are kept under a name and say the person's id, as `$x` or `segment x`.
  package var savedTexts: [String] = []

  package struct Events: Hashable, Sendable {
    package var store: String
    package var count: Int
  }

  package var isNothing: Bool { events.isEmpty && answers == 0 && pairs == 0 && !wasKnown }
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
      guard let (remaining, events) = store.removing(customers: ids) else { continue }
      try check(store, since: faults)
      forgotten.events.append(ForgottenCustomer.Events(store: stored.name, count: events))
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
    try SummedTable.customer.change(database, interruption) { change in
      try database.execute(sql: "DELETE FROM customer WHERE customer = ?", arguments: [customer.cell])
      change.remove(row)
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
    try SummedTable.identity.change(database, interruption) { change in
      for row in rows {
        try database.cachedStatement(sql: "DELETE FROM identity WHERE number = ?").execute(arguments: [row[0]])
        change.remove(row)
      }
    }
    return rows.count
  }

  private func eraseAnswers(of customer: String, _ database: Database) throws -> Int {
    guard try hasPeople(database) else { return 0 }
    var count = 0
    for survey in try surveys() {
      let table = SummedTable.answer.of(survey.name)
      try table.change(database, interruption) { change in
        let rows = try Row.fetchAll(
          database, sql: "SELECT * FROM answer WHERE survey = ? AND customer = ?",
          arguments: [survey.name.cell, customer.cell])
        for row in rows { change.remove(Array(row.databaseValues)) }
        count += rows.count
        try database.execute(
          sql: "DELETE FROM answer WHERE survey = ? AND customer = ?", arguments: [survey.name.cell, customer.cell])
      }
    }
    return count
  }
}
