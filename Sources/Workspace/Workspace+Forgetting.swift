import EventStore
import GRDB
import JourneyTime

/// What was erased of a person.
package struct ForgottenCustomer: Hashable, Sendable {
  /// Events, by store, of those that had any.
  package var events: [(store: String, count: Int)] = []
  package var answers = 0
  /// Something was known beside events.
  package var wasKnown = false
  /// Texts that are kept under a name and say the person's id, as `$x` or `segment x`.
  package var savedTexts: [String] = []

  package var isNothing: Bool { events.isEmpty && answers == 0 && !wasKnown }

  package static func == (left: ForgottenCustomer, right: ForgottenCustomer) -> Bool {
    left.events.elementsEqual(right.events, by: ==) && left.answers == right.answers && left.wasKnown == right.wasKnown
      && left.savedTexts == right.savedTexts
  }

  package func hash(into hasher: inout Hasher) {
    for (store, count) in events {
      hasher.combine(store)
      hasher.combine(count)
    }
    hasher.combine(answers)
    hasher.combine(wasKnown)
    hasher.combine(savedTexts)
  }
}

extension Workspace {
  /// Erases a person: their events in every store, what was known of them, their answers. Nothing of theirs is left in the file, also not
  /// in room that is not used: it is written anew.
  ///
  /// Takes as long as to save all events again, and the memory for one store. Not to be called inside of a transaction.
  package func forget(customer: String, at time: Instant) throws(WorkspaceError) -> ForgottenCustomer {
    if isReadOnly { throw WorkspaceError(.readOnly, file: path) }
    var forgotten = ForgottenCustomer()
    var rest: [(name: String, store: EventStore)] = []
    for stored in try storedEvents() {
      let store = try events(stored.name)
      let faults = store.faults?.count ?? 0
      guard let (remaining, count) = store.removing(customer: customer) else { continue }
      try check(store, since: faults)
      forgotten.events.append((stored.name, count))
      rest.append((stored.name, remaining))
    }
    for kind in SavedKind.allCases {
      for saved in try saved(kind) where saved.text.contains(customer) {
        forgotten.savedTexts.append(
          [.segment, .step].contains(kind) ? "\(kind.rawValue) \(saved.name)" : "$\(saved.name)")
      }
    }
    let active = try activeEventsName()
    try transaction { () throws(WorkspaceError) in
      for (name, store) in rest { try saveEvents(store, as: name, at: time) }
      if let active, !rest.isEmpty { try useEvents(active) }
      try write { database in
        forgotten.answers = try eraseAnswers(of: customer, database)
        forgotten.wasKnown = try erase(customer, database)
      }
    }
    guard !forgotten.isNothing else { return forgotten }
    heldPeople = nil
    try compact()
    return forgotten
  }

  private func erase(_ customer: String, _ database: Database) throws -> Bool {
    guard try hasPeople(database), let row = try known(customer, database) else { return false }
    try SummedTable.customer.change(database) { sum in
      try database.execute(sql: "DELETE FROM customer WHERE customer = ?", arguments: [customer.cell])
      sum.remove(row, SummedTable.customer.name)
    }
    return true
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
