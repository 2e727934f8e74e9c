import Foundation
import Interchange
import JourneyTime
import Statements
import Workspace

/// Plays a transcript in a session and a folder of its own, and gives it back with the replies that came.
enum TranscriptRunner {
  static func replay(_ transcript: Transcript) throws -> Transcript {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("waymark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var clock = Int64(1_751_328_000_000_000)  // 2025-07-01T00:00:00Z, a minute later at each look
    let session = Session(workspace: try Workspace.inMemory(), directory: folder.path) {
      clock += 60_000_000
      return Instant(microseconds: clock)
    }
    var reply = ""
    let shell = Shell(session: session, screenWidth: { 100 }) { reply += $0 }
    var replayed = transcript
    for (index, part) in transcript.parts.enumerated() {
      switch part {
      case .text: continue
      case .file(let name, let lines):
        let text = lines.joined(separator: "\n") + "\n"
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
      case .exchange(let statement, _):
        reply = ""
        let text = statement.joined(separator: "\n")
        do {
          try shell.run(.typed(text))
        } catch {
          reply += shell.text(of: error, in: text)
        }
        var lines = reply.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        while lines.last == "" { lines.removeLast() }
        replayed.parts[index] = .exchange(statement: statement, reply: lines)
      }
    }
    return replayed
  }

  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every transcript of Tests/Transcripts and every document with transcripts in it, as paths from the top.
  static let files: [String] = {
    let transcripts = FileManager.default.enumerator(atPath: root.appendingPathComponent("Tests/Transcripts").path)
    let texts = (transcripts?.allObjects as? [String] ?? []).filter { $0.hasSuffix(".txt") }
    let documents = ["README.md", "docs/COOKBOOK.md", "docs/LANGUAGE.md", "docs/MAPS.md"].filter {
      FileManager.default.fileExists(atPath: root.appendingPathComponent($0).path)
    }
    return texts.map { "Tests/Transcripts/" + $0 }.sorted() + documents
  }()

  /// What a file may need that is not there everywhere; its first line says so: `# needs duckdb`.
  enum Program: String, CaseIterable {
    case duckdb
    case rsvg = "rsvg-convert"

    var isInstalled: Bool {
      let environment = ProcessInfo.processInfo.environment
      return switch self {
      case .duckdb: (try? DuckDB(.open, environment)) != nil
      case .rsvg: (try? PictureConverter(.open, environment)) != nil
      }
    }
  }

  static func needed(by path: String) -> Program? {
    let text = try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    return Program.allCases.first { text?.hasPrefix("# needs \($0.rawValue)\n") ?? false }
  }
}
