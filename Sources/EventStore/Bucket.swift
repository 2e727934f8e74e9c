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
  /// `order` values, where the source has them; nan is missing and sorts last. Two rows of one customer share a moment when
  /// instant and order agree.
  public let orders: [Double]?
  /// Parallel to `StoreSchema.properties`.
  public let properties: [PropertyColumn]
  /// Per customer: bit `code % 64` is set for every event code that occurs.
  public let eventMasks: [UInt64]

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
    var masks = [UInt64](repeating: 0, count: customers.count)
    for customer in customers.indices {
      for row in Int(offsets[customer])..<Int(offsets[customer + 1]) {
        masks[customer] |= 1 << UInt64(events[row] % 64)
      }
    }
    eventMasks = masks
  }

  public var eventCount: Int { instants.count }
  public var customerCount: Int { customers.count }
  public var span: ClosedRange<Int64>? {
    guard let first = instants.min(), let last = instants.max() else { return nil }
    return first...last
  }
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

  public subscript(index: Int) -> Bool {
    get { words[index >> 6] >> UInt64(index & 63) & 1 == 1 }
    set {
      let bit: UInt64 = 1 << UInt64(index & 63)
      if newValue { words[index >> 6] |= bit } else { words[index >> 6] &= ~bit }
    }
  }
}
