import EventStore
import GRDB
import Synchronization

/// A person as somebody keeps them, beside what they did.
package struct CustomerRow: Sendable {
  package var customer: String
  /// Values that are there, by name.
  package var values: [(name: String, value: PropertyValue)]

  package init(customer: String, values: [(name: String, value: PropertyValue)]) {
    (self.customer, self.values) = (customer, values)
  }
}

/// What a load of people did.
package struct CustomerChange: Hashable, Sendable {
  package var added = 0
  package var updated = 0
  /// Properties that are text from now on, since values of two kinds have met.
  package var becameText: [String] = []
}

/// What is known of people, each once, whether they have events or not.
extension Workspace {
  private static let owner = "customer"

  /// In the order of their first load; none where no people are known.
  package func customerDetails() throws(WorkspaceError) -> [RowDetail] {
    try read { database in
      try hasPeople(database) ? details(of: Self.owner, database) : []
    }
  }

  package func customerCount() throws(WorkspaceError) -> Int {
    try read { try hasPeople($0) ? SummedTable.customer.count($0) : 0 }
  }

  /// Whether the file has these tables: one that is read as an older format does not.
  func hasPeople(_ database: Database) throws -> Bool { try Schema.format(of: database) >= 4 }

  /// Adds people, and gives those who are known the values of these columns; columns that the rows do not have stay as they were.
  ///
  /// - Parameters:
  ///   - rows: each person once.
  ///   - details: the columns of the rows.
  ///   - unknown: those without any value.
  package func addCustomers(
    _ rows: some Sequence<CustomerRow>, _ details: [RowDetail], unknown: Set<String> = [], from source: LoadedSource
  ) throws(WorkspaceError) -> CustomerChange {
    try write { database in
      var change = CustomerChange()
      let old = try self.details(of: Self.owner, database)
      let united = RowDetail.united(old, details, unknown: unknown)
      change.becameText = old.filter { was in united.contains { $0.name == was.name && $0.kind != was.kind } }.map(
        \.name)
      let names = Set(details.map(\.name))
      let table = SummedTable.customer
      let isEmpty = try table.count(database) == 0
      try table.change(database, interruption) { changed in
        for (number, row) in rows.enumerated() {
          if number & 0xFFF == 0 { try interruption.check() }
          guard !isEmpty, let before = try known(row.customer, database) else {
            change.added += 1
            try changed.add([row.customer.cell, FlatObject.text(row.values).databaseValue])
            continue
          }
          let kept = try values(before[1], of: table).filter { !names.contains($0.name) }
          let after = [row.customer.cell, FlatObject.text(kept + row.values).databaseValue]
          guard before != after else { continue }
          change.updated += 1
          try changed.replace(before, by: after)
        }
      }
      try set(united, of: Self.owner, database)
      try insert(source, database)
      return change
    }
  }

  func known(_ customer: String, _ database: Database) throws -> [DatabaseValue]? {
    try Row.fetchOne(
      database.cachedStatement(sql: "SELECT customer, properties FROM customer WHERE customer = ?"),
      arguments: [customer.cell]
    ).map { Array($0.databaseValues) }
  }

  /// What a cell of `properties` holds.
  func values(_ cell: DatabaseValue, of table: SummedTable) throws -> [(name: String, value: PropertyValue)] {
    guard let text = String.fromDatabaseValue(cell), let values = FlatObject.values(text) else {
      throw WorkspaceError(.damaged(what: "table \(table.name), column properties"), file: path)
    }
    return values
  }

  /// One person's values, in the order of the columns; nil where they are unknown.
  package func customer(_ id: String) throws(WorkspaceError) -> [(name: String, value: PropertyValue)]? {
    try read { database in
      guard try hasPeople(database), let row = try known(id, database) else { return nil }
      let found = try values(row[1], of: .customer)
      return try details(of: Self.owner, database).compactMap { detail in
        found.first { $0.name == detail.name }.flatMap { detail.value($0.value) }.map { (detail.name, $0) }
      }
    }
  }

  /// Everybody, under the person whom their id belongs to: a table whose rows are read when they are first asked for, from any thread. Nil where no people are known.
  package func people() throws(WorkspaceError) -> PersonTable? {
    try read { database in try lastRead(\.lastPeople, "", database) { try people(database) } }
  }

  private func people(_ database: Database) throws -> PersonTable? {
    guard try hasPeople(database) else { return nil }
    let sum = try SummedTable.customer.written(database)
    guard sum.rows > 0 else { return nil }
    let (details, identities) = (try details(of: Self.owner, database), try identities(database))
    if let held = heldPeople, held.sum == sum, held.details == details, held.pairs == identities?.pairCount {
      return held.table
    }
    let held = HeldPeople(sum, details, identities, queue, interruption)
    heldPeople = held
    return held.table
  }

  static func text(_ cell: DatabaseValue) -> String? {
    switch cell.storage {
    case .string(let text): text
    case .blob(let data): String(decoding: data, as: UTF8.self)
    default: nil
    }
  }

  func damage(of table: SummedTable) -> WorkspaceError {
    WorkspaceError(.damaged(what: "table \(table.name)"), file: path)
  }

  /// Takes everybody away, and that they were loaded.
  package func forgetCustomers() throws(WorkspaceError) {
    try write { database in
      try SummedTable.customer.clear(database)
      try set([], of: Self.owner, database)
      try SealedTable.source.delete(from: database, "WHERE kind = 'customers'", [])
    }
  }
}

/// People as they were at one state of their table. Of several rows of one person, that of the id they go by counts before others, and
/// these in the order of their ids.
final class HeldPeople: Sendable {
  let sum: RowSum
  /// How many pairs of ids were known.
  let pairs: Int?
  let details: [RowDetail]
  let table: PersonTable
  private let foreign: ForeignRows

  init(
    _ sum: RowSum, _ details: [RowDetail], _ identities: IdentityMap?, _ queue: DatabaseQueue,
    _ interruption: Interruption
  ) {
    (self.sum, self.details, pairs) = (sum, details, identities?.pairCount)
    let foreign = ForeignRows()
    self.foreign = foreign
    table = PersonTable(properties: details.map { Property(name: $0.name, kind: $0.kind) }) { () throws(ReadingFault) in
      do {
        return try queue.read { try Self.rows(details, identities, $0, interruption, foreign) }
      } catch {
        throw .damaged("customers: \(WorkspaceError(error, file: nil).message)")
      }
    }
  }

  /// Whether rows that were read are not those that were written.
  var isAltered: Bool { foreign.found.load(ordering: .relaxed) }

  private final class ForeignRows: Sendable {
    let found = Atomic<Bool>(false)
  }

  private static func rows(
    _ details: [RowDetail], _ identities: IdentityMap?, _ database: Database, _ interruption: Interruption,
    _ foreign: ForeignRows
  ) throws -> PersonRows {
    var builder = RowStoreBuilder(details)
    var joined: [Int: CustomerRow] = [:]
    let isWhole = try SummedTable.customer.each(database, interruption) { cells in
      guard let id = Workspace.text(cells[0]), let text = Workspace.text(cells[1]), let values = FlatObject.values(text)
      else { throw WorkspaceError(.damaged(what: "table customer"), file: nil) }
      guard let identities, let number = identities.number(of: id) else {
        return builder.append(customer: id, at: 0, name: "", values)
      }
      let person = identities.person(of: id)
      let other = joined[number]?.values ?? []
      let (first, second) = person.utf8.elementsEqual(id.utf8) ? (values, other) : (other, values)
      let rest = second.filter { value in !first.contains { $0.name == value.name } }
      joined[number] = CustomerRow(customer: person, values: first + rest)
    }
    for person in joined.values { builder.append(customer: person.customer, at: 0, name: "", person.values) }
    if !isWhole { foreign.found.store(true, ordering: .relaxed) }
    // Of one bucket, customers increase by their ids, and each has one row.
    return PersonRows(builder.finish(buckets: 1))
  }
}

/// Makes a store of rows with properties of known kinds.
package struct RowStoreBuilder {
  private var builder = EventStoreBuilder()
  private let details: [RowDetail]
  private var indices: [String: Int] = [:]

  package init(_ details: [RowDetail]) {
    self.details = details
    for detail in details { indices[detail.name] = builder.addProperty(detail.name, declared: detail.kind) }
  }

  package mutating func append(
    customer: String, at microseconds: Int64, name: String, _ values: [(name: String, value: PropertyValue)]
  ) {
    builder.append(customer: Array(customer.utf8).span, event: Array(name.utf8).span, instant: microseconds)
    for (name, value) in values {
      if let index = indices[name], let value = details[index].value(value) { builder.set(index, to: value) }
    }
  }

  package consuming func finish(buckets: Int? = nil) -> EventStore { builder.finish(buckets: buckets) }
}
