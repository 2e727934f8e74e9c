/// Whole numbers from 0 in the narrowest width that holds them all.
public enum CodeColumn: Sendable, Hashable {
  case narrow([UInt8])
  case medium([UInt16])
  case wide([UInt32])

  public init(_ codes: [UInt32]) {
    switch codes.max() ?? 0 {
    case 0...0xFF: self = .narrow(codes.map { UInt8(truncatingIfNeeded: $0) })
    case 0...0xFFFF: self = .medium(codes.map { UInt16(truncatingIfNeeded: $0) })
    default: self = .wide(codes)
    }
  }

  public var count: Int {
    switch self {
    case .narrow(let codes): codes.count
    case .medium(let codes): codes.count
    case .wide(let codes): codes.count
    }
  }

  public subscript(row: Int) -> Int {
    @inlinable get {
      switch self {
      case .narrow(let codes): Int(codes[row])
      case .medium(let codes): Int(codes[row])
      case .wide(let codes): Int(codes[row])
      }
    }
  }

  /// Per run of rows `offsets[i] ..< offsets[i + 1]`: bit `code % 64` is set for every code that occurs.
  package func masks(of offsets: [UInt32]) -> [UInt64] {
    func masks(_ codes: [some FixedWidthInteger & UnsignedInteger]) -> [UInt64] {
      zip(offsets, offsets.dropFirst()).map { start, end in
        codes[Int(start)..<Int(end)].reduce(UInt64(0)) { $0 | 1 << UInt64(truncatingIfNeeded: $1 % 64) }
      }
    }
    return switch self {
    case .narrow(let codes): masks(codes)
    case .medium(let codes): masks(codes)
    case .wide(let codes): masks(codes)
    }
  }

  /// Nil for no codes at all.
  var largest: Int? {
    switch self {
    case .narrow(let codes): codes.max().map(Int.init)
    case .medium(let codes): codes.max().map(Int.init)
    case .wide(let codes): codes.max().map(Int.init)
    }
  }

  /// How many codes of each value below `limit` there are.
  package func histogram(_ limit: Int) -> [Int] {
    func histogram(_ codes: [some FixedWidthInteger & UnsignedInteger]) -> [Int] {
      var counts = [Int](repeating: 0, count: limit)
      for code in codes where code < limit { counts[Int(code)] += 1 }
      return counts
    }
    return switch self {
    case .narrow(let codes): histogram(codes)
    case .medium(let codes): histogram(codes)
    case .wide(let codes): histogram(codes)
    }
  }
}
