import EventStore
import JourneyQuery

/// Reads the breakdown values of units or events.
struct GroupReader: Sendable {
  private enum Key: Sendable {
    case values(ValueKeys)
    /// The value is the index of the first test that holds.
    case people([PeopleTest])
  }
  private var readers: [Key]
  private let step: Int
  private(set) var keys = GroupKeys()
  /// The customer that `people` was worked out for, by bucket and index.
  private var customer: (bucket: ObjectIdentifier, index: Int)?
  /// By key: what the tests on people said of that customer.
  private var people: [UInt64?] = []

  init(_ breakdown: Breakdown, in schema: StoreSchema) {
    step = breakdown.step
    readers = breakdown.keys.map { key in
      switch key {
      case .property(let name): .values(ValueKeys(name, in: schema))
      case .people(let named): .people(named.map { PeopleTest($0.people, in: schema) })
      }
    }
  }

  /// The group of a unit whose chain has these rows by step (−1 for none).
  mutating func group(at rows: [Int], of customer: Int, in bucket: Bucket) -> Int {
    group(at: rows.indices.contains(step) ? rows[step] : -1, of: customer, in: bucket)
  }

  /// The group of an event.
  mutating func group(at row: Int, of customer: Int, in bucket: Bucket) -> Int {
    if self.customer.map({ $0 != (ObjectIdentifier(bucket), customer) }) ?? true { meet(customer, of: bucket) }
    var node = -1
    for index in readers.indices {
      switch readers[index] {
      case .values(let values):
        node = keys.node(row >= 0 ? values.key(at: row, in: bucket) : nil, behind: node)
      case .people: node = keys.node(people[index], behind: node)
      }
    }
    return node
  }

  private mutating func meet(_ customer: Int, of bucket: Bucket) {
    self.customer = (ObjectIdentifier(bucket), customer)
    people = readers.map { reader in
      guard case .people(var tests) = reader else { return nil }
      return tests.indices.first { tests[$0].holds(customer, of: bucket) }.map(UInt64.init)
    }
  }
}
