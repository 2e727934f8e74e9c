extension PropertyColumn {
  /// Values of people as those of their events: run i of rows, `offsets[i] ..< offsets[i + 1]`, has the value of row `rows[i]` of this
  /// column, which is counted from 1; 0 has none. `rows` are one fewer than `offsets`.
  package func spread(_ rows: [UInt32], over offsets: [UInt32]) -> PropertyColumn {
    switch self {
    case .text(.narrow(let codes)): return .text(.narrow(Self.spread(codes, rows, offsets, missing: 0)))
    case .text(.medium(let codes)): return .text(.medium(Self.spread(codes, rows, offsets, missing: 0)))
    case .text(.wide(let codes)): return .text(.wide(Self.spread(codes, rows, offsets, missing: 0)))
    case .number(let numbers, let present):
      return .number(Self.spread(numbers, rows, offsets, missing: .nan), present: Self.spread(present, rows, offsets))
    case .truth(let truths, let present):
      return .truth(Self.spread(truths, rows, offsets), present: Self.spread(present, rows, offsets))
    case .time(let times, let present):
      return .time(Self.spread(times, rows, offsets, missing: 0), present: Self.spread(present, rows, offsets))
    }
  }

  private static func spread<Value>(
    _ values: [Value], _ rows: [UInt32], _ offsets: [UInt32], missing: Value
  ) -> [Value] {
    var spread = [Value](repeating: missing, count: Int(offsets.last ?? 0))
    let values = values.span
    var filled = spread.mutableSpan
    for (index, row) in rows.enumerated() where row > 0 {
      let value = values[Int(row) - 1]
      for place in Int(offsets[index])..<Int(offsets[index + 1]) { filled[place] = value }
    }
    return spread
  }

  private static func spread(_ bits: Bitmap, _ rows: [UInt32], _ offsets: [UInt32]) -> Bitmap {
    var spread = Bitmap(count: Int(offsets.last ?? 0))
    for (index, row) in rows.enumerated() where row > 0 && bits[Int(row) - 1] {
      spread.set(Int(offsets[index])..<Int(offsets[index + 1]))
    }
    return spread
  }

  /// Whether it has so many rows of a kind, and codes of no more than so many texts.
  func isColumn(of kind: Property.Kind, rows: Int, values: Int) -> Bool {
    switch (self, kind) {
    case (.text(let codes), .text): codes.count == rows && codes.largest ?? 0 <= values
    case (.number(let numbers, let present), .number): numbers.count == rows && present.count == rows
    case (.truth(let truths, let present), .truth): truths.count == rows && present.count == rows
    case (.time(let times, let present), .time): times.count == rows && present.count == rows
    default: false
    }
  }
}
