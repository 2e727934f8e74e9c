import EventStore
import JourneyQuery

/// Reads the breakdown values of units or events. A copy is a reader of its own: it holds scratch space.
struct GroupReader: Sendable {
  private enum Key: Sendable {
    case values(ValueKeys)
    /// The value is the index of the first test that holds, plus 1.
    case people([PeopleTest])
  }
  private var readers: [Key]
  private let step: Int
  /// Where combinations are counted; nil in a first reading, which tells all of them apart.
  private let places: GroupPlaces?
  /// By combination met: its place.
  private var place: [Int32] = []
  private(set) var keys: GroupKeys
  /// By code of the first key, where these are bytes: its node; −1 where none was met.
  private var nodeOfCode = [Int32](repeating: -1, count: 256)
  /// The group of each event of the block read last; −1 without keys.
  private(set) var nodes: [Int32] = []
  private var bucket: ObjectIdentifier?
  /// Of that bucket.
  private var columns: [PropertyColumn] = []
  /// The customer of that bucket that `people` was worked out for, −1 for none.
  private var customer = -1
  /// By key: what the tests on people said of that customer.
  private var people: [Int] = []

  /// With the places of the groups that a first reading found, these are told apart and no longer the combinations.
  init(_ breakdown: Breakdown, in schema: StoreSchema, _ places: GroupPlaces? = nil) {
    step = breakdown.step
    self.places = places
    readers = breakdown.keys.map { key in
      switch key {
      case .property(let name): .values(ValueKeys(name, in: schema))
      case .people(let named): .people(named.map { PeopleTest($0.people, in: schema) })
      }
    }
    let widths = readers.map { reader in
      switch reader {
      case .values(let values): values.width(in: schema)
      case .people(let tests): tests.count + 1
      }
    }
    keys = GroupKeys(widths: widths)
  }

  /// The group of a unit whose chain has these rows by step (−1 for none).
  mutating func group(at rows: [Int], of customer: Int, in bucket: Bucket) -> Int {
    group(at: rows.indices.contains(step) ? rows[step] : -1, of: customer, in: bucket)
  }

  /// The group of an event.
  mutating func group(at row: Int, of customer: Int, in bucket: Bucket) -> Int {
    meet(bucket)
    meet(customer, of: bucket)
    var node = readers.isEmpty ? -1 : 0
    for index in readers.indices {
      var value = people[index]
      if case .values(let values) = readers[index] {
        value = row < 0 ? 0 : values.property.flatMap { columns[$0].key(at: row) } ?? 0
      }
      node = keys.node(value, behind: node, on: index)
    }
    guard let places, node >= 0 else { return node }
    if place.count < keys.count { placeMet(places) }
    return Int(place[node])
  }

  /// Leaves in `nodes` the group of each event of a block of `bucket`.
  mutating func read(_ block: JourneyReader, of bucket: Bucket) {
    meet(bucket)
    if nodes.count < block.eventCount {
      nodes.append(contentsOf: repeatElement(0, count: block.eventCount - nodes.count))
    }
    for event in 0..<block.eventCount { nodes[event] = readers.isEmpty ? -1 : 0 }
    for index in readers.indices {
      switch readers[index] {
      case .values(let values): read(values.property.map { columns[$0] }, on: index, block)
      case .people:
        for person in block.people where !block.events(of: person).isEmpty {
          meet(block.customer(of: person), of: bucket)
          for event in block.events(of: person) {
            nodes[event] = Int32(keys.node(people[index], behind: Int(nodes[event]), on: index))
          }
        }
      }
    }
    guard let places, !readers.isEmpty else { return }
    placeMet(places)
    Self.put(&nodes, block.eventCount, at: place)
  }

  /// Leaves the place of each node in its stead.
  private static func put(_ nodes: inout [Int32], _ count: Int, at place: [Int32]) {
    let place = place.span
    var nodes = nodes.mutableSpan
    for event in 0..<count { nodes[event] = place[Int(nodes[event])] }
  }

  /// Appends to `nodes` the group of each chain.
  mutating func read(_ chains: ChainRecords, of bucket: Bucket, into nodes: inout [Int32]) {
    meet(bucket)
    if readers.count == 1, case .values(let values) = readers[0], places == nil, let property = values.property,
      case .text(.narrow(let codes)) = columns[property]
    {
      for index in 0..<chains.count {
        let value = step < chains.depth(index) ? Int(codes[chains.row(index, step)]) : 0
        nodes.append(Int32(truncatingIfNeeded: keys.node(value, behind: 0, on: 0)))
      }
      return
    }
    for index in 0..<chains.count {
      let row = step < chains.depth(index) ? chains.row(index, step) : -1
      nodes.append(Int32(truncatingIfNeeded: group(at: row, of: chains.customer(index), in: bucket)))
    }
  }

  private mutating func read(_ column: PropertyColumn?, on level: Int, _ block: JourneyReader) {
    if case .text(.narrow(let codes)) = column {
      if level == 0 {
        Self.readFirst(codes, block, &keys, &nodeOfCode, &nodes)
      } else {
        Self.read(codes, on: level, block, &keys, &nodes)
      }
    } else {
      for event in 0..<block.eventCount {
        let value = column?.key(at: block.row(of: event)) ?? 0
        nodes[event] = Int32(keys.node(value, behind: Int(nodes[event]), on: level))
      }
    }
  }

  private static func read(
    _ codes: [UInt8], on level: Int, _ block: JourneyReader, _ keys: inout GroupKeys, _ nodes: inout [Int32]
  ) {
    let codes = codes.span
    var nodes = nodes.mutableSpan
    block.forEachRow { event, row in
      nodes[event] = Int32(truncatingIfNeeded: keys.node(Int(codes[row]), behind: Int(nodes[event]), on: level))
    }
  }

  /// On the first level, where a code is all there is to tell.
  private static func readFirst(
    _ codes: [UInt8], _ block: JourneyReader, _ keys: inout GroupKeys, _ nodeOfCode: inout [Int32],
    _ nodes: inout [Int32]
  ) {
    let codes = codes.span
    var known = nodeOfCode.mutableSpan
    var nodes = nodes.mutableSpan
    block.forEachRow { event, row in
      let code = Int(codes[row])
      if known[code] < 0 { known[code] = Int32(truncatingIfNeeded: keys.node(code, behind: 0, on: 0)) }
      nodes[event] = known[code]
    }
  }

  private mutating func placeMet(_ places: GroupPlaces) {
    for node in place.count..<keys.count {
      place.append(Int32(truncatingIfNeeded: places.place(of: keys.values(of: node))))
    }
  }

  private mutating func meet(_ bucket: Bucket) {
    guard self.bucket != ObjectIdentifier(bucket) else { return }
    self.bucket = ObjectIdentifier(bucket)
    customer = -1
    // Only columns that are asked for may be decoded.
    columns = bucket.properties.indices.map { _ in .truth(Bitmap(count: 0), present: Bitmap(count: 0)) }
    for case .values(let values) in readers {
      if let property = values.property { columns[property] = bucket.properties[property] }
    }
  }

  private mutating func meet(_ customer: Int, of bucket: Bucket) {
    guard self.customer != customer else { return }
    self.customer = customer
    if people.isEmpty { people = readers.map { _ in 0 } }
    for index in readers.indices {
      guard case .people(var tests) = readers[index] else { continue }
      people[index] = (tests.indices.first { tests[$0].holds(customer, of: bucket) } ?? -1) + 1
    }
  }
}
