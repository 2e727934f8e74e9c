import Foundation
import Testing

/// A prompt that is ended from outside: what was done and what was typed is kept.
@Suite struct EndingTests {
  private func withPrompt(
    _ body: (_ terminal: PseudoTerminal, _ workspace: String, _ history: String) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/waymark-ending-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let workspace = folder + "/shop.waymark"
    let terminal = try PseudoTerminal(
      "waymark", arguments: [workspace, "-q", "--no-init"], environment: ["XDG_STATE_HOME": folder, "NO_COLOR": "1"])
    terminal.expect(rows: "way>")
    terminal.type("new map m\radd stage One\r")
    terminal.expect(rows: "added stage 'One'", "way>")
    terminal.type("add stage Tw")
    terminal.expect("the line begun") { $0.line.hasPrefix("way> add stage Tw") }
    try body(terminal, workspace, folder + "/waymark/history")
  }

  private func stages(of workspace: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: PseudoTerminal.folder + "/waymark")
    process.arguments = [workspace, "-c", "show stages", "--mode", "csv"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: text, as: UTF8.self)
  }

  private func expectKept(_ workspace: String, _ history: String) throws {
    #expect(try stages(of: workspace).contains("One"))
    #expect(try String(contentsOfFile: history, encoding: .utf8) == "new map m\nadd stage One\n")
  }

  @Test(arguments: [SIGTERM, SIGHUP]) func byASignal(signal: Int32) throws {
    try withPrompt { terminal, workspace, history in
      terminal.signal(signal)
      #expect(terminal.exitStatus() == 128 + signal)
      try expectKept(workspace, history)
    }
  }

  /// ^\ quits other programs: hit while a statement runs, the terminal makes this signal of it.
  @Test func notByAKeyHitTooEarly() throws {
    try withPrompt { terminal, _, _ in
      for _ in 0..<3 { terminal.signal(SIGQUIT) }
      terminal.type("\u{3}.zone\r")
      terminal.expect(rows: "UTC", "way>")
    }
  }

  @Test func byAClosedTerminal() throws {
    try withPrompt { terminal, workspace, history in
      terminal.hangUp()
      #expect(terminal.exitStatus() == 128 + SIGHUP)
      try expectKept(workspace, history)
    }
  }

  /// Nothing is asked of somebody who is not there.
  @Test func byAClosedTerminalWithEditsInMemory() throws {
    let terminal = try PseudoTerminal("waymark", arguments: ["-q", "--no-init"], environment: ["NO_COLOR": "1"])
    terminal.expect(rows: "way>")
    terminal.type("new map m\r")
    terminal.expect(rows: "began map 'm': empty", "way>")
    terminal.hangUp()
    #expect(terminal.exitStatus() == 128 + SIGHUP)
  }
}
