/// Properties of a store as text: what each bucket's values are among all values, which is known once all buckets were seen.
struct TextedProperties: Sendable {
  /// With these properties as text, their values in the order of the store's rows.
  let schema: StoreSchema
  /// What they were.
  private let properties: [Property]
  private let indices: [Int]
  private let values: [ByteDictionary]

  /// Makes every bucket of the draft, one after another, if there are any such properties.
  init<Draft: EventStoreDraft>(_ indices: [Int], of draft: Draft) throws(Draft.Failure) {
    var schema = draft.schema
    let properties = indices.map { schema.properties[$0] }
    var values = indices.map { _ in ByteDictionary() }
    if !indices.isEmpty {
      for number in 0..<draft.bucketCount {
        let bucket = try draft.bucket(number)
        for (place, index) in indices.enumerated() {
          _ = bucket.properties[index].texted(properties[place], rows: bucket.eventCount, entering: &values[place])
        }
      }
    }
    for (index, values) in zip(indices, values) {
      schema.properties[index].kind = .text
      schema.properties[index].dictionary = values.texts
    }
    (self.schema, self.properties, self.indices, self.values) = (schema, properties, indices, values)
  }

  var isEmpty: Bool { indices.isEmpty }

  /// The same bucket, or a part of it, with them as text.
  func texted(_ bucket: Bucket) -> Bucket {
    if isEmpty { return bucket }
    var columns = Array(bucket.properties)
    for (place, index) in indices.enumerated() {
      // All of its values are entered, so this copies nothing.
      var values = values[place]
      columns[index] = columns[index].texted(properties[place], rows: bucket.eventCount, entering: &values)
    }
    return Bucket(
      customers: bucket.customers, offsets: bucket.offsets, instants: bucket.instants, events: bucket.events,
      orders: bucket.orders, properties: columns)
  }
}

extension PropertyColumn {
  fileprivate func texted(
    _ property: Property, rows: Int, entering values: inout ByteDictionary
  ) -> PropertyColumn {
    let codes = (0..<rows).map { row in
      value(at: row, of: property).map { UInt32(values.code(of: $0.text) + 1) } ?? 0
    }
    return .text(CodeColumn(codes))
  }
}
