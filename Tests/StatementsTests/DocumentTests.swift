import Foundation
import JourneyTime
import Statements
import Testing
import Workspace

/// What the documents show beside transcripts.
@Suite struct DocumentTests {
  /// docs/shop.svg is what `export map` draws of the sample; `scripts/record` draws it anew.
  @Test func pictureOfTheSampleIsCurrent() throws {
    let file = TranscriptRunner.root.appendingPathComponent("docs/shop.svg")
    let drawn = FileManager.default.temporaryDirectory.appendingPathComponent("waymark-\(UUID().uuidString).svg")
    defer { try? FileManager.default.removeItem(at: drawn) }
    let session = Session(workspace: try Workspace.inMemory(), directory: "/") { Instant(microseconds: 0) }
    _ = try session.execute("load sample shop")
    _ = try session.execute("export map to \"\(drawn.path)\"")
    let picture = try Data(contentsOf: drawn)
    if ProcessInfo.processInfo.environment["WAYMARK_RECORD"] == "1" { try picture.write(to: file) }
    #expect(try Data(contentsOf: file) == picture)
  }

  /// Links of documents lead to files that are there.
  @Test func linksLeadSomewhere() throws {
    let documents =
      ["README.md"]
      + (try FileManager.default.contentsOfDirectory(atPath: TranscriptRunner.root.path + "/docs"))
      .filter { $0.hasSuffix(".md") }.map { "docs/" + $0 }
    for document in documents {
      let file = TranscriptRunner.root.appendingPathComponent(document)
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /\]\(([^)#:]+)\)/) {
        let target = file.deletingLastPathComponent().appendingPathComponent(String(match.1))
        #expect(FileManager.default.fileExists(atPath: target.path), "\(document): \(match.1)")
      }
    }
  }
}
