import EventStore

/// What the columns of exported events are called: such that `load events` takes each for what it is.
package struct ExportColumns: Sendable {
  package let customer: String
  package let time: String
  package let event: String
  /// Nil where nothing is to be ordered by, and no property would be taken for it.
  package let order: String?
  /// The clauses that a load of the file needs so as to make the same store: `session visit`. Mostly empty.
  package let clauses: String

  private static let names = ["customer_id", "timestamp", "event"]

  /// Whether a file with columns of these names may be such an export.
  static func areIn(_ columns: Set<String>) -> Bool {
    names.allSatisfy { name in
      columns.contains { $0.hasPrefix(name) && $0.dropFirst(name.count).allSatisfy { $0 == "_" } }
    }
  }

  /// - Parameter hasOrders: some event has an `order` value.
  package init(_ schema: StoreSchema, hasOrders: Bool) {
    var taken = Set(schema.properties.map(\.name))
    /// Names are compared without punctuation when roles are found, so that one with `_` behind it serves as well.
    func free(_ name: String) -> String {
      var free = name
      while !taken.insert(free).inserted { free += "_" }
      return free
    }
    (customer, time, event) = (free(Self.names[0]), free(Self.names[1]), free(Self.names[2]))
    let plain = schema.properties.map { RoleNames.normalized($0.name) }
    let mistaken = RoleNames.names(of: .order).contains { plain.contains($0) }
    order = hasOrders || mistaken ? free("seq") : nil
    let ranked = RoleNames.names(of: .session).lazy.compactMap { plain.firstIndex(of: $0) }
    var clauses: [String] = []
    // A name that reads as a time makes the header look like data, unless a role names a column of it.
    if schema.properties.contains(where: { $0.name.utf8.count >= 8 && TimeLayout.reads($0.name) }) {
      clauses.append("customer \(quoted(customer))")
    }
    if let session = schema.session, ranked.first != session, schema.properties.indices.contains(session) {
      clauses.append("session \(quoted(schema.properties[session].name))")
    }
    self.clauses = clauses.joined(separator: " ")
  }
}
