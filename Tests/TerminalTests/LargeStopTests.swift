import Foundation
import Testing

/// ^C in statements that take long and do not ask whether they are still wanted, on a map of 20,000 touchpoints.
@Suite struct LargeStopTests {
  private let folder: String

  init() throws {
    folder = FileManager.default.temporaryDirectory.path + "/waymark-large-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let rows = (1...20_000).map { "touchpoint,Touchpoint \($0),stage,Visit\n" }.joined()
    try "kind,name,under,parent\nstage,Visit,,\n\(rows)".write(
      toFile: folder + "/big.csv", atomically: true, encoding: .utf8)
  }

  private func clear() { try? FileManager.default.removeItem(atPath: folder) }

  @Test func atThePromptTheNextStatementRuns() throws {
    defer { clear() }
    let terminal = try PseudoTerminal(
      "waymark", arguments: ["-q", "--no-init"], environment: ["NO_COLOR": "1"], folder: folder)
    terminal.expect(rows: "way>")
    func stop(_ statement: String) {
      terminal.type(statement)
      terminal.expect("the statement") { $0.line == "way> " + statement }
      terminal.type("\r")
      Thread.sleep(forTimeInterval: 0.3)
      terminal.type("\u{3}")
      terminal.expect("an interruption") { screen in
        screen.line == "way>" && screen.lines.contains { $0.hasSuffix("[run.interrupted]") }
      }
      // Clears the screen.
      terminal.type("\u{C}")
      terminal.expect(rows: "way>")
      terminal.expect("a clear screen") { $0.lines.count == 1 }
    }
    stop("load map \"big.csv\"")
    terminal.type("load map \"big.csv\"\r")
    terminal.expect("the map") { $0.line == "way>" && $0.lines.contains { $0.hasPrefix("loaded map 'big'") } }
    stop("export map to \"big.svg\"")
    stop("check map")
    stop("show map")
    terminal.type("show stages\r")
    terminal.expect("the stages") { $0.line == "way>" && $0.lines.contains { $0.hasPrefix("Visit") } }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["big.csv"])
  }

  /// Status 130 in a moment, with a sentence; files are whole or not there.
  @Test(arguments: ["export map to \"big.svg\"", "export map to \"big.json\"", "check map", "show map"])
  func aScriptEnds(statement: String) throws {
    defer { clear() }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: PseudoTerminal.folder + "/waymark")
    process.arguments = ["w.waymark", "-c", "load map \"big.csv\"", "-c", statement]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let (said, told) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (said, told)
    try process.run()
    #expect(String(decoding: said.fileHandleForReading.availableData, as: UTF8.self).hasPrefix("loaded map"))
    Thread.sleep(forTimeInterval: 0.3)
    let stopped = ContinuousClock.now
    process.interrupt()
    process.waitUntilExit()
    #expect(stopped.duration(to: .now) < .seconds(2))
    #expect(process.terminationStatus == 130)
    let error = String(decoding: told.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(error.contains("[run.interrupted]"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["big.csv", "w.waymark"])
  }
}
