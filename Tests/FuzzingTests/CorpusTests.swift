import Foundation
import Fuzzing
import TestSupport
import Testing

/// What fuzzing found, and what it began with, is read as it was then.
@Suite struct CorpusTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
    "Corpus")

  @Test(arguments: FuzzTarget.all.map(\.name)) func everyInputIsReadOrRefused(name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let folder = Self.folder.appendingPathComponent(name)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(!files.isEmpty)
    for file in files {
      let bytes = try [UInt8](Data(contentsOf: folder.appendingPathComponent(file)))
      #expect(throws: Never.self, "\(name)/\(file)") { try target.read(bytes) }
    }
  }

  @Test(arguments: FuzzTarget.all.map(\.name)) func inputsByChanceAreReadOrRefused(name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    var random = SeededRandom(seed: 1)
    for _ in 0..<6 {
      let example = target.example(&random)
      #expect(throws: Never.self, "\(String(decoding: example, as: UTF8.self))") { try target.read(example) }
      let changed = target.changed(example, &random)
      #expect(throws: Never.self, "\(String(decoding: changed, as: UTF8.self))") { try target.read(changed) }
    }
  }
}
