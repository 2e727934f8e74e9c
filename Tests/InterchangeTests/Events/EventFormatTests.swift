import Testing

@testable import Interchange

@Suite struct EventFormatTests {
  @Test func namesAndEndings() {
    #expect(Set(EventFormat.all.map(\.name)).count == EventFormat.all.count)
    #expect(EventFormat.all.last?.name == EventFormat.delimited.name)
    #expect(EventFormat.all.flatMap(\.endings).allSatisfy { !$0.isEmpty && $0 == $0.lowercased() && $0.first != "." })
    for ending in ["csv", "tsv.gz", "jsonl.zst", "xes", "db", "parquet", "log.gz"] {
      #expect(EventFile.endings.contains(ending))
    }
    #expect(!EventFile.endings.contains("parquet.gz"))
  }

  /// What a file is, its first bytes say; a byte order mark, blanks and compression are of no matter.
  @Test(arguments: [
    ("user,time\n", "delimited"), ("\u{FEFF} {\"a\":1}", "json"), ("\n[{}]", "json"), ("\u{FEFF}\n<log>", "xes"),
    ("SQLite format 3\0", "sqlite"), ("PAR1", "parquet"), ("12345678DUCK", "duckDB"), ("Obj\u{1}", "avro"),
    ("", "delimited"),
  ])
  func told(text: String, format: String) throws {
    let formats: [String: EventFormat] = [
      "delimited": .delimited, "json": .json, "xes": .xes, "sqlite": .sqlite, "parquet": .parquet, "duckDB": .duckDB,
      "avro": .avro,
    ]
    func found(_ bytes: [UInt8]) throws -> String {
      try withFile(bytes) { path in
        let source = try ByteSource(OpenFile(path: path))
        let input = try EventInput(
          source: source, head: FileHead(of: source), path: path, part: nil, duckDB: nil, progress: LoadProgress(),
          longestRow: EventFileLimits.row)
        return EventFormat.of(input).name
      }
    }
    let expected = try #require(formats[format])
    #expect(try found(Array(text.utf8)) == expected.name)
    let packed = try found(Packing.gzip.pack(Array(text.utf8)))
    #expect(packed == (expected.isText ? expected.name : EventFormat.delimited.name))
  }
}
