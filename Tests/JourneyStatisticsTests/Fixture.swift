import Foundation

/// The rows of a table of `Fixtures`, which its `make.py` wrote, without the line of names.
enum Fixture {
  static func rows(_ name: String) throws -> [[String]] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name).tsv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
    return lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
  }

  /// The numbers of a cell.
  static func numbers(_ cell: String) -> [Double] { cell.split(separator: " ").compactMap { Double($0) } }
}
