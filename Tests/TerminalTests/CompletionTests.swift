import Testing

@testable import Terminal

@Suite struct CompletionTests {
  private typealias Candidate = CompletionResult.Candidate

  @Test func oneCandidateIsInsertedWithABlank() throws {
    let terminal = try PseudoTerminal("editor-harness")
    terminal.expect(rows: "way>")
    terminal.type("fu\ta -> Ü\t\r")
    terminal.expect(rows: #"got "funnel a -> Überblick ""#, "way>")
  }

  @Test func severalAreListedBelowTheLine() throws {
    let terminal = try PseudoTerminal("editor-harness")
    terminal.expect(rows: "way>")
    terminal.type("x ->\rf\t")
    terminal.expect(rows: "way> x ->", "...> f", "funnel  flow    forget")
    #expect(terminal.screen.line == "...> f")
    terminal.type("l\t\r")
    terminal.expect(rows: #"got "x ->\nflow ""#, "way>")
  }

  @Test func whatTheyShareIsInsertedFirst() throws {
    let terminal = try PseudoTerminal("editor-harness")
    terminal.expect(rows: "way>")
    terminal.type("概\t")
    terminal.expect(rows: "way> 概", "概要  概念")
  }

  @Test func insertion() {
    func insertion(_ candidates: [Candidate], for typed: String) -> String? {
      CompletionResult(replacing: 0..<typed.utf8.count, with: candidates).insertion(for: typed)
    }
    #expect(insertion([], for: "x") == nil)
    #expect(insertion([Candidate("funnel")], for: "FU") == "funnel ")
    #expect(insertion([Candidate("maps/", endsWord: false)], for: "m") == "maps/")
    #expect(insertion([Candidate("where"), Candidate("when")], for: "w") == "whe")
    #expect(insertion([Candidate("where"), Candidate("when")], for: "whe") == nil)
    #expect(insertion([Candidate("where"), Candidate("within")], for: "WH") == nil)
  }

  @Test func columnsFitTheWidth() {
    let names = ["概要", "b", "cc", "ddd", "e"].map { Candidate($0) }
    #expect(CandidateList(names, columns: 80).lines(limit: 5) == ["概要  b     cc    ddd   e"])
    #expect(CandidateList(names, columns: 10).lines(limit: 5) == ["概要  ddd", "b     e", "cc"])
    #expect(CandidateList(names, columns: 3).lines(limit: 5) == ["概…", "b", "cc", "ddd", "e"])
    #expect(CandidateList(names, columns: 10).lines(limit: 2) == ["概要  ddd", "… and 2 m…"])
  }

  @Test func notesStandBesideTheirCandidates() {
    let names = [Candidate("cart", note: "1,204"), Candidate("概要", note: "7"), Candidate("x")]
    #expect(CandidateList(names, columns: 20).lines(limit: 5) == ["cart 1,204", "概要     7", "x"])
    #expect(CandidateList(names, columns: 30).lines(limit: 5) == ["cart 1,204  x", "概要     7"])
    #expect(CandidateList(names, columns: 8).lines(limit: 5) == ["cart", "概要", "x"])
  }
}
