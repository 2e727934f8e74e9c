import Language
import SourceText
import Statements
import TestSupport

extension FuzzTarget {
  /// A script in a small workspace: whatever is said, in whatever order, each statement ends with a reply that can be shown in
  /// every format and width, or with an error that is known.
  package static let statements = FuzzTarget(
    "statements", words: Session.words, example: { Array(Script.example(&$0).utf8) },
    read: { script in
      let scratch = try Scratch()
      let session = try SmallWorld.session(in: scratch)
      try session.carryOut(script)
    })
}

extension Session {
  /// Words and signs of the language, names of the workspace.
  static let words: [String] =
    Forms.all.flatMap { $0.name.split(separator: " ").map(String.init) } + Clause.allCases.map(\.word)
    + Symbol.allCases.map(\.rawValue) + SmallWorld.names.filter { $0.utf8.count < 60 }
    + ["last", "missing", "forever", "any", "strict", "of", "not", "and", "or", "7d", "12%", "2025-Q2", "300000 years"]
    + [
      "99999999999999999999", "1e308", "-1", "0", "2025-01-01 .. 2024-01-01", "$main", "$_", "$week", "\\u{7}", "\\\n",
    ]

  /// Does all that a script says, going on behind errors.
  func carryOut(_ script: [UInt8]) throws {
    let shell = Shell(session: self) { _ in }
    for piece in StatementReader.pieces(of: script).prefix(24) where Script.isHarmless(piece) {
      do {
        guard !piece.isDotCommand else {
          try shell.perform(piece.text)
          continue
        }
        try ReplyReading.look(at: execute(piece.text), in: zone, turn: piece.text.utf8.reduce(0) { $0 + Int($1) })
      } catch let error as Diagnostic {
        try ReplyReading.look(at: error, in: piece.text)
      }
    }
  }
}

/// Scripts by chance.
enum Script {
  static func example(_ random: inout SeededRandom) -> String {
    var statements = RandomStatements(
      Forms.all, seed: random.next(), names: SmallWorld.names, files: SmallWorld.fileNames)
    var lines = (0..<Int.random(in: 1...6, using: &random)).map { _ in
      switch Int.random(in: 0..<10, using: &random) {
      case 0: dotCommand(&random)
      case 1...5: examples.randomElement(using: &random) ?? ""
      default: statements.statement()
      }
    }
    switch Int.random(in: 0..<5, using: &random) {
    case 0, 1: lines.insert("use events \(SmallWorld.oddName.quoted); use map \"odd map\"", at: 0)
    case 2: lines.insert("use events far", at: 0)
    default: break
    }
    return lines.joined(separator: "\n")
  }

  private static let examples = Forms.due.flatMap(\.examples)

  private static func dotCommand(_ random: inout SeededRandom) -> String {
    guard let command = DotCommand.all.randomElement(using: &random) else { return ".help" }
    let operands =
      command.choices + SmallWorld.fileNames.prefix(3) + ["", "12", "99999999999999999999", "-1", "1MB", "%"]
    return "\(command.name) \(operands.randomElement(using: &random) ?? "")"
  }

  /// Whether it stays in its folder and is quick: the sample and the tour take no input, and half a second.
  static func isHarmless(_ piece: StatementReader.Piece) -> Bool {
    let text = piece.text.lowercased()
    if text.contains("sample") || text.hasPrefix(".tour") || text.hasPrefix(".read") { return false }
    if piece.isDotCommand { return !text.contains("/") && !text.contains("~") }
    guard let statement = try? Forms.grammar.parse(piece.text) else { return true }
    return isHarmless(statement)
  }

  private static func isHarmless(_ statement: ParsedStatement) -> Bool {
    statement.arguments.allSatisfy { argument in
      switch argument.value {
      case .text(let text): !text.contains("/") && !text.hasPrefix("~")
      case .statement(let inner): isHarmless(inner)
      default: true
      }
    }
  }
}
