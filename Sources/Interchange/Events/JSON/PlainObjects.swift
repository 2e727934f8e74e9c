import EventStore
import SourceText

/// Takes runs of plain JSON objects into a parser, as columns. Objects that it leaves alone, for whatever reason, go through
/// the reader: the events are the same, only slower. Owned by one thread.
final class PlainObjects {
  private let cutter: JSONCutter
  private var table: CellTable
  private let areLines: Bool
  /// Objects to try at once: fewer behind one that could not be taken, so that none is cut again and again.
  private var capacity = PlainObjects.most
  /// Objects to leave to the reader before the next try.
  private var pause = 0
  /// Tries in a row that took nothing.
  private var failures = 0

  private static let most = 2_048

  /// Nil if memory does not suffice.
  ///
  /// - Parameters:
  ///   - columns: the names and kinds of all columns that are of use.
  ///   - spare: how many columns there are behind them, for roles with several names.
  ///   - areLines: each object has a line of its own.
  init?(_ columns: [(path: String, kinds: JSONCutter.Kinds)], spare: Int, areLines: Bool) {
    guard let cutter = JSONCutter(columns, spare: spare) else { return nil }
    (self.cutter, self.areLines) = (cutter, areLines)
    table = CellTable(columns: columns.count + spare, capacity: Self.most)
  }

  /// Takes whole objects from the start of `range` on; the table of the first of them goes to `take`, which says how many
  /// rows in front are events. Where the text goes on behind those that were taken, and how many line breaks they had.
  func run(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ take: (inout CellTable, Span<UInt8>) -> Int
  ) -> (next: Int, lines: Int) {
    if pause > 0 {
      pause -= 1
      return (range.lowerBound, 0)
    }
    let cut = cutter.cut(bytes, range, areLines: areLines, capacity: capacity, into: &table)
    var taken = 0
    if table.rowCount > 0, !cut.hasHighBytes || isText(bytes.extracting(range.lowerBound..<cut.next)) {
      taken = take(&table, bytes)
    }
    if taken == table.rowCount, taken > 0 {
      (failures, capacity) = (0, min(Self.most, capacity * 2))
      return (cut.next, cut.lines)
    }
    if taken == 0 {
      failures += 1
      if failures >= 4 { pause = min(256, 1 << min(failures, 8)) }
    }
    capacity = max(1, min(capacity, table.rowCount) / 8)
    return taken == 0 ? (range.lowerBound, 0) : (Int(table.rows[taken].start), Int(table.rows[taken].line))
  }

  private func isText(_ bytes: Span<UInt8>) -> Bool { (try? UTF8Span(validating: bytes)) != nil }
}
