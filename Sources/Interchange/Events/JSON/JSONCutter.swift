import CSimdJSON
import EventStore

/// Cuts plain JSON objects into a table of cells, which a `JSONReader` would take value by value. Owned by one
/// thread.
@safe final class JSONCutter {
  /// What the values of a column may be, together.
  struct Kinds: OptionSet, Sendable {
    let rawValue: UInt32
    static let text = Kinds(rawValue: UInt32(json_may_text))
    /// Whole numbers that are written one way only.
    static let whole = Kinds(rawValue: UInt32(json_may_whole))
    static let fraction = Kinds(rawValue: UInt32(json_may_fraction))
    static let truth = Kinds(rawValue: UInt32(json_may_truth))
    /// Lists of such values, written without blanks.
    static let list = Kinds(rawValue: UInt32(json_may_list))
    static let anything: Kinds = [.text, .whole, .fraction, .truth, .list]
  }

  struct Run {
    /// Behind the last object that was taken.
    var next: Int
    /// Line breaks in front of that.
    var lines: Int
    /// There are bytes from 0x80 on among the texts.
    var hasHighBytes: Bool
  }

  private let cutter: OpaquePointer
  private let columnCount: Int

  /// Nil if memory does not suffice.
  ///
  /// - Parameters:
  ///   - columns: the names that lead to each, with dots between them, and what its values may be. Objects with other
  ///     names, or other values, are not plain.
  ///   - spare: how many columns there are behind these, which get no values.
  init?(_ columns: [(path: String, kinds: Kinds)], spare: Int) {
    columnCount = columns.count + spare
    guard let cutter = unsafe json_cutter_create(columnCount) else { return nil }
    unsafe self.cutter = cutter
    for (index, column) in columns.enumerated() {
      let path = Array(column.path.utf8)
      unsafe path.withUnsafeBytes { bytes in
        // SAFETY: the cutter reads as many bytes as there are, and copies them. Names of no bytes are not plain.
        guard let start = bytes.baseAddress, bytes.count > 0 else { return }
        unsafe json_cutter_add(
          cutter, start.assumingMemoryBound(to: CChar.self), bytes.count, UInt32(index), column.kinds.rawValue)
      }
    }
  }

  deinit { unsafe json_cutter_free(cutter) }

  /// Cuts the objects in `range` into the table, which must have a column for each of ours, at most `capacity` of them, up to
  /// the first that is not plain. `bytes` ends in `CellTable.slack` zeros, which lie behind the range.
  ///
  /// - Parameter areLines: each object has a line of its own.
  func cut(
    _ bytes: Span<UInt8>, _ range: Range<Int>, areLines: Bool, capacity: Int, into table: inout CellTable
  ) -> Run {
    table.rowCount = 0
    guard range.upperBound <= bytes.count - CellTable.slack, table.columnCount == columnCount,
      bytes.count <= Int(UInt32.max)
    else { return Run(next: range.lowerBound, lines: 0, hasHighBytes: false) }
    let room = min(capacity, table.capacity)
    let cut = unsafe bytes.withUnsafeBytes { source in
      unsafe table.cells.withUnsafeMutableBytes { cells in
        unsafe table.rows.withUnsafeMutableBytes { rows in
          // SAFETY: there are 64 zeros behind the range; there are columnCount cells for each of `room` rows, and
          // cells and rows are pairs of UInt32 like the cutter's.
          guard let source = source.baseAddress, let cells = cells.baseAddress, let rows = rows.baseAddress else {
            return json_cut(rows: 0, next: range.lowerBound, lines: 0, has_high_bytes: false)
          }
          return unsafe json_cutter_cut(
            cutter, source.assumingMemoryBound(to: CChar.self), range.lowerBound, range.upperBound, areLines,
            cells.assumingMemoryBound(to: json_span.self), rows.assumingMemoryBound(to: json_span.self), room)
        }
      }
    }
    table.rowCount = cut.rows
    return Run(next: cut.next, lines: cut.lines, hasHighBytes: cut.has_high_bytes)
  }
}
