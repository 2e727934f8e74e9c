import Foundation
import Testing

/// The command itself: what it does on a terminal and off it, and the status it leaves.
@Suite struct CommandTests {
  /// What a run of the command wrote and its exit status.
  private struct Outcome: Equatable {
    var output: String
    var errors: String
    var status: Int32
  }

  private func run(_ arguments: String..., input: [UInt8] = []) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: PseudoTerminal.folder + "/waymark")
    process.arguments = arguments
    let (output, errors, typed) = (Pipe(), Pipe(), Pipe())
    (process.standardOutput, process.standardError, process.standardInput) = (output, errors, typed)
    try process.run()
    try typed.fileHandleForWriting.write(contentsOf: Data(input))
    try typed.fileHandleForWriting.close()
    let written = output.fileHandleForReading.readDataToEndOfFile()
    let told = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      output: String(decoding: written, as: UTF8.self), errors: String(decoding: told, as: UTF8.self),
      status: process.terminationStatus)
  }

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.path + "/waymark-command-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test func statementsComeFromOptionsScriptsAndPipes() throws {
    try withFolder { folder in
      let script = folder + "/map.way"
      try "new map m\nadd stage Awareness\n".write(toFile: script, atomically: true, encoding: .utf8)
      let made = try run(folder + "/shop.waymark", script)
      #expect(made.status == 0 && made.errors.isEmpty)
      let asked = try run("-c", "show stages", "--mode", "csv", folder + "/shop.waymark")
      #expect(asked.status == 0)
      #expect(asked.output.contains("Awareness"))
      let piped = try run(folder + "/shop.waymark", "--mode", "csv", input: Array("show stages".utf8))
      #expect(piped == asked)
    }
  }

  @Test func notebooksAreRunCheckedRecordedAndRendered() throws {
    try withFolder { folder in
      let (notebook, page) = (folder + "/q.way.md", folder + "/q.html")
      try "customer,time,event\na,2025-03-01,visit\nb,2025-03-01,visit\n"
        .write(toFile: folder + "/e.csv", atomically: true, encoding: .utf8)
      try "# Q\n\n```way\nload events \"e.csv\"\ncount visit\n```\n".write(
        toFile: notebook, atomically: true, encoding: .utf8)
      let script = try run(notebook)
      let ran = try run("run", notebook)
      #expect(script.status == 0 && ran == script && ran.output.contains("loaded 2 events"))
      let missing = try run("render", notebook, "-o", page)
      #expect(missing.status == 3 && missing.errors == "'\(page)' is not written\n")
      #expect(!FileManager.default.fileExists(atPath: page))
      #expect(try run("run", "--update", notebook).status == 0)
      #expect(try run("run", notebook, "--check").output == "\(notebook): its result holds\n")
      #expect(try run("render", notebook, "-o", page).status == 0)
      #expect(try String(contentsOfFile: page, encoding: .utf8).contains("<h1"))
      try "customer,time,event\na,2025-03-01,visit\n".write(
        toFile: folder + "/e.csv", atomically: true, encoding: .utf8)
      let differing = try run("run", notebook, "--check")
      #expect(differing.status == 3 && differing.output.contains("events 2 → 1"))
      #expect(try run("render", notebook, "--no-check").status == 0)
      #expect(try run("run", notebook, "--check", "--update").status == 2)
      #expect(try run("run", folder + "/e.csv").status == 2)
      let without = try run("run")
      #expect(without.status == 2 && without.errors.contains("waymark run <notebooks>"), "\(without.errors)")
      #expect(try run("run", folder + "/none.way.md").status == 1)
    }
  }

  @Test func errorsSayWhereTheyStand() throws {
    let failed = try run(input: Array("  new map m\n\n  funel visit\n  undo".utf8))
    #expect(failed.errors.hasPrefix("stdin:3:3: error: 'funel' is not a statement [statement.unknown]\n"))
    #expect(failed.status == 1)
    // A pipe runs statement by statement, a text that is handed over whole runs whole or not at all.
    let text = "let $w = 7d\nfunel visit"
    #expect(try run(input: Array(text.utf8)).output == "$w is 7d\n")
    #expect(try run("-c", text).output == "")
    let bytes = try run(input: Array("new map m\nadd stage ".utf8) + [0xFF, 0x0A])
    #expect(bytes.errors.hasPrefix("stdin:2:11: error:"))
    #expect(bytes.errors.contains("[text.not-utf8]"))
    #expect(bytes.status == 1)
  }

  @Test func safeStatementsTouchNoFile() throws {
    try withFolder { folder in
      let workspace = folder + "/shop.waymark"
      try "new map m\nadd stage One\n".write(toFile: folder + "/map.way", atomically: true, encoding: .utf8)
      // The workspace and the scripts that the command names are open; what they state reaches no further.
      #expect(try run("--safe", workspace, folder + "/map.way").status == 0)
      for statement in [
        "load events \"\(folder)/map.way\"", "load map \"\(folder)/map.way\"", "run \"\(folder)/map.way\"",
        "export map to \"\(folder)/m.yaml\"", "save \"\(folder)/copy.waymark\"", "open \"\(workspace)\"",
        "new workspace \"\(folder)/other.waymark\"", ".read \"\(folder)/map.way\"", ".output \"\(folder)/out.txt\"",
      ] {
        let refused = try run("--safe", workspace, "-c", statement)
        #expect(refused.status == 1 && refused.errors.contains("[safe.refused]"), "\(statement): \(refused.errors)")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["map.way", "shop.waymark"])
    }
  }

  @Test func readOnlyChangesNothing() throws {
    try withFolder { folder in
      let workspace = folder + "/shop.waymark"
      #expect(try run("--read-only", workspace, "-c", "show stages").status == 1)
      #expect(try run("--read-only").status == 2)
      #expect(try run(workspace, "-c", "new map m", "-c", "add stage One").status == 0)
      #expect(try run("--read-only", workspace, "-c", "show stages", "--mode", "csv").output.contains("One"))
      let refused = try run("--read-only", workspace, "-c", "add stage Two")
      #expect(refused.status == 1 && refused.errors.contains("[workspace.read-only]"))
    }
  }

  @Test func thePromptBeginsAsThePersonWants() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(atPath: folder + "/waymark", withIntermediateDirectories: true)
      try "new map mine\nshow map other\n".write(
        toFile: folder + "/waymark/init.way", atomically: true, encoding: .utf8)
      let environment = ["XDG_CONFIG_HOME": folder, "NO_COLOR": "1"]
      let terminal = try PseudoTerminal("waymark", arguments: ["-q"], environment: environment)
      terminal.expect("the map made and the error told") { screen in
        screen.lines.first == "began map 'mine': empty"
          && screen.lines.joined().contains("init.way:2:10:")
          && screen.line == "way>"
      }
      let bare = try PseudoTerminal("waymark", arguments: ["-q", "--no-init"], environment: environment)
      bare.expect("nothing but the prompt") { $0.lines == ["way>"] }
    }
  }

  @Test func whatIsLongerThanTheScreenGoesToThePager() throws {
    try withFolder { folder in
      let pager = folder + "/pager"
      try "#!/bin/sh\nhead -n 2\necho paged\n".write(toFile: pager, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: pager)
      let terminal = try PseudoTerminal(
        "waymark", arguments: ["-q", "--no-init"], environment: ["PAGER": pager, "NO_COLOR": "1"], rows: 12)
      terminal.expect(rows: "way>")
      terminal.type("help\r")
      terminal.expect(rows: "paged", "way>")
      terminal.type("new map m\r")
      terminal.expect(rows: "began map 'm': empty", "way>")
      terminal.type(".pager off\rhelp\r")
      terminal.expect("the end of help") { $0.line == "way>" && !$0.lines.contains("paged") }
      terminal.type(".pager \"\(pager)\"\rhelp\r")
      terminal.expect(rows: "paged", "way>")
    }
  }

  @Test func theLastStatementIsChangedInAnEditor() throws {
    try withFolder { folder in
      let editor = folder + "/editor"
      try "#!/bin/sh\nsed -i s/One/Two/ \"$1\"\n".write(toFile: editor, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: editor)
      let terminal = try PseudoTerminal(
        "waymark", arguments: ["-q", "--no-init"], environment: ["EDITOR": editor, "NO_COLOR": "1"])
      terminal.expect(rows: "way>")
      terminal.type("new map m\radd stage One\r.edit\r")
      terminal.expect(rows: "way> .edit", "add stage Two", "added stage 'Two'", "way>")
      let failing = try PseudoTerminal(
        "waymark", arguments: ["-q", "--no-init"], environment: ["EDITOR": "false", "NO_COLOR": "1"])
      failing.expect(rows: "way>")
      failing.type(".edit\r")
      failing.expect("an error") { $0.lines.joined().contains("[edit.failed]") && $0.line == "way>" }
    }
  }

  @Test func exitStatusesTellEndingsApart() throws {
    #expect(try run("-c", "assert 1 < 2").status == 0)
    #expect(try run("-c", "assert 2 < 1").status == 3)
    #expect(try run("no-such-script.way").status == 1)
    #expect(try run("--no-such-option").status == 2)
    #expect(try run("no-such-file").status == 2)
    #expect(try run("a.waymark", "b.waymark").status == 2)
    #expect(try run("--version").output.wholeMatch(of: /waymark \d+\.\d+\.\d+( \([0-9a-f]{7,}\+?\))?\n/) != nil)
    #expect(try run("--help").status == 0)
    for shell in ["bash", "zsh", "fish"] {
      #expect(try run("--generate-completion-script", shell).output.contains("waymark"))
    }
  }

  @Test func theFirstScreenSaysWhatToType() throws {
    let terminal = try PseudoTerminal("waymark")
    terminal.expect("five lines and the prompt") { $0.lines.count == 6 && $0.line == "way>" }
    #expect(
      terminal.screen.lines[1].hasPrefix("  lesson 1") && terminal.screen.lines[2].hasPrefix("  load sample shop"))
    terminal.type("\u{4}")
    #expect(terminal.exitStatus() == 0)
  }

  @Test func thePromptCompletesFromTheLanguageAndTheMap() throws {
    let terminal = try PseudoTerminal("waymark", environment: ["NO_COLOR": "1"])
    terminal.expect("the prompt") { $0.line == "way>" }
    terminal.type("new map m from templ\tretail\radd touchpoint Cart to Cons\t\r")
    terminal.expect("both carried out") { screen in
      screen.line == "way>" && screen.lines.contains("way> add touchpoint Cart to Consideration")
    }
    #expect(!terminal.screen.lines.contains { $0.contains("error") })
  }

  @Test func anErrorPointsAtTheWordAndTheShellGoesOn() throws {
    let terminal = try PseudoTerminal("waymark", environment: ["NO_COLOR": "1"])
    terminal.expect("the prompt") { $0.line == "way>" }
    terminal.type("funel visit\r")
    terminal.expect(
      rows: "way> funel visit", "error: 'funel' is not a statement [statement.unknown]", "  funel visit", "  ^^^^^",
      "  hint: funnel", "way>")
  }

  @Test func leavingAsksBeforeEditsAreLost() throws {
    let terminal = try PseudoTerminal("waymark", environment: ["NO_COLOR": "1"])
    terminal.expect("the prompt") { $0.line == "way>" }
    terminal.type("new map m\r\u{4}")
    terminal.expect("a question") { $0.line.hasSuffix("(y/n)") }
    terminal.type("n\r")
    terminal.expect("the prompt") { $0.line == "way>" }
    terminal.type("\u{4}")
    terminal.expect("a question") { $0.line.hasSuffix("(y/n)") }
    terminal.type("y\r")
    #expect(terminal.exitStatus() == 0)
  }

  @Test func aPersonIsAskedBeforeWhatWasNotMeant() throws {
    try withFolder { folder in
      let environment = ["NO_COLOR": "1"]
      #expect(try run(folder + "/shop.waymark", "-c", "new map m").status == 0)
      let terminal = try PseudoTerminal(
        "waymark", arguments: ["-q", "--no-init", "shpo.waymark"], environment: environment, folder: folder)
      terminal.expect("a question") {
        $0.line == "'shpo.waymark' is not there, and \"shop.waymark\" is; make a new one? (y/n)"
      }
      terminal.type("n\n")
      #expect(terminal.exitStatus() == 1)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["shop.waymark"])
      let other = try PseudoTerminal(
        "waymark", arguments: ["-q", "--no-init", "shop.waymark"], environment: environment, folder: folder)
      other.expect(rows: "way>")
      other.type("undo\r")
      other.expect("a question") { $0.line == "that takes map 'm' away, as before 'new map m'; go on? (y/n)" }
      other.type("n\r")
      other.expect(rows: "nothing was undone", "way>")
      other.type("open \"shop2.waymark\"\r")
      other.expect("a question") { $0.line.hasSuffix("make a new one? (y/n)") }
      other.type("n\r")
      other.expect(rows: "  hint: open \"shop.waymark\"", "way>")
      other.type("quit\r")
      #expect(other.exitStatus() == 0)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["shop.waymark"])
    }
  }

  @Test func aScriptThatIsInterruptedExitsWith130() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: PseudoTerminal.folder + "/waymark")
    let typed = Pipe()
    process.standardInput = typed
    try process.run()
    // It waits for its input once it catches SIGINT, the second bit of the mask.
    func catchesInterrupts() -> Bool {
      let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
      let mask = status.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }?.split(separator: "\t").last
      return (mask.flatMap { UInt64($0, radix: 16) } ?? 0) & 2 != 0
    }
    while process.isRunning, !catchesInterrupts() { Thread.sleep(forTimeInterval: 0.01) }
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    #expect(process.terminationReason == .exit)
    try typed.fileHandleForWriting.close()
  }
}
