extension EventStore {
  /// Bytes of what columns hold in memory at this moment, and nothing is read for it: values and offsets, without what Swift
  /// keeps beside them. The order of a bucket's two layers counts to the offsets. No entry where there is nothing.
  package var memory: [ColumnName: Int] {
    var memory: [ColumnName: Int] = [:]
    for bucket in buckets { memory.merge(bucket.columns.memory, uniquingKeysWith: +) }
    for (index, property) in schema.properties.enumerated() where property.dictionaryMemory > 0 {
      memory[.dictionary(index)] = property.dictionaryMemory
    }
    return memory.filter { $0.value > 0 }
  }
}

extension HeldColumns {
  var memory: [ColumnName: Int] {
    var memory: [ColumnName: Int] = [
      .customers: customers.bytes, .offsets: offsets.count * 4, .instants: instants.count * 8, .events: events.bytes,
      .orders: (orders?.count ?? 0) * 8, .masks: eventMasks.count * 8,
      .ties: (ties?.words.count ?? 0) * 8,
    ]
    for (index, property) in properties.enumerated() { memory[.property(index)] = property.bytes }
    return memory
  }
}

extension [String] {
  /// Bytes in memory: a text of up to 15 bytes lies in the array, a longer one in storage of its own.
  var bytes: Int {
    reduce(0) { $0 + 16 + ($1.utf8.count > 15 ? $1.utf8.count + 32 : 0) }
  }
}

extension CodeColumn {
  /// Bytes in memory.
  var bytes: Int {
    switch self {
    case .narrow(let codes): codes.count
    case .medium(let codes): codes.count * 2
    case .wide(let codes): codes.count * 4
    }
  }
}

extension PropertyColumn {
  /// Bytes in memory.
  var bytes: Int {
    switch self {
    case .text(let codes): codes.bytes
    case .number(let values, let present): values.count * 8 + present.words.count * 8
    case .truth(let values, let present): values.words.count * 8 + present.words.count * 8
    case .time(let values, let present): values.count * 8 + present.words.count * 8
    }
  }
}
