import Foundation
import SourceText

/// Finds places at which a file can be cut into parts that are parsed at once.
///
/// Whether a line break is the end of a row or lies in quotes cannot be known without reading everything before it, so
/// a cut is a guess: a line break behind which the next rows have as many cells as they should. Whoever joins the parts
/// checks that they meet.
struct FileCuts {
  let file: OpenFile
  /// Where the text begins.
  let start: Int
  /// How rows are cut, and how many cells each should have; nil where every line is one.
  var rows: (scanner: DelimitedScanner, columns: Int)?

  static var coreCount: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// More than one, so that no thread waits long for another at the end.
  private static let partsPerThread = 8

  /// Where the parts begin, ascending, some for each thread, the first at the start of the text.
  func starts(_ options: LoadOptions) -> [Int] {
    let threads = options.threads ?? Self.coreCount
    let most = (file.size - start) / max(1, options.leastSegment)
    let parts = max(1, min(threads > 1 ? threads * Self.partsPerThread : 1, most))
    let length = (file.size - start) / parts
    var starts = [start]
    for part in 1..<max(1, parts) {
      if let cut = cut(near: start + part * length), cut > starts[starts.count - 1], cut < file.size {
        starts.append(cut)
      }
    }
    return starts
  }

  /// A probable row start at or behind `position`; nil if there is none near.
  private func cut(near position: Int) -> Int? {
    var bytes = [UInt8](repeating: 0, count: 256 << 10)
    guard let count = try? file.read(into: &bytes, at: 0, room: bytes.count, position: position) else { return nil }
    var candidate = 0
    while let lineBreak = bytes[candidate..<count].firstIndex(of: UInt8(ascii: "\n")) {
      candidate = lineBreak + 1
      if isProbableStart(candidate, bytes.span.extracting(first: count)) { return position + candidate }
    }
    return nil
  }

  /// Whether the next three rows are as wide as all should be.
  private func isProbableStart(_ start: Int, _ bytes: Span<UInt8>) -> Bool {
    guard let rows else { return true }
    var (row, offset) = (DelimitedRow(), start)
    for _ in 0..<3 {
      guard let next = rows.scanner.scan(bytes, from: offset, isLast: false, into: &row) else { return false }
      guard row.cellCount == rows.columns, !row.isMalformed else { return false }
      offset = next
    }
    return true
  }
}
