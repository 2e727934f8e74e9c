import TestSupport
@testable import EventStore

/// Small rows with many ties: few customers, few instants, some order values, properties of every kind with gaps.
func randomRows(_ count: Int, using random: inout SeededRandom) -> [EventRow] {
  let names = ["view", "cart", "purchase", "über", ""].dropLast()
  return (0..<count).map { number in
    var properties: [(name: String, value: PropertyValue)] = [("row", .number(Double(number)))]
    if Bool.random(using: &random) {
      properties.append(("country", .text(["NO", "AT", "Österreich"].randomElement(using: &random) ?? "")))
    }
    if Bool.random(using: &random) { properties.append(("paid", .truth(.random(using: &random)))) }
    if Bool.random(using: &random) { properties.append(("due", .time(.random(in: -5...5, using: &random)))) }
    return EventRow(
      customer: "u\(Int.random(in: 0..<12, using: &random))", instant: .random(in: 0..<6, using: &random),
      order: Bool.random(using: &random) ? Double.random(in: -1...1, using: &random).rounded() : nil,
      name: names.randomElement(using: &random) ?? "", properties: properties)
  }
}

/// One event of a store written out, so that stores can be compared whatever their codes and buckets.
struct ReadRow: Hashable {
  var customer: String
  var instant: Int64
  var order: Double?
  var name: String
  var properties: [String: PropertyValue]
}

extension EventStore {
  /// All rows by (customer id, canonical order).
  var readRows: [ReadRow] {
    var journeys: [(customer: String, rows: [ReadRow])] = []
    for bucket in buckets {
      for (index, customer) in bucket.customers.enumerated() {
        let rows = (Int(bucket.offsets[index])..<Int(bucket.offsets[index + 1])).map { row in
          var values: [String: PropertyValue] = [:]
          for (property, entry) in schema.properties.enumerated() {
            values[entry.name] = bucket.value(of: property, at: row, in: schema)
          }
          let order = bucket.orders.flatMap { $0[row].isNaN ? nil : $0[row] }
          return ReadRow(
            customer: customer, instant: bucket.instants[row], order: order, name: schema.events[bucket.events[row]],
            properties: values)
        }
        journeys.append((customer, rows))
      }
    }
    return journeys.sorted { $0.customer.utf8.lexicographicallyPrecedes($1.customer.utf8) }.flatMap(\.rows)
  }
}

/// The rows as a store must give them back: a plain stable sort.
func expectedRows(_ rows: [EventRow]) -> [ReadRow] {
  rows.enumerated().sorted { left, right in
    let (one, other) = (left.element, right.element)
    if one.customer != other.customer { return one.customer.utf8.lexicographicallyPrecedes(other.customer.utf8) }
    if one.instant != other.instant { return one.instant < other.instant }
    if one.order != other.order { return (one.order ?? .infinity) < (other.order ?? .infinity) }
    return left.offset < right.offset
  }.map { _, row in
    ReadRow(
      customer: row.customer, instant: row.instant, order: row.order, name: row.name,
      properties: Dictionary(row.properties.map { ($0.name, $0.value) }) { $1 })
  }
}
