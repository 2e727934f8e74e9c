import Foundation
import Testing

/// Compares a text with `Golden/<name>.txt`; with `WAYMARK_RECORD` set, writes that file instead.
func expectGolden(_ text: String, _ name: String, at location: SourceLocation = #_sourceLocation) throws {
  let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name).txt")
  if ProcessInfo.processInfo.environment["WAYMARK_RECORD"] != nil {
    try Data(text.utf8).write(to: url)
    return
  }
  let golden = try String(contentsOf: url, encoding: .utf8)
  #expect(text == golden, "differs from Golden/\(name).txt", sourceLocation: location)
}
