import Language
import SourceText
import Testing

@testable import Statements

@Suite struct FormListTests {
  private let grammar = Grammar(Forms.all)

  @Test func namesAreUniqueAndOpenTheirForms() {
    #expect(Set(Forms.all.map(\.name)).count == Forms.all.count)
    for form in Forms.all { #expect(form.grammarLine.hasPrefix(String(form.name.prefix { $0 != " " }))) }
  }

  @Test(arguments: Forms.due.map(\.name))
  func everyDueFormIsExplainedWithExamplesThatReadAsIt(name: String) throws {
    let form = try #require(grammar.form(named: name))
    #expect(form.isDue)
    #expect(form.examples.count >= 2)
    #expect(form.summary == form.summary.trimmingPrefix(" ") && !form.summary.hasSuffix("."))
    #expect(form.summary.first?.isLowercase == true)
    #expect(form.meaning.first?.isUppercase == true || form.meaning.hasPrefix("$"))
    #expect(form.meaning.hasSuffix("."))
    for example in form.examples {
      let read = try StatementReader.pieces(of: example).map { try grammar.parse($0.text) }
      for statement in read { try grammar.check(statement) }
      #expect(read.contains { $0.form == form.name }, "\(example)")
    }
  }

  @Test func formsNotYetDueHaveNothingButTheirSyntax() {
    for form in Forms.notYet { #expect(!form.isDue && form.summary.isEmpty && form.meaning.isEmpty) }
  }

  /// A word that a form reads before another could is never seen by the other.
  @Test func noFormHidesAnother() throws {
    for form in Forms.due {
      let example = try #require(StatementReader.pieces(of: form.examples[0]).last?.text)
      #expect(try grammar.parse(example).form == form.name)
    }
  }

  @Test func wordsToQuoteAreComputed() {
    let reserved = Dictionary(grammar.reserved.map { ($0.place, $0.words) }) { first, _ in first }
    #expect(reserved["at the start of a step"] == ["event", "stage", "step", "touchpoint"])
    #expect(reserved["after funnel"] == ["stages"])
    #expect(reserved["after count"] == Clause.allCases.map(\.word).sorted())
    #expect(reserved["as a value"] == ["false", "true"])
    #expect(reserved["at the start of a test in where or behind a step"] == ["not"])
    #expect(reserved["after show map"] == Clause.allCases.map(\.word).sorted())
    #expect(reserved["after export map"] == ["to"])
  }

  @Test func helpListsDueFormsOnly() throws {
    let help = HelpText(grammar)
    for form in Forms.due { #expect(help.overview.contains("  \(form.heading) ")) }
    for form in Forms.notYet { #expect(!help.overview.contains("\n  \(form.name) ")) }
    for line in help.overview.split(separator: "\n") { #expect(line.displayWidth <= 80, "\(line)") }
    for topic in help.topics { #expect(throws: Never.self) { try help.about(topic) } }
    for topic in ["pull"] { #expect(throws: Diagnostic.self) { try help.about(topic) } }
    let names = try help.about("names").split { !$0.isLetter }.map(String.init)
    for word in ["pull", "connect"] { #expect(!names.contains(word)) }
  }

  @Test func helpKnowsEveryWordOfTheLanguage() {
    let help = HelpText(grammar, codes: DiagnosticCode.all)
    let words = Set(Forms.due.flatMap { $0.grammarLine.split { !$0.isLetter } }.map(String.init)).filter {
      $0.count > 1
    }
    for word in words where word == word.lowercased() {
      #expect(throws: Never.self, "\(word)") { try help.about(word) }
    }
    for word in [
      "and", "or", "not", "in", "is", "missing", "did", "times", "last", "forever", "segment", "filter", "date",
    ] {
      #expect(throws: Never.self, "\(word)") { try help.about(word) }
    }
    for code in DiagnosticCode.all { #expect(throws: Never.self) { try help.about(code.name) } }
  }

  @Test func helpKnowsWhatStandsInCapitals() {
    let help = HelpText(grammar, codes: DiagnosticCode.all)
    let lines = Forms.due.map(\.grammarLine) + Clause.allCases.map(\.grammarLine)
    let names = lines.flatMap { $0.split { !$0.isLetter && $0 != "$" } }.filter {
      $0 == $0.uppercased() && $0.count > 1
    }
    for name in Set(names) { #expect(throws: Never.self, "\(name)") { try help.about(String(name)) } }
    for sign in ["->", "=>", "{", "*", "~", "=", ".."] {
      #expect(throws: Never.self, "\(sign)") { try grammar.parse("help \(sign)") }
      #expect(throws: Never.self, "\(sign)") { try help.about(sign) }
    }
  }

  @Test func helpOfAClause() throws {
    #expect(
      try HelpText(grammar).about("Within") == """
        within DURATION|forever
          The most that may lie between the first step and the last; forever sets no
          limit. Days have 24 hours. Unless said otherwise: 30d.
          in funnel, time, dropoff, compare, drivers

        within DURATION|forever
          How far back from a goal its path reaches; forever sets no limit. Unless said
          otherwise: 30d.
          in attribute

        within DURATION|forever
          The time from the first step to the last of a question with steps. Weeks whose
          customers still have time are left out.
          in lift
        """)
  }

  @Test func helpOfAForm() throws {
    #expect(
      try HelpText(grammar).about("undo") == """
        undo [N]
          take back the last change of the map, or the last few

          The history is kept in the workspace, so undo works after a restart too.

            undo
            undo 3
        """)
  }

  @Test func helpSuggestsTheNearestTopic() throws {
    let problem = try #require(throws: Diagnostic.self) { try HelpText(grammar).about("funnle") }
    #expect(
      problem.rendered(in: "help funnle") == """
        error: there is no help on 'funnle' [topic.unknown]
          hint: help funnel
        """)
  }
}
