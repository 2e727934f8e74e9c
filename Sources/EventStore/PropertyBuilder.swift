import JourneyTime

/// The kinds that every value of a property could still be read as.
struct KindSet: OptionSet, Sendable {
  let rawValue: UInt8
  static let number = KindSet(rawValue: 1)
  static let truth = KindSet(rawValue: 2)
  static let time = KindSet(rawValue: 4)
  static let all: KindSet = [.number, .truth, .time]
}

/// One property of a store in the making: its values by dictionary, and what they may all turn out to be.
struct PropertyBuilder: Sendable {
  let name: String
  /// Set where the source gives typed values; they are then kept as they are and nothing is inferred.
  let declared: Property.Kind?
  /// Per row: 0 for missing, else a code of `values` plus one. Rows behind its end are missing.
  private(set) var codes: [UInt32] = []
  private var values = ByteDictionary()
  private var kinds = KindSet.all

  init(name: String, declared: Property.Kind? = nil) {
    self.name = name
    self.declared = declared
  }

  /// What the values are as far as they are known: text if there are none.
  var kind: Property.Kind {
    if let declared { return declared }
    guard values.count > 0 else { return .text }
    if kinds.contains(.number) { return .number }
    if kinds.contains(.truth) { return .truth }
    return kinds.contains(.time) ? .time : .text
  }

  /// Gives `row`, the last one so far, a value as it was written; an empty one is missing. The last of several stands.
  mutating func set(_ text: Span<UInt8>, row: Int, zone: Zone) {
    var code: UInt32 = 0
    if text.count > 0 {
      let known = values.count
      code = UInt32(values.code(of: text) + 1)
      if values.count > known, !kinds.isEmpty { kinds.formIntersection(text.kinds(in: zone)) }
    }
    store(code, row: row)
  }

  /// Gives `row` a value of the declared kind.
  mutating func set(_ value: PropertyValue, row: Int) {
    let code =
      switch value {
      case .number(let number) where declared == .number: code(ofWord: number.bitPattern)
      case .time(let instant) where declared == .time: code(ofWord: UInt64(bitPattern: instant))
      default: values.code(of: value.text)
      }
    store(UInt32(code + 1), row: row)
  }

  private mutating func code(ofWord word: UInt64) -> Int {
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
    return values.code(of: bytes.span)
  }

  private mutating func store(_ code: UInt32, row: Int) {
    if codes.count > row {
      codes[row] = code
    } else {
      pad(to: row)
      codes.append(code)
    }
  }

  /// Makes the rows up to `count` missing that have no value yet.
  mutating func pad(to count: Int) {
    while codes.count < count { codes.append(0) }
  }

  /// Adds the rows of `later` behind the first `count` rows. Both must have been made the same way.
  mutating func absorb(_ later: PropertyBuilder, after count: Int) {
    pad(to: count)
    let codeOf = values.absorb(later.values)
    codes.reserveCapacity(count + later.codes.count)
    for code in later.codes { codes.append(code == 0 ? 0 : codeOf[Int(code) - 1] + 1) }
    kinds.formIntersection(later.kinds)
  }
}

/// The values of a finished property by code, from which the buckets' columns are gathered.
enum PropertyTable: Sendable {
  case text
  case number([Double])
  case truth([Bool])
  case time([Int64])
}

extension PropertyBuilder {
  /// The schema's entry, and the value of every code.
  func finished(zone: Zone) -> (property: Property, table: PropertyTable) {
    func word(_ code: Int) -> UInt64 {
      values.withBytes(of: code) { bytes in bytes.indices.reversed().reduce(0) { $0 << 8 | UInt64(bytes[$1]) } }
    }
    let codes = 0..<values.count
    let kind = self.kind
    var table: PropertyTable
    switch kind {
    case .text:
      let dictionary = codes.map { values.text(of: $0) }
      return (Property(name: name, kind: .text, dictionary: dictionary), .text)
    case .number where declared != nil: table = .number(codes.map { Double(bitPattern: word($0)) })
    case .time where declared != nil: table = .time(codes.map { Int64(bitPattern: word($0)) })
    case .number: table = .number(codes.map { values.withBytes(of: $0) { $0.number ?? .nan } })
    case .truth: table = .truth(codes.map { values.withBytes(of: $0) { $0.truth ?? false } })
    case .time:
      table = .time(codes.map { values.withBytes(of: $0) { Instant(iso: $0, in: zone)?.microseconds ?? 0 } })
    }
    return (Property(name: name, kind: kind), table)
  }

  /// The column of one bucket: the values of `rows`, in that order.
  func column(of rows: ArraySlice<UInt32>, table: PropertyTable) -> PropertyColumn {
    func code(_ row: UInt32) -> Int { Int(row) < codes.count ? Int(codes[Int(row)]) : 0 }
    func gathered<Value>(_ table: [Value], missing: Value) -> ([Value], Bitmap) {
      var present = Bitmap(count: rows.count)
      var column: [Value] = []
      column.reserveCapacity(rows.count)
      for row in rows {
        let code = code(row)
        if code > 0 { present[column.count] = true }
        column.append(code > 0 ? table[code - 1] : missing)
      }
      return (column, present)
    }
    switch table {
    case .text: return .text(CodeColumn(rows.map { UInt32(code($0)) }))
    case .number(let table):
      let (numbers, present) = gathered(table, missing: .nan)
      return .number(numbers, present: present)
    case .time(let table):
      let (instants, present) = gathered(table, missing: 0)
      return .time(instants, present: present)
    case .truth(let table):
      let (truths, present) = gathered(table, missing: false)
      var bits = Bitmap(count: truths.count)
      for (row, truth) in truths.enumerated() where truth { bits[row] = true }
      return .truth(bits, present: present)
    }
  }
}
