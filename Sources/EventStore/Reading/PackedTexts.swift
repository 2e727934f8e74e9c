/// The dictionary of a text property, read when it is first asked for and kept while there is room.
package final class PackedTexts: StoredTexts {
  package let count: Int
  private let property: Int
  private let source: any ColumnSource
  private let cache: ColumnCache
  private let slot = ColumnSlot<[String]>()

  package init(count: Int, of property: Int, from source: any ColumnSource, cache: ColumnCache) {
    (self.count, self.property, self.source, self.cache) = (count, property, source, cache)
  }

  deinit { cache.forget([slot]) }

  package var memory: Int { cache.bytes(of: slot) }

  package var texts: [String] {
    do {
      return try slot.value(cache, bytes: \.bytes) {
        () throws(ColumnFault) in
        let parts = try source.parts(of: .dictionary(property), in: .store)
        if parts.isEmpty { throw ColumnFault("it is missing") }
        return try parts.texts(count: count)
      }
    } catch {
      source.note(error, .dictionary(property), in: .store)
      return Array(repeating: "", count: count)
    }
  }
}
