import Foundation
import SourceText
import Testing

@testable import Terminal

/// Texts that a terminal would obey, in every place that a text can come from: on a terminal each is a sign, off it data as they are.
@Suite final class HostileTextTests {
  /// Each with the beginning of what must not arrive where some of it could be our own.
  static let hostile: [String] = [
    "\u{1B}]52;c;aGk=\u{7}", "\u{1B}[8;7;41mx", "\u{1B}[99;98Hx", "\u{1B}Pq\u{1B}\\", "a\u{7}b", "a\rb", "a\u{7F}b",
    "\u{9B}8;7;41mx", "\u{9D}0;x\u{9C}", "\u{85}x", "\u{202E}evil", "\u{2066}x", "x\u{200F}", "x\u{61C}", "x\u{2028}y",
  ]

  private let folder = FileManager.default.temporaryDirectory.path + "/waymark-hostile-\(UUID().uuidString)"

  init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
  }

  /// Runs a command of the shell in the folder on a terminal of its own; what the terminal was sent.
  private func sent(_ command: String, _ arguments: String...) throws -> [UInt8] {
    let terminal = try PseudoTerminal(
      "/bin/sh", arguments: ["-c", command, PseudoTerminal.folder + "/waymark"] + arguments, folder: folder,
      columns: 400)
    _ = terminal.exitStatus()
    return terminal.bytes
  }

  private func expectHarmless(_ bytes: [UInt8], _ what: String, _ location: SourceLocation = #_sourceLocation) {
    #expect(Sent(bytes).strays == [], "\(what)", sourceLocation: location)
    #expect(!bytes.isEmpty, "\(what)", sourceLocation: location)
  }

  /// Columns, events, customers, names on the map, saved names, titles: in every format.
  @Test(arguments: hostile) func names(text: String) throws {
    let name = text.literal
    try write(
      "user,time,event,\(text.quotedCell)\n\(text.quotedCell),2025-01-06,\(text.quotedCell),\(text.quotedCell)\nu2,2025-01-07,visit,x\n",
      to: "e.csv")
    let statements = """
      load events "e.csv" as \(name)
      describe; show events; show event \(name); show customer \(name); paths
      count by \(name) as \(name); let $f = funnel \(name) -> visit; why customer \(name) $f; people $f at \(name)
      define segment \(name) as did \(name); define step \(name) as event \(name); count \(name) where \(name) = \(text.appending("?").literal)
      new map \(name); add stage \(name); add touchpoint \(name) to \(name); add pain \(name) to touchpoint \(name)
      note \(name); set touchpoint \(name) owner \(name); snapshot \(name); show map; show map with metrics
      show touchpoint \(name); show stages; show history; show segments; show steps; check map; explain funnel \(name) -> visit
      export map to "/dev/stdout" as yaml; export events to "/dev/stdout" as csv; export events to "/dev/stderr" as jsonl
      .output "/dev/tty"
      describe
      .output stdout
      """
    let shown = "describe; show map; show history; show customer \(name)"
    let formats = ["csv", "tsv", "json", "jsonl", "markdown", "html", "svg"].map { ".mode \($0)\n\(shown)" }
    try write(([statements] + formats).joined(separator: "\n") + "\n", to: "s.way")
    let bytes = try sent("exec \"$0\" w.waymark s.way")
    expectHarmless(bytes, text.debugDescription)
    let shownText = String(decoding: bytes, as: UTF8.self)
    #expect(!shownText.contains("error:"), "\(shownText.suffix(400))")
    #expect(shownText.contains(text.withVisibleControls()))
    // The prompt greets with them.
    let prompt = try PseudoTerminal("waymark", arguments: ["--no-init", "w.waymark"], folder: folder)
    prompt.expect("the prompt") { $0.line == "way>" && $0.lines.count > 3 }
    prompt.type("\u{4}")
    #expect(prompt.exitStatus() == 0)
    // The painting goes back to the start of its row.
    #expect(Sent(prompt.bytes).strays.filter { $0 != "\r" } == [], "\(text.debugDescription)")
  }

  /// Whatever an error quotes, with the line at fault under carets.
  @Test(arguments: hostile) func errors(text: String) throws {
    let name = text.literal
    try write("user,time,event\nu1,\(text.quotedCell),visit\n", to: "bad.csv")
    try write("map: x\nstages:\n  - nmae: \(name)\n", to: "bad.yaml")
    try write("count \"\(text)", to: "raw.way")
    try write("count\n", to: text.replacing("/", with: "") + ".way")
    let statements = [
      "assert 1 > 2 else \(name)", "open \("nowhere/\(text)".literal)", "load map \(text.literal)",
      "load events \"bad.csv\"",
      "load map \"bad.yaml\"", "run \"raw.way\"", "run \(name)", "count by \(name)", "show customer \(name)",
      "use map \(name)",
      "add touchpoint x to \(name)", ".read \(text)", ".zone \(text)", ".mode \(text)", ".\(text)",
      "export map \(name) to \"x.y\"",
      "count \(text)", "\(text)", "load events \"postgres://\(text)@h/x#y\"",
    ]
    for statement in statements {
      let bytes = try sent("exec \"$0\" -c 'new map m' -c \"$1\"", statement)
      expectHarmless(bytes, statement.debugDescription)
      #expect(String(decoding: bytes, as: UTF8.self).contains("error"), "\(statement.debugDescription)")
    }
    for arguments in [["--x\(text)"], ["\(text).txt"], ["\(text).way"], [text, text], ["--mode", text]] {
      let terminal = try PseudoTerminal("waymark", arguments: arguments, folder: folder)
      #expect([1, 2].contains(terminal.exitStatus()))
      expectHarmless(terminal.bytes, "\(arguments)")
    }
  }

  /// Each stream for itself: what goes to the terminal is shown, what goes to a file stays data.
  @Test func oneStreamIsATerminalAndTheOtherIsNot() throws {
    let text = "\u{1B}]52;c;aGk=\u{7}\u{202E}"
    try write("user,time,event\nu1,2025-01-06,\(text)\n", to: "e.csv")
    let run =
      "exec \"$0\" --mode csv -c 'load events \"e.csv\" as \(text.literal)' -c 'show events' -c 'assert 1 > 2 else \(text.literal)'"
    expectHarmless(try sent(run + " > out.txt"), "errors on a terminal")
    let data = try String(contentsOfFile: folder + "/out.txt", encoding: .utf8)
    #expect(data.contains("\n\(text),1,"))
    let bytes = try sent(run + " 2> errors.txt")
    expectHarmless(bytes, "answers on a terminal")
    #expect(String(decoding: bytes, as: UTF8.self).contains("\n\(text.withVisibleControls()),1,"))
  }

  /// Tab, what history suggests and recalls, its search, pasting, typing, another editor, the pager.
  @Test(arguments: hostile) func atThePrompt(text: String) throws {
    let (name, file) = (text.literal, text.replacing("/", with: ""))
    try write("user,time,event,\(text.quotedCell)\nu1,2025-01-06,\(text.quotedCell),x\n", to: "e.csv")
    try write("", to: file + "1.csv")
    try write("", to: file + "2.csv")
    try write("#!/bin/sh\nprintf '%s' 'count \"\(text)\"' > \"$1\"\n", to: "editor")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/editor")
    try FileManager.default.createDirectory(atPath: folder + "/state/waymark", withIntermediateDirectories: true)
    let entry = HistoryFile.line(HistoryFile.Entry(text: "show history \(text)"))
    try write("show map \(text)\n\(entry)\n", to: "state/waymark/history")
    let terminal = try PseudoTerminal(
      "waymark", arguments: ["-q", "--no-init", "-i", "-c", "load events \"e.csv\""],
      environment: ["XDG_STATE_HOME": folder + "/state", "EDITOR": "./editor", "PAGER": "cat"], folder: folder)
    terminal.expect("the prompt") { $0.line == "way>" }
    func key(_ keys: String) {
      terminal.type(keys)
      terminal.settle()
    }
    for keys in [
      "show hi", "\u{1B}[C", "\u{3}", "\u{1B}[A", "\u{1B}[A", "\u{3}", "\u{12}show", "\u{12}", "\u{1B}[C", "\u{3}",
      "load events \"", "\t", "\t", "\t", "\u{3}", "count by ", "\t", "\u{3}", "count ", "\t", "\t", "\u{3}", "\u{1B}.",
      "\u{3}",
      "\u{1B}[200~count \(text)\u{1B}[201~", "\u{3}", "\u{18}\u{5}", "\u{3}", ".edit\r",
      "\u{12}\(text.last.map(String.init) ?? "")", "\u{3}\u{3}",
    ] { key(keys) }
    // Typed as they are, where they are no keys.
    for scalar in text.unicodeScalars where scalar.value >= 0xA0 { key("count \"" + String(scalar)) }
    key("\u{3}new map \(name)\r")
    for number in 1...30 { terminal.type("note \(text.literal.dropLast())\(number)\"\r") }
    key("show history\r")
    key("leave\u{3}\u{4}n\r")
    // libedit rings the bell and steps back by itself.
    #expect(
      Sent(terminal.bytes).strays.filter { !["\u{7}", "\u{8}", "\r"].contains($0) } == [], "\(text.debugDescription)")
    terminal.expect("the prompt") { $0.line.hasPrefix("way>") }
  }

  @Test func progressSaysTheNameOfAFile() {
    let line = ProgressLine.shown(0.5, "rows of '\u{1B}]0;x\u{7}\u{202E}'", after: .seconds(1), columns: 100)
    #expect(line == "[##########----------] 50%, 2 s left: rows of '\\u{1B}]0;x\\u{7}\\u{202E}'")
  }
}

/// What a terminal was sent, read as a terminal would.
private struct Sent {
  /// What is neither text nor a sequence that this shell or libedit sends.
  private(set) var strays: [String] = []

  init(_ bytes: [UInt8]) {
    var rest = String(decoding: bytes, as: UTF8.self).unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\n": continue
      case "\r" where rest.first == "\n": continue
      case "\u{1B}":
        guard rest.first == "[" else {
          strays.append("ESC " + (rest.first.map(String.init) ?? ""))
          continue
        }
        let operands = String(
          String.UnicodeScalarView(rest.dropFirst().prefix { "0123456789;?>".unicodeScalars.contains($0) }))
        let final = rest.dropFirst(1 + operands.unicodeScalars.count).first ?? "?"
        if !"ABCDGHJKPm@hl".unicodeScalars.contains(final) || ["8;7;41", "99;98"].contains(operands) {
          strays.append("CSI \(operands)\(final)")
        }
        rest = rest.dropFirst(2 + operands.unicodeScalars.count)
      default: if scalar.isUnsafeToShow { strays.append(String(scalar)) }
      }
    }
  }
}

extension String {
  /// As the language writes it in quotes.
  fileprivate var literal: String {
    "\""
      + unicodeScalars.map { scalar in
        scalar.isUnsafeToShow ? "\\u{\(String(scalar.value, radix: 16))}" : scalar == "\\" ? "\\\\" : String(scalar)
      }.joined() + "\""
  }

  fileprivate var quotedCell: String { "\"\(self)\"" }
}
