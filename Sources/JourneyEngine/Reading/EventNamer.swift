import EventStore
import JourneyQuery

/// Gives every event of some rows the number of its name.
struct EventNamer: Sendable {
  /// The number of an event that is left out.
  static let leftOut: Int32 = -1

  private struct Conditional: Sendable {
    /// Nil is every event.
    let event: Int?
    let condition: ConditionProgram
    let rank: Int32
  }
  /// Names by number, each once; those of the rules first, in their order.
  let names: [String]
  /// By event code: the rank of the first rule that names it whatever its properties, else the rank of its own name.
  private let certain: [Int32]
  /// In the order of the rules.
  private let conditional: [Conditional]
  /// By event code: the number of its name; of no use where a name depends on more.
  private let numberOfCode: [Int32]
  /// Ranks are those of the rules, then those of the event codes.
  private let numberOfRank: [Int32]

  /// Whether every event has a name, which depends on its code alone.
  var isByCode: Bool { conditional.isEmpty && !leavesOut }

  /// By event code, the number of its name, where every event has a name of its own that depends on its code alone.
  var namesByCode: [Int32]? {
    isByCode && Set(numberOfCode).count == numberOfCode.count ? numberOfCode : nil
  }

  /// Of an event of this code, if names depend on codes alone.
  @inline(__always) func number(ofCode code: Int) -> Int32 { numberOfCode[code] }

  /// Whether some events may be left out.
  var leavesOut: Bool { numberOfRank.contains(Self.leftOut) }

  /// - Parameter known: the names of all events that the question is about, in this store and in others: so that a name has one number everywhere.
  init(_ naming: Naming, in schema: StoreSchema, among known: [String] = []) {
    let ownRank = naming.rules.count
    var certain = schema.events.indices.map { Int32(ownRank + $0) }
    var conditional: [Conditional] = []
    for (rank, rule) in naming.rules.enumerated() {
      for pattern in rule.patterns {
        let code = pattern.event.flatMap(schema.code(ofEvent:))
        if pattern.event != nil, code == nil { continue }
        if let condition = pattern.condition {
          let program = ConditionProgram(condition, in: schema)
          conditional.append(Conditional(event: code, condition: program, rank: Int32(rank)))
        } else {
          for code in code.map({ $0..<$0 + 1 }) ?? certain.indices { certain[code] = min(certain[code], Int32(rank)) }
        }
      }
    }
    var (names, numbers): ([String], [ByteText: Int32]) = ([], [:])
    func number(_ name: String) -> Int32 {
      if let known = numbers[ByteText(name)] { return known }
      numbers[ByteText(name)] = Int32(names.count)
      names.append(name)
      return Int32(names.count - 1)
    }
    var numberOfRank = naming.rules.map { number($0.name) }
    if naming.keepsOthers { for name in known { _ = number(name) } }
    for name in schema.events { numberOfRank.append(naming.keepsOthers ? number(name) : Self.leftOut) }
    (self.certain, self.conditional, self.names, self.numberOfRank) = (certain, conditional, names, numberOfRank)
    numberOfCode = certain.map { numberOfRank[Int($0)] }
  }

  /// Leaves the number of each of `rows` in `numbers[0 ..< rows.count]`; `truths` is scratch.
  func name(_ rows: Range<Int>, of bucket: Bucket, into numbers: inout [Int32], _ truths: inout [UInt8]) {
    if numbers.count < rows.count {
      numbers.append(contentsOf: repeatElement(0, count: rows.count - numbers.count))
    }
    switch bucket.events {
    case .narrow(let codes): name(rows, codes, bucket, &numbers, &truths)
    case .medium(let codes): name(rows, codes, bucket, &numbers, &truths)
    case .wide(let codes): name(rows, codes, bucket, &numbers, &truths)
    }
  }

  private func name<Code: FixedWidthInteger>(
    _ rows: Range<Int>, _ codes: [Code], _ bucket: Bucket, _ numbers: inout [Int32], _ truths: inout [UInt8]
  ) {
    codes.span.extracting(rows).look(up: conditional.isEmpty ? numberOfCode : certain, into: &numbers)
    if conditional.isEmpty { return }
    for pattern in conditional {
      if let event = pattern.event, !rows.contains(where: { Int(codes[$0]) == event }) { continue }
      pattern.condition.evaluate(rows, of: bucket, into: &truths)
      for row in rows where truths[row - rows.lowerBound] == Truth.yes {
        guard pattern.event.map({ $0 == Int(codes[row]) }) ?? true else { continue }
        numbers[row - rows.lowerBound] = min(numbers[row - rows.lowerBound], pattern.rank)
      }
    }
    for index in 0..<rows.count { numbers[index] = numberOfRank[Int(numbers[index])] }
  }
}
