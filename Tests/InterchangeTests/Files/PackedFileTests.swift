import SourceText
import Testing

@testable import Interchange

@Suite struct PackedFileTests {
  private static let table = "user,ts,event\nu1,2024-01-01,a\nu2,2024-01-02,b\nu1,2024-01-03,c\n"
  private static let lines = [
    "u1 2024-01-01T00:00:00Z a", "u1 2024-01-03T00:00:00Z c", "u2 2024-01-02T00:00:00Z b",
  ]

  /// Pieces as tools that append or compress in parallel write them, an empty one among them.
  private static func packed(_ packing: Packing, _ text: String = table) throws -> [UInt8] {
    let bytes = Array(text.utf8)
    return try packing.pack(Array(bytes[..<40])) + packing.pack([]) + packing.pack(Array(bytes[40...]))
  }

  @Test(arguments: Packing.allCases) func severalPieces(packing: Packing) throws {
    let result = try withFile(Self.packed(packing), name: "renamed.csv") { try EventFile(path: $0).load() }
    #expect(result.store.lines == Self.lines)
    #expect(result.summary.isCompressed)
  }

  @Test func skippableFrames() throws {
    let skipped: [UInt8] = [0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
    let bytes = try skipped + Self.packed(.zstd) + skipped
    let result = try withFile(bytes) { try EventFile(path: $0).load() }
    #expect(result.store.lines == Self.lines)
  }

  private static func code(_ packing: Packing, cut: Bool) -> DiagnosticCode {
    switch packing {
    case .gzip: cut ? .loadGzCut : .loadGzDamaged
    case .zstd: cut ? .loadZstCut : .loadZstDamaged
    }
  }

  /// A file cut anywhere is refused: only between two pieces is nothing missing that could be known of.
  @Test(arguments: Packing.allCases) func cutAnywhere(packing: Packing) throws {
    let whole = try Self.packed(packing)
    let code = Self.code(packing, cut: true)
    let seams = try Set([
      packing.pack(Array(Self.table.utf8)[..<40].map { $0 }).count,
      packing.pack(Array(Self.table.utf8)[..<40].map { $0 }).count + packing.pack([]).count,
    ])
    for length in 5..<whole.count where !seams.contains(length) {
      #expect(try failure(Array(whole[..<length])).code == code, "\(length) of \(whole.count)")
    }
    let cut = try failure(Array(whole.dropLast(3)))
    #expect(cut.line == "events.csv: the \(packing.rawValue) file ends early [\(code)]")
  }

  @Test(arguments: Packing.allCases) func damaged(packing: Packing) throws {
    var bytes = try packing.pack(Array(String(repeating: Self.table, count: 200).utf8))
    for index in 30..<50 { bytes[index] ^= 0xFF }
    #expect(try failure(bytes).code == Self.code(packing, cut: false))
  }

  /// Large enough for several refills of every buffer on the way.
  @Test(arguments: Packing.allCases) func large(packing: Packing) throws {
    var text = "user,ts,event,note\n"
    for row in 0..<30_000 { text += "u\(row % 700),\(1_704_363_630 + row),e\(row % 7),\(row &* 2_654_435_761)\n" }
    let plain = try loaded(text)
    let result = try withFile(Self.packed(packing, text)) { try EventFile(path: $0).load() }
    #expect(result.store.lines == plain.store.lines)
    #expect(result.summary.rows == 30_000)
  }
}
