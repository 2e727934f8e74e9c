import EventStore
import JourneyQuery

/// Numbers for the combinations of breakdown values met so far, 0 and up in the order they were met.
///
/// A combination is a path in a tree of values, so that adding one costs a look-up per value and no array.
struct GroupKeys: Sendable {
  private struct Node: Hashable {
    /// Node of the values before; −1 for the first value.
    var parent: Int
    var value: UInt64?
  }
  private var nodes: [Node] = []
  private var index: [Node: Int] = [:]

  var count: Int { nodes.count }

  /// The node for `value` behind those of `parent`.
  mutating func node(_ value: UInt64?, behind parent: Int) -> Int {
    let node = Node(parent: parent, value: value)
    if let known = index[node] { return known }
    index[node] = nodes.count
    nodes.append(node)
    return nodes.count - 1
  }

  /// Adds all of `other`; returns the node here of each of its nodes.
  mutating func absorb(_ other: GroupKeys) -> [Int] {
    var places: [Int] = []
    // Parents come before their children.
    for node in other.nodes {
      places.append(self.node(node.value, behind: node.parent < 0 ? -1 : places[node.parent]))
    }
    return places
  }

  /// The values of a node, first to last.
  func values(of node: Int) -> [UInt64?] {
    var (values, node): ([UInt64?], Int) = ([], node)
    while node >= 0 {
      values.append(nodes[node].value)
      node = nodes[node].parent
    }
    return values.reversed()
  }
}

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

/// The groups of an answer in the order to show: the largest first, equal sizes by value (UTF-8 bytes, missing last), at most `top`; the rest as
/// `(other)`; `(none)`, the group without any value, last.
struct GroupOrder {
  struct Group {
    var key: [String?]
    var isOther: Bool
  }
  private(set) var groups: [Group] = []
  /// Index in `groups` of each node; −1 for nodes that are no group.
  private(set) var place: [Int]

  /// `sizes` gives the size of each node, 0 for those that are no group.
  init(_ keys: GroupKeys, sizes: [Int], _ breakdown: Breakdown, in schema: StoreSchema) {
    place = Array(repeating: -1, count: keys.count)
    let named = sizes.indices.filter { sizes[$0] > 0 }.map {
      (node: $0, key: Self.texts(keys.values(of: $0), breakdown, schema))
    }
    let ordered = named.filter { $0.key.contains { $0 != nil } }.sorted { left, right in
      sizes[left.node] != sizes[right.node]
        ? sizes[left.node] > sizes[right.node] : Self.precedes(left.key, right.key)
    }
    let none = [String?](repeating: nil, count: breakdown.keys.count)
    for (rank, group) in ordered.enumerated() {
      if rank < breakdown.top {
        groups.append(Group(key: group.key, isOther: false))
      } else if rank == breakdown.top {
        groups.append(Group(key: none, isOther: true))
      }
      place[group.node] = groups.count - 1
    }
    for missing in named where missing.key.allSatisfy({ $0 == nil }) {
      groups.append(Group(key: none, isOther: false))
      place[missing.node] = groups.count - 1
    }
  }

  private static func texts(_ values: [UInt64?], _ breakdown: Breakdown, _ schema: StoreSchema) -> [String?] {
    zip(breakdown.keys, values).map { key, value in
      switch key {
      case .property(let name): value.flatMap { ValueKeys(name, in: schema).value(of: $0, in: schema)?.text }
      case .people(let named): value.map { named[Int($0)].name }
      }
    }
  }

  private static func precedes(_ left: [String?], _ right: [String?]) -> Bool {
    for (one, other) in zip(left, right) {
      guard let one else {
        if other == nil { continue }
        return false
      }
      guard let other else { return true }
      let order = one.utf8Order(to: other)
      if order != 0 { return order < 0 }
    }
    return false
  }
}
