extension EventStore {
  /// The store without these customers' events, in memory, and how many these were; nil where there are none. Event names and texts that
  /// only they had are gone, so that nothing of theirs is left.
  ///
  /// - Parameter ids: each once.
  package func removing(customers ids: [String]) -> (store: EventStore, events: Int)? {
    let found = ids.compactMap { find(customer: $0) }
    guard !found.isEmpty else { return nil }
    let gone = found.map { place, index in (bucket: self.buckets[place], rows: self.buckets[place].rows(of: index)) }
    var buckets = buckets.map(\.held)
    // Whoever stands last in a bucket goes first: those before stay where they were found.
    for (place, index) in found.sorted(by: { $0.index > $1.index }) { buckets[place] = buckets[place].removing(index) }
    var schema = schema
    let names = gone.flatMap { bucket, rows in rows.map { bucket.events[$0] } }
    if let kept = Self.keptCodes(names, in: buckets.map(\.events), count: schema.events.count, first: 0) {
      schema.events = kept.map { schema.events[$0] }
      buckets = buckets.map { $0.replacing(events: $0.events.recoded(kept, first: 0)) }
    }
    for (number, property) in schema.properties.enumerated() where property.kind == .text {
      let codes = gone.flatMap { bucket, rows -> [Int] in
        let codes = bucket.properties[number].codes
        return rows.map { codes[$0] }
      }
      // In memory, as the columns are.
      let texts = property.dictionary
      schema.properties[number].dictionary = texts
      let columns = buckets.map { $0.properties[number].codes }
      guard let kept = Self.keptCodes(codes, in: columns, count: property.valueCount, first: 1) else { continue }
      schema.properties[number].dictionary = kept.map { texts[$0] }
      buckets = zip(buckets, columns).map { bucket, codes in
        bucket.replacing(.text(codes.recoded(kept, first: 1)), at: number)
      }
    }
    return (EventStore(schema: schema, buckets: buckets, faults: faults), gone.reduce(0) { $0 + $1.rows.count })
  }

  /// The places of texts that are left where some had only these codes, which rows had that are gone; nil where none had.
  ///
  /// - Parameters:
  ///   - columns: without these rows.
  ///   - first: the code of the first text; lower ones are no text.
  private static func keptCodes(
    _ codes: [Int], in columns: [CodeColumn], count: Int, first: Int
  ) -> [Int]? {
    let theirs = Set(codes.filter { $0 >= first })
    guard !theirs.isEmpty else { return nil }
    var counts = [Int](repeating: 0, count: count + first)
    for column in columns {
      for (code, some) in column.histogram(count + first).enumerated() { counts[code] += some }
    }
    let gone = theirs.filter { counts[$0] == 0 }
    return gone.isEmpty ? nil : (0..<count).filter { !gone.contains($0 + first) }
  }
}

extension CodeColumn {
  /// Codes as they are where only these places are left.
  fileprivate func recoded(_ kept: [Int], first: Int) -> CodeColumn {
    var codes = [UInt32](repeating: 0, count: (kept.last ?? -1) + 1 + first)
    for (place, old) in kept.enumerated() { codes[old + first] = UInt32(place + first) }
    return CodeColumn((0..<count).map { row in codes.indices.contains(self[row]) ? codes[self[row]] : 0 })
  }

  fileprivate func removing(_ rows: Range<Int>) -> CodeColumn {
    switch self {
    case .narrow(let codes): .narrow(codes.removing(rows))
    case .medium(let codes): .medium(codes.removing(rows))
    case .wide(let codes): .wide(codes.removing(rows))
    }
  }
}

extension PropertyColumn {
  /// Of a text.
  fileprivate var codes: CodeColumn { if case .text(let codes) = self { codes } else { .narrow([]) } }

  fileprivate func removing(_ rows: Range<Int>) -> PropertyColumn {
    switch self {
    case .text(let codes): .text(codes.removing(rows))
    case .number(let numbers, let present): .number(numbers.removing(rows), present: present.removing(rows))
    case .truth(let bits, let present): .truth(bits.removing(rows), present: present.removing(rows))
    case .time(let instants, let present): .time(instants.removing(rows), present: present.removing(rows))
    }
  }
}

extension Bitmap {
  fileprivate func removing(_ rows: Range<Int>) -> Bitmap {
    var rest = Bitmap(count: count - rows.count)
    rest.copy(self, 0..<rows.lowerBound, to: 0)
    rest.copy(self, rows.upperBound..<count, to: rows.lowerBound)
    return rest
  }
}

extension Array {
  fileprivate func removing(_ rows: Range<Int>) -> [Element] {
    Array(self[..<rows.lowerBound] + self[rows.upperBound...])
  }
}

extension Bucket {
  fileprivate func removing(_ customer: Int) -> Bucket {
    let rows = rows(of: customer)
    var (customers, offsets) = (customers, offsets)
    customers.remove(at: customer)
    offsets.remove(at: customer + 1)
    for index in customer + 1..<max(customer + 1, offsets.count) { offsets[index] -= UInt32(rows.count) }
    return Bucket(
      customers: customers, offsets: offsets, instants: instants.removing(rows), events: events.removing(rows),
      orders: orders?.removing(rows), properties: properties.map { $0.removing(rows) })
  }

  fileprivate func replacing(events: CodeColumn) -> Bucket {
    Bucket(
      customers: customers, offsets: offsets, instants: instants, events: events, orders: orders,
      properties: Array(properties))
  }

  fileprivate func replacing(_ column: PropertyColumn, at index: Int) -> Bucket {
    var columns = Array(properties)
    columns[index] = column
    return Bucket(
      customers: customers, offsets: offsets, instants: instants, events: events, orders: orders, properties: columns)
  }
}
