/// A column of a bucket, by what it is of.
package enum ColumnName: Hashable, Sendable {
  case customers, offsets, instants, events, orders, masks, ties, summary, follows
  case property(Int)
  /// Of format 1: which rows have a value.
  case present(Int)
  /// Of the store as a whole.
  case dictionary(Int), names
}

/// Where the packed columns of a store are. Called from several threads.
package protocol ColumnSource: Sendable {
  /// The parts of a column in order, as they were written: none where there is no such column.
  func parts(of column: ColumnName, in place: ColumnPlace) throws(ColumnFault) -> [ColumnPart]
  /// Tells whoever asks that a column cannot be read.
  func note(_ fault: ColumnFault, _ column: ColumnName, in place: ColumnPlace)
}

/// Whose columns: a bucket's, by its number, or the store's.
package enum ColumnPlace: Hashable, Sendable {
  case store
  case bucket(Int)
  /// The rows that came to a bucket later and are kept beside it.
  case later(Int)
}

/// How much a packed bucket holds, known before its columns are read.
package struct BucketHead: Sendable, Hashable {
  package var customers: Int
  package var events: Int
  package var hasOrders: Bool
  /// Holds all instants; nil where there are none.
  package var span: ClosedRange<Int64>?
  /// The first so many properties of the schema have a column; the others came later and are missing.
  package var properties: Int

  package init(customers: Int, events: Int, hasOrders: Bool, span: ClosedRange<Int64>?, properties: Int) {
    (self.customers, self.events, self.hasOrders, self.span) = (customers, events, hasOrders, span)
    self.properties = properties
  }

  package init(_ bucket: Bucket) {
    self.init(
      customers: bucket.customerCount, events: bucket.eventCount, hasOrders: bucket.hasOrders, span: bucket.span,
      properties: bucket.properties.count)
  }

  /// Whether a bucket can hold that: no run is empty.
  package var isPossible: Bool {
    (0...Int(Int32.max)).contains(events) && (0...events).contains(customers) && (customers > 0 || events == 0)
      && (span != nil || events == 0) && properties >= 0
  }
}
