import Fuzzing
import Language
import SourceText
import TestSupport
import Testing

@testable import Statements

private let grammar = Grammar(Forms.all)

/// What a statement says, without where it stands and how its names were quoted.
private func shape(of statement: ParsedStatement) -> String {
  "\(statement.form) \(statement.arguments) \(statement.clauses)"
    .replacing(/spans: \[[^\]]*\]/, with: "")
    .replacing(/span: Range\([0-9]+\.\.<[0-9]+\)/, with: "")
    .replacing(/count: (nil|Optional\(Range\([0-9]+\.\.<[0-9]+\)\))/, with: "")
    .replacing(/isQuoted: (true|false)/, with: "")
    .replacing(/text: "([^"\\]|\\.)*", \)/, with: ")")
}

/// Does with a text whatever the prompt and scripts do with it.
private func exercise(_ text: String) {
  do throws(Diagnostic) {
    let statement = try grammar.parse(text)
    let canonical = grammar.canonical(statement)
    let again = try grammar.parse(canonical)
    #expect(grammar.canonical(again) == canonical, "\(text)")
    try grammar.check(statement)
  } catch {
    let rendered = error.rendered(in: text)
    #expect(rendered.hasPrefix("error: ") && rendered.contains("[\(error.code)]"))
    #expect((error.span?.upperBound ?? 0) <= text.utf8.count)
  }
  _ = grammar.completion(of: text, at: text.utf8.count)
  _ = grammar.highlights(of: text)
}

@Suite struct FuzzTests {
  /// Quoted names come out bare where that is safe, and what is read back says the same.
  @Test(arguments: [1, 2, 3])
  func printedStatementsSayTheSame(_ seed: UInt64) throws {
    var random = RandomStatements(Forms.all, seed: seed)
    for _ in 0..<250 {
      let text = random.statement()
      do throws(Diagnostic) {
        let statement = try grammar.parse(text)
        let canonical = grammar.canonical(statement)
        let again = try grammar.parse(canonical)
        #expect(grammar.canonical(again) == canonical)
        #expect(shape(of: again) == shape(of: statement), "\(text)")
      } catch {
        Issue.record("\(text)\n\(error.rendered(in: text))")
      }
    }
  }

  @Test func truncatedStatementsEndWell() {
    var random = RandomStatements(Forms.all, seed: 11)
    for _ in 0..<8 {
      let text = random.statement()
      for length in 0...text.utf8.count { exercise(String(decoding: text.utf8.prefix(length), as: UTF8.self)) }
    }
  }

  @Test func soupsOfTokensEndWell() {
    var random = SeededRandom(seed: 5)
    let words =
      Forms.all.compactMap { $0.name.split(separator: " ").first.map(String.init) } + Clause.allCases.map(\.word)
      + Symbol.allCases.map(\.rawValue)
      + [
        "a", "\"b c\"", "7d", "12%", "2025", "2025-07", "$x", "stage", "not", "and", "or", "in", "is", "did", "last",
        "of", "\"", "\\", "#", "é",
      ]
    for _ in 0..<1_500 {
      let verb = words[Int.random(in: 0..<Forms.all.count, using: &random)]
      let rest = (0..<Int.random(in: 0..<12, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
      exercise(([verb] + rest).joined(separator: Bool.random(using: &random) ? " " : ""))
    }
  }

  @Test func randomBytesEndWell() {
    var random = SeededRandom(seed: 9)
    for _ in 0..<300 {
      let bytes = (0..<Int.random(in: 0..<80, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      for piece in StatementReader.pieces(of: bytes) { exercise(piece.text) }
    }
  }

  @Test func longTextsTakeNoTime() {
    exercise("count " + String(repeating: "x", count: 1 << 20))
    exercise("count where a in [" + String(repeating: "1, ", count: 20_000) + "1]")
    exercise("funnel a" + String(repeating: " -> a", count: 13_000))
    exercise("note \"" + String(repeating: "\\n", count: 30_000) + "\"")
  }
}
