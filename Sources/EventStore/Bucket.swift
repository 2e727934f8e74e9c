/// The events of some customers as columns. Rows are sorted by (customer, instant, order, load order).
///
/// A bucket is a handle: how much it holds is known at once, a column may be read and decoded when it is first touched,
/// and again when it was dropped to make room. So take a column once per block of customers, never per row. A column that
/// cannot be read reads as missing values of the right number, and the store's `Damage` tells of it.
public final class Bucket: Sendable {
  public let customerCount: Int
  public let eventCount: Int
  /// First and last instant, microseconds since 1970 UTC; nil for an empty bucket.
  public let span: ClosedRange<Int64>?
  /// Whether `orders` is there.
  public var hasOrders: Bool { columns.hasOrders }
  package let columns: any BucketColumns

  /// A bucket whose columns come from elsewhere; they must be as many and as long as said here.
  package init(customers: Int, events: Int, span: ClosedRange<Int64>?, columns: any BucketColumns) {
    customerCount = customers
    eventCount = events
    self.span = span
    self.columns = columns
  }

  /// A bucket in memory.
  public convenience init(
    customers: [String], offsets: [UInt32], instants: [Int64], events: CodeColumn, orders: [Double]?,
    properties: [PropertyColumn]
  ) {
    // Instants do not decrease within a customer, so the ends of each journey are enough.
    var span: ClosedRange<Int64>?
    for customer in customers.indices where offsets[customer] < offsets[customer + 1] {
      let (first, last) = (instants[Int(offsets[customer])], instants[Int(offsets[customer + 1]) - 1])
      span = min(span?.lowerBound ?? first, first)...max(span?.upperBound ?? last, last)
    }
    self.init(
      customers: customers.count, events: instants.count, span: span,
      columns: HeldColumns(
        customers: customers, offsets: offsets, instants: instants, events: events, orders: orders,
        eventMasks: events.masks(of: offsets), ties: Bitmap(tiesOf: instants, runs: offsets), properties: properties))
  }

  /// Customer ids, increasing by bytes; run i of the rows belongs to `customers[i]`.
  public var customers: [String] { columns.customers }
  /// customers + 1 row offsets: customer i has the rows `offsets[i] ..< offsets[i + 1]`, at least one.
  public var offsets: [UInt32] { columns.offsets }
  /// The rows of a customer's events.
  package func rows(of customer: Int) -> Range<Int> { Int(offsets[customer])..<Int(offsets[customer + 1]) }
  /// Microseconds since 1970 UTC, non-decreasing within a customer.
  public var instants: [Int64] { columns.instants }
  /// Codes into `StoreSchema.events`.
  public var events: CodeColumn { columns.events }
  /// `order` values, where the source has them; nan is missing and sorts last. Two rows of one customer share a moment
  /// when instant and order agree.
  public var orders: [Double]? { columns.orders }
  /// Per customer: bit `code % 64` is set for every event code that occurs.
  public var eventMasks: [UInt64] { columns.eventMasks }
  /// The rows that have the instant of the row before them, which is of the same customer; nil where no row has.
  public var ties: Bitmap? { columns.ties }
  /// Counts by day, where they were made when the bucket was saved.
  public var daySummary: DaySummary? { columns.daySummary }
  /// Which events follow each other, where it was counted when the bucket was saved.
  public var followSummary: FollowSummary? { columns.followSummary }
  /// Parallel to `StoreSchema.properties`.
  public var properties: PropertyColumns { PropertyColumns(columns: columns) }
}

/// The property columns of a bucket; each is read when its index is asked for.
public struct PropertyColumns: RandomAccessCollection, Sendable {
  let columns: any BucketColumns
  public var startIndex: Int { 0 }
  public var endIndex: Int { columns.propertyCount }
  public subscript(index: Int) -> PropertyColumn { columns.property(index) }
}

/// Where the columns of a bucket come from. Called from several threads.
package protocol BucketColumns: Sendable {
  var customers: [String] { get }
  var offsets: [UInt32] { get }
  var instants: [Int64] { get }
  var events: CodeColumn { get }
  var hasOrders: Bool { get }
  var orders: [Double]? { get }
  var eventMasks: [UInt64] { get }
  var ties: Bitmap? { get }
  var daySummary: DaySummary? { get }
  var followSummary: FollowSummary? { get }
  var propertyCount: Int { get }
  func property(_ index: Int) -> PropertyColumn
  /// Bytes of the columns that are in memory at this moment; entries may be 0.
  var memory: [ColumnName: Int] { get }
}

/// Columns in memory.
struct HeldColumns: BucketColumns {
  let customers: [String]
  let offsets: [UInt32]
  let instants: [Int64]
  let events: CodeColumn
  let orders: [Double]?
  let eventMasks: [UInt64]
  let ties: Bitmap?
  let properties: [PropertyColumn]

  var hasOrders: Bool { orders != nil }
  var daySummary: DaySummary? { nil }
  var followSummary: FollowSummary? { nil }
  var propertyCount: Int { properties.count }
  func property(_ index: Int) -> PropertyColumn { properties[index] }
}
