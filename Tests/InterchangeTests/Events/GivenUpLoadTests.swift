import EventStore
import Foundation
import SourceText
import Testing

@testable import Interchange

/// Loads of compressed files that end before the file does, while more of it is being unpacked on another thread.
@Suite struct GivenUpLoadTests {
  private static let row = "{\"user\":\"u\",\"time\":1735689600,\"event\":\"e\"}\n"
  /// More than waits unpacked at a time.
  private static let rest = String(repeating: row, count: 200_000)

  private func packed(_ text: String, _ packing: Packing, _ body: (String) throws -> Diagnostic) throws -> Diagnostic {
    try withFile(packing.pack(Array(text.utf8)), name: "events.\(packing.rawValue)", body)
  }

  private func error(_ text: String, _ packing: Packing) throws -> Diagnostic {
    try packed(text, packing) { path in
      try #require(throws: Diagnostic.self) { try EventFile(path: path, longestRow: 2 << 20).load() }
    }
  }

  @Test(arguments: Packing.allCases) func aRowThatIsTooLong(packing: Packing) throws {
    let long = Self.row + "{\"user\":\"" + String(repeating: "x", count: 3 << 20) + "\n" + Self.rest
    #expect(
      try error(long, packing).line
        == "events.\(packing.rawValue):2: a row is longer than 2 MB; a quote may be open [load.row-too-long]")
  }

  @Test(arguments: Packing.allCases) func anOpenQuote(packing: Packing) throws {
    let open =
      "user,time,event,note\n" + String(repeating: "u,1735689600,e,n\n", count: 50_000) + "u,1735689600,e,\"n\n"
    #expect(try error(open + Self.rest.replacing("\"", with: ""), packing).code == .loadRowTooLong)
  }

  @Test(arguments: Packing.allCases) func tooManyNames(packing: Packing) throws {
    let names = (0...EventFileLimits.columns).map { "{\"user\":\"u\",\"time\":1,\"event\":\"e\",\"k\($0)\":1}\n" }
    #expect(try error(names.joined() + Self.rest, packing).code == .loadTooManyNames)
  }

  /// Wherever it is, and though nothing was reported in between.
  @Test(arguments: Packing.allCases, [0, 1, 4, 8]) func stopped(packing: Packing, asked: Int) throws {
    let code = try packed(Self.rest, packing) { path in
      let file = try EventFile(path: path)
      return try #require(throws: Diagnostic.self) { try file.load(progress: stopping(after: asked)) }
    }.code
    #expect(code == .loadCancelled)
  }
}
