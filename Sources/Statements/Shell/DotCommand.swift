import JourneyTime
import Outside
import Rendering
import SourceText

/// A command to the shell itself. They are no statements: they say how replies are shown, not what is asked.
package struct DotCommand: Sendable {
  package let name: String
  /// What follows the name, for help: `FORMAT`.
  package let operand: String
  package let summary: String
  /// Operands to choose from, for completion.
  package let choices: [String]
  let perform: @Sendable (Shell, String) throws(Diagnostic) -> String

  /// All of them, in the order of `.help`.
  package static let all: [DotCommand] = [
    DotCommand(
      name: ".mode", operand: "FORMAT", summary: "how answers are written", choices: Format.allCases.map(\.rawValue)
    ) { (shell, operand) throws(Diagnostic) in
      guard let format = Format(rawValue: operand) else {
        throw .dotOperand(".mode", operand, choices: Format.allCases.map(\.rawValue))
      }
      shell.settings.format = format
      return ""
    },
    .turning(".timer", "say how long each statement took") { $0.settings.timer = $1 },
    .turning(".intervals", "where each rate may lie, at 95 %, beside it") { $0.session.hasIntervals = $1 },
    DotCommand(
      name: ".formulas", operand: "safe|plain",
      summary: "put ' in front of what a spreadsheet would run, in CSV and TSV",
      choices: Formulas.allCases.map(\.rawValue)
    ) { (shell, operand) throws(Diagnostic) in
      guard let formulas = Formulas(rawValue: operand) else {
        throw .dotOperand(".formulas", operand, choices: Formulas.allCases.map(\.rawValue))
      }
      shell.session.formulas = formulas
      return ""
    },
    DotCommand(
      name: ".output", operand: "\"FILE\"|stdout", summary: "write replies to a file, or back to the screen",
      choices: ["stdout"]
    ) { (shell, operand) throws(Diagnostic) in
      try shell.redirect(to: operand == "stdout" || operand.isEmpty ? nil : operand)
      return ""
    },
    DotCommand(
      name: ".width", operand: "COLUMNS|auto", summary: "how wide tables may be", choices: ["auto", "80", "120"]
    ) { (shell, operand) throws(Diagnostic) in
      if operand == "auto" {
        shell.settings.width = nil
      } else if let width = Int(operand), (20...10_000).contains(width) {
        shell.settings.width = width
      } else {
        throw .dotOperand(".width", operand, choices: ["auto", "120"])
      }
      return ""
    },
    DotCommand(
      name: ".rows", operand: "NUMBER|all", summary: "how many rows of a table are shown",
      choices: ["all", "40", "1000"]
    ) { (shell, operand) throws(Diagnostic) in
      if operand == "all" {
        shell.settings.rowLimit = nil
      } else if let limit = Int(operand), limit > 0 {
        shell.settings.rowLimit = limit
      } else {
        throw .dotOperand(".rows", operand, choices: ["all", "40"])
      }
      return ""
    },
    DotCommand(
      name: ".pager", operand: "on|off|\"COMMAND\"", summary: "show what is longer than the screen with $PAGER, or not",
      choices: ["on", "off"]
    ) { (shell, operand) throws(Diagnostic) in
      switch operand {
      case "": throw .dotOperand(".pager", operand, choices: ["on", "off"])
      case "on": shell.settings.pager = .standard
      case "off": shell.settings.pager = .off
      default: shell.settings.pager = .program(try .pager(operand, by: shell.session.files.door))
      }
      return ""
    },
    DotCommand(
      name: ".theme", operand: "dark|light|mono|ascii",
      summary: "colours for a dark or a light screen, none, or drawing in ASCII",
      choices: Shell.Settings.themes
    ) { (shell, operand) throws(Diagnostic) in
      guard Shell.Settings.themes.contains(operand) else {
        throw .dotOperand(".theme", operand, choices: Shell.Settings.themes)
      }
      shell.settings.theme = operand
      return ""
    },
    .turning(".complete", "whether Tab completes and suggestions are shown") { $0.settings.completes = $1 },
    DotCommand(
      name: ".zone", operand: "ZONE", summary: "the zone of dates and days, kept in the workspace",
      choices: ["UTC", "Europe/Oslo", "America/New_York"]
    ) { (shell, operand) throws(Diagnostic) in
      if operand.isEmpty { return try shell.session.zone.identifier }
      guard let zone = Zone(operand) else {
        throw Diagnostic(.zoneUnknown, "no zone is called '\(operand)'", hint: ".zone Europe/Oslo")
      }
      try shell.session.setZone(zone)
      return ""
    },
    DotCommand(
      name: ".max-bad", operand: "PERCENT", summary: "how many rows of a load may be bad", choices: ["1%", "5%"]
    ) { (shell, operand) throws(Diagnostic) in
      guard operand.hasSuffix("%"), let percent = Double(operand.dropLast()), (0...100).contains(percent) else {
        throw .dotOperand(".max-bad", operand, choices: ["1%"])
      }
      shell.session.maxBadShare = percent / 100
      return ""
    },
    DotCommand(
      name: ".memory", operand: "SIZE", summary: "how much memory the events of questions and loads may take",
      choices: ["512MB", "4GB"]
    ) { (shell, operand) throws(Diagnostic) in
      if operand.isEmpty { return ByteCount(bytes: shell.session.memory).description }
      guard let size = ByteCount(operand), size.bytes >= 1 << 20 else {
        throw .dotOperand(".memory", operand, choices: ["512MB", "4GB"])
      }
      shell.session.memory = size.bytes
      return ""
    },
    DotCommand(
      name: ".read", operand: "\"FILE\"", summary: "run the statements of a file", choices: []
    ) { (shell, operand) throws(Diagnostic) in
      guard !operand.isEmpty else { throw .dotOperand(".read", operand, choices: ["\"FILE\""]) }
      try shell.read(file: operand)
      return ""
    },
    DotCommand(
      name: ".edit", operand: "",
      summary: "change the last statement in $EDITOR and run it; Ctrl-X Ctrl-E as it is typed",
      choices: []
    ) { (shell, _) throws(Diagnostic) in
      try shell.editLast()
      return ""
    },
    DotCommand(
      name: ".tour", operand: "next|skip|stop",
      summary: "shows what waymark does on a sample, in a workspace of its own",
      choices: ["next", "skip", "stop"]
    ) { (shell, operand) throws(Diagnostic) in
      try shell.tour(operand)
      return ""
    },
    DotCommand(name: ".help", operand: "", summary: "these commands", choices: []) { (_, _) throws(Diagnostic) in
      DotCommand.help
    },
    DotCommand(name: ".exit", operand: "", summary: "leave, as Ctrl-D does", choices: []) {
      (shell, _) throws(Diagnostic) in
      try shell.session.leave(at: 0..<5)
      shell.isLeaving = true
      return ""
    },
  ]

  /// Whether it says how answers are shown, wherever that is.
  static func isKept(_ text: String) -> Bool {
    let name = text.prefix { !$0.isWhitespace }
    return [".mode", ".intervals", ".formulas", ".width", ".rows", ".zone", ".max-bad"].contains { $0 == name }
  }

  /// One that turns something on or off.
  private static func turning(
    _ name: String, _ summary: String, _ turn: @escaping @Sendable (Shell, Bool) -> Void
  ) -> DotCommand {
    let choices = ["on", "off"]
    return DotCommand(name: name, operand: "on|off", summary: summary, choices: choices) {
      (shell, operand) throws(Diagnostic) in
      guard choices.contains(operand) else { throw .dotOperand(name, operand, choices: choices) }
      turn(shell, operand == "on")
      return ""
    }
  }

  static var help: String {
    let usages = all.map { "\($0.name) \($0.operand)" }
    let width = usages.map(\.count).max() ?? 0
    return zip(all, usages).map { command, usage in
      "  " + usage + String(repeating: " ", count: width - usage.count + 2) + command.summary
    }.joined(separator: "\n")
  }

  /// What there is to say of a command that `help .mode` asks about; nil where another thing is asked.
  ///
  /// - Parameter dot: what stands before the name where it is asked without: `help mode`.
  static func asked(of text: String, dot: String = "") -> String? {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.count == 2, words[0].lowercased() == "help" else { return nil }
    let name = Habits.isFarewell(String(words[1])) ? ".exit" : dot + words[1]
    guard let command = all.first(where: { $0.name == name }) else { return nil }
    return "\(command.name) \(command.operand)".trimmingBlanks + "\n  \(command.summary)"
      + (command.choices.isEmpty ? "" : "\n  " + command.choices.joined(separator: ", "))
  }

  /// Splits `.mode csv` into the command and its operand, quotes around the operand taken off.
  static func find(_ line: String) throws(Diagnostic) -> (DotCommand, operand: String) {
    let words = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
    let name = words.first.map(String.init) ?? line
    guard let command = all.first(where: { $0.name == name }) else {
      throw Diagnostic(
        .dotUnknown, "'\(name)' is not a command of the shell", at: 0..<name.utf8.count,
        hint: Habits.instead(of: line, property: nil) ?? nearest(to: name, among: all.map(\.name)) ?? ".help")
    }
    var operand = words.count > 1 ? words[1].trimmingBlanks : ""
    if operand.count >= 2, operand.hasPrefix("\""), operand.hasSuffix("\"") {
      operand = String(operand.dropFirst().dropLast())
    }
    guard operand.isEmpty || !command.operand.isEmpty else {
      throw Diagnostic(.dotOperand, "\(name) stands alone, without '\(operand)'", hint: name)
    }
    return (command, operand)
  }
}

extension OutsideProgram {
  /// A name and what it is given, parted by blanks.
  fileprivate static func pager(_ command: String, by door: Door) throws(Diagnostic) -> OutsideProgram {
    let words = command.split(separator: " ").map(String.init)
    guard let name = words.first else { throw .dotOperand(".pager", "", choices: ["on", "off"]) }
    return try door.program(name, Array(words.dropFirst()))
  }
}

extension Diagnostic {
  static func dotOperand(_ command: String, _ operand: String, choices: [String]) -> Diagnostic {
    Diagnostic(
      .dotOperand, operand.isEmpty ? "\(command) needs an operand" : "\(command) does not take '\(operand)'",
      hint: nearest(to: operand, among: choices).map { "\(command) \($0)" }
        ?? choices.map { "\(command) \($0)" }.joined(separator: ", "))
  }
}

extension DiagnosticCode {
  package static let dotUnknown = DiagnosticCode(
    "dot.unknown", "No dot-command has this name; .help lists them.")
  package static let dotOperand = DiagnosticCode(
    "dot.operand", "The dot-command takes something else; the hint says what.")
}
