/// The events of some customers as columns. Rows are sorted by (customer, instant, order, load order).
public final class Bucket: Sendable {
  /// Customer ids; run i of the rows belongs to `customers[i]`.
  public let customers: [String]
  /// customers + 1 row offsets: customer i has the rows `offsets[i] ..< offsets[i + 1]`, at least one.
  public let offsets: [UInt32]
  /// Microseconds since 1970 UTC, non-decreasing within a customer.
  public let instants: [Int64]
  /// Codes into `StoreSchema.events`.
  public let events: CodeColumn
  /// `order` values, where the source has them; nan is missing and sorts last. Two rows of one customer share a moment
  /// when instant and order agree.
  public let orders: [Double]?
  /// Parallel to `StoreSchema.properties`.
  public let properties: [PropertyColumn]
  /// Per customer: bit `code % 64` is set for every event code that occurs.
  public let eventMasks: [UInt64]
  /// First and last instant; nil for an empty bucket.
  public let span: ClosedRange<Int64>?

  public init(
    customers: [String], offsets: [UInt32], instants: [Int64], events: CodeColumn, orders: [Double]?,
    properties: [PropertyColumn]
  ) {
    self.customers = customers
    self.offsets = offsets
    self.instants = instants
    self.events = events
    self.orders = orders
    self.properties = properties
    eventMasks =
      switch events {
      case .narrow(let codes): Self.masks(of: codes, offsets)
      case .medium(let codes): Self.masks(of: codes, offsets)
      case .wide(let codes): Self.masks(of: codes, offsets)
      }
    // Instants do not decrease within a customer, so the ends of each journey are enough.
    var span: ClosedRange<Int64>?
    for customer in customers.indices where offsets[customer] < offsets[customer + 1] {
      let (first, last) = (instants[Int(offsets[customer])], instants[Int(offsets[customer + 1]) - 1])
      span = min(span?.lowerBound ?? first, first)...max(span?.upperBound ?? last, last)
    }
    self.span = span
  }

  private static func masks(of codes: [some FixedWidthInteger & UnsignedInteger], _ offsets: [UInt32]) -> [UInt64] {
    zip(offsets, offsets.dropFirst()).map { start, end in
      codes[Int(start)..<Int(end)].reduce(UInt64(0)) { $0 | 1 << UInt64(truncatingIfNeeded: $1 % 64) }
    }
  }

  public var eventCount: Int { instants.count }
  public var customerCount: Int { customers.count }
}

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
    switch self {
    case .narrow(let codes): Int(codes[row])
    case .medium(let codes): Int(codes[row])
    case .wide(let codes): Int(codes[row])
    }
  }
}

/// One property of every event of a bucket.
public enum PropertyColumn: Sendable, Hashable {
  /// Codes into the property's dictionary plus one; 0 is missing.
  case text(CodeColumn)
  case number([Double], present: Bitmap)
  case truth(Bitmap, present: Bitmap)
  /// Microseconds since 1970 UTC.
  case time([Int64], present: Bitmap)
}

/// A fixed number of bits.
public struct Bitmap: Sendable, Hashable {
  public private(set) var words: [UInt64]
  public let count: Int

  public init(repeating bit: Bool = false, count: Int) {
    self.count = count
    words = Array(repeating: bit ? .max : 0, count: (count + 63) / 64)
  }

  /// 64 bits to a word, the first in its lowest; nil unless `words` are as many as `count` bits need.
  public init?(words: [UInt64], count: Int) {
    guard count >= 0, words.count == (count + 63) / 64 else { return nil }
    self.words = words
    self.count = count
  }

  public subscript(index: Int) -> Bool {
    get { words[index >> 6] >> UInt64(index & 63) & 1 == 1 }
    set {
      let bit: UInt64 = 1 << UInt64(index & 63)
      if newValue { words[index >> 6] |= bit } else { words[index >> 6] &= ~bit }
    }
  }
}
