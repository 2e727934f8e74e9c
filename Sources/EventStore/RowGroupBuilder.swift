import JourneyTime

/// Rows in load order, as columns.
struct RowGroupBuilder: Sendable {
  private(set) var customers: CustomerRows
  private(set) var events = CodedRows()
  private(set) var instants: [Int64] = []
  /// Empty as long as no row has an order value; then nan for those without. Rows behind its end have none.
  private(set) var orders: [Double] = []
  private(set) var properties: [PropertyRows]
  /// Which person an id belongs to; nil where everybody goes by the id of the row.
  private let identities: IdentityMap?
  /// The ids of the rows where there are identities.
  private(set) var originals: CodedRows?

  /// - Parameter wordKinds: of each property, as for `PropertyRows`.
  init(partitionCount: Int, wordKinds: [Property.Kind?], zone: Zone, identities: IdentityMap? = nil) {
    customers = CustomerRows(partitionCount: partitionCount)
    self.identities = identities
    originals = identities == nil ? nil : CodedRows()
    properties = wordKinds.map { PropertyRows(wordKind: $0, zone: zone) }
  }

  var rowCount: Int { instants.count }

  mutating func append(customer: Span<UInt8>, event: Span<UInt8>, instant: Int64, order: Double) {
    if let identities {
      identities.withPerson(of: customer) { customers.append($0) }
      originals?.set(customer, row: instants.count)
    } else {
      customers.append(customer)
    }
    events.set(event, row: instants.count)
    instants.append(instant)
    if !order.isNaN || !orders.isEmpty {
      pad(&orders, to: instants.count - 1)
      orders.append(order)
    }
  }

  /// Adds the table's rows. `instants` and `orders` are parallel to them; no orders for none.
  mutating func append(
    _ table: CellTable, in bytes: Span<UInt8>, customer: Int?, event: Int?, instants: [Int64], orders: [Double],
    properties columns: [Int]
  ) {
    let known = rowCount
    if let customer, let identities {
      for row in 0..<table.rowCount {
        let id = bytes.extracting(table.cell(row, customer).range)
        identities.withPerson(of: id) { customers.append($0) }
      }
      originals?.append(table, column: customer, in: bytes)
    } else if let customer {
      customers.append(table, column: customer, in: bytes)
    } else {
      for _ in 0..<table.rowCount { customers.append([UInt8]().span) }
    }
    if let event {
      events.append(table, column: event, in: bytes)
    } else {
      for row in known..<known + table.rowCount { events.set([UInt8]().span, row: row) }
    }
    self.instants.append(contentsOf: instants)
    if !orders.isEmpty || !self.orders.isEmpty {
      pad(&self.orders, to: known)
      self.orders.append(contentsOf: orders)
      pad(&self.orders, to: rowCount)
    }
    for (index, column) in columns.enumerated() {
      properties[index].pad(to: known)
      properties[index].append(table, column: column, in: bytes)
    }
  }

  /// Takes all rows away and keeps their memory.
  mutating func removeAll() {
    customers.removeAll()
    events.removeAll()
    originals?.removeAll()
    instants.removeAll(keepingCapacity: true)
    orders.removeAll(keepingCapacity: true)
    for index in properties.indices { properties[index].removeAll() }
  }

  mutating func addProperty(wordKind: Property.Kind?, kinds: KindSet, zone: Zone) {
    properties.append(PropertyRows(wordKind: wordKind, kinds: kinds, zone: zone))
  }

  /// Gives the row added last a value as it was written; an empty one is missing.
  mutating func set(_ property: Int, to text: Span<UInt8>) {
    properties[property].set(text, row: rowCount - 1)
  }

  mutating func set(_ property: Int, to value: PropertyValue) {
    properties[property].set(value, row: rowCount - 1)
  }

  private func pad(_ orders: inout [Double], to count: Int) {
    if orders.count < count { orders.append(contentsOf: repeatElement(.nan, count: count - orders.count)) }
  }
}
