import EventStore
import SourceText

/// Writes all events of a store, bucket by bucket: memory holds a few blocks of text, whatever the store's size.
package struct EventExport: Sendable {
  private let store: EventStore
  private let writer: EventTextWriter
  private let packing: Packing?
  package let columns: ExportColumns
  /// Events that are rendered at once by one thread, about.
  var rowsPerBlock = 50_000

  /// - Parameter formulas: in CSV and TSV.
  package init(
    _ store: EventStore, as format: EventTextFormat, packing: Packing? = nil, formulas: Formulas = .plain
  ) {
    self.store = store
    self.packing = packing
    columns = ExportColumns(store.schema, hasOrders: store.buckets.contains(where: \.hasOrders))
    writer = EventTextWriter(store.schema, columns, as: format, formulas)
  }

  /// Some customers of one bucket.
  private struct Block {
    var bucket: Int
    var customers: Range<Int>
    var rows: Int
  }

  /// Hands the file's bytes on, piece by piece in order. `advance` is told how many events of all are written and may
  /// throw to stop.
  ///
  /// - Returns: how many cells a spreadsheet would take for formulas, or would without what was done about them.
  @discardableResult package func write(
    to sink: (_ piece: [UInt8]) throws(Diagnostic) -> Void,
    advance: (_ done: Int, _ whole: Int) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> Int {
    var formulaCount = writer.headerFormulas
    let header = writer.header
    if !header.isEmpty { try sink(packing?.pack(header) ?? header) }
    let (blocks, whole) = (blocks(), store.eventCount)
    var (done, next) = (0, 0)
    while next < blocks.count {
      try advance(done, whole)
      let wave = Array(blocks[next..<min(next + FileCuts.coreCount, blocks.count)])
      let isFirst = next == 0
      let pieces = concurrentMap(count: wave.count) { index -> (Result<[UInt8], Diagnostic>, formulas: Int) in
        let block = wave[index]
        let lines = writer.lines(
          of: block.customers, in: store.buckets[block.bucket], isFirst: isFirst && index == 0)
        let formulas = writer.formulaCount(of: block.customers, in: store.buckets[block.bucket])
        return (Result { () throws(Diagnostic) in try packing?.pack(lines) ?? lines }, formulas)
      }
      for (block, (piece, formulas)) in zip(wave, pieces) {
        try sink(piece.get())
        formulaCount += formulas
        done += block.rows
      }
      next += wave.count
    }
    try advance(whole, whole)
    return formulaCount
  }

  /// All customers in the store's order, in blocks of whole journeys.
  private func blocks() -> [Block] {
    store.buckets.indices.flatMap { index in
      let (offsets, count) = (store.buckets[index].offsets, store.buckets[index].customerCount)
      var (blocks, start): ([Block], Int) = ([], 0)
      for customer in 0..<count {
        let rows = Int(offsets[customer + 1] - offsets[start])
        guard rows >= rowsPerBlock || customer + 1 == count else { continue }
        blocks.append(Block(bucket: index, customers: start..<customer + 1, rows: rows))
        start = customer + 1
      }
      return blocks
    }
  }
}
