/// A bucket as it is stored: how much it holds, and its columns in parts.
package struct PackedBucket: Sendable {
  package var head: BucketHead
  package var columns: [(name: ColumnName, parts: [ColumnPart])] = []
  /// Events of each code.
  package var eventCounts: [Int]

  package init(_ bucket: Bucket, in schema: StoreSchema) {
    head = BucketHead(bucket)
    let events = bucket.events
    eventCounts = events.histogram(schema.events.count)
    columns = [
      (.customers, ColumnPart.packing(texts: bucket.customers)),
      (.offsets, ColumnPart.packing(offsets: bucket.offsets)),
      (.instants, ColumnPart.packing(instants: bucket.instants)), (.events, ColumnPart.packing(events)),
      (.masks, ColumnPart.packing(bucket.eventMasks)),
      (.ties, ColumnPart.packing(bucket.ties ?? Bitmap(count: bucket.eventCount))),
    ]
    if let orders = bucket.orders { columns.append((.orders, ColumnPart.packing(orders: orders))) }
    if let summary = DaySummary(bucket, codes: schema.events.count) {
      columns.append((.summary, ColumnPart.packing(summary.numbers)))
    }
    if let summary = FollowSummary(bucket, codes: schema.events.count) {
      columns.append((.follows, ColumnPart.packing(summary.numbers)))
    }
    for (index, column) in bucket.properties.enumerated() {
      columns.append((.property(index), ColumnPart.packing(column)))
    }
  }
}
