import Language
import SourceText
import Testing

@testable import Statements

/// What is typed, and the whole reply.
private let transcripts = [
  """
  way> funel visit -> cart within 7d
  error: 'funel' is not a statement [statement.unknown]
    funel visit -> cart within 7d
    ^^^^^
    hint: funnel
  """,
  """
  way> 12
  error: '12' is not a statement [statement.unknown]
    12
    ^^
    hint: help
  """,
  """
  way> explain simulat 12 customers
  error: 'simulat' is not a statement [statement.unknown]
    explain simulat 12 customers
            ^^^^^^^
    hint: simulate
  """,
  """
  way> funnel visit cart
  error: 'cart' is not a clause of 'funnel' [clause.unknown]
    funnel visit cart
                 ^^^^
    hint: within, order, entry, counting, gap, without, holding, where, for, by, at, during, …
  """,
  """
  way> funnel 日本 -> b wihin 7d
  error: 'wihin' is not a clause of 'funnel' [clause.unknown]
    funnel 日本 -> b wihin 7d
                     ^^^^^
    hint: within
  """,
  """
  way> count purchase by device every week
  error: 'every' is not a clause of 'count' [clause.unknown]
    count purchase by device every week
                             ^^^^^
    hint: where, for, during, vs, per, sort, top, as
  """,
  """
  way> count within 7d per day within 8d
  error: 'within' is given twice, first at column 7 [clause.repeated]
    count within 7d per day within 8d
                            ^^^^^^
  """,
  """
  way> count purchase within 7d
  error: 'count' does not use 'within' [clause.unused]
    count purchase within 7d
                   ^^^^^^
    hint: where, for, by, during, vs, per, sort, top, as
  """,
  """
  way> let $x = funnel a -> b depth 3
  error: 'funnel' does not use 'depth' [clause.unused]
    let $x = funnel a -> b depth 3
                           ^^^^^
    hint: within, order, entry, counting, gap, without, holding, where, for, by, at, during, vs, per, sort, top, as
  """,
  """
  way> funnel a -> b within 7
  error: '7' is not a duration [literal.wrong]
    funnel a -> b within 7
                         ^
    hint: forever, 7d, 24h
  """,
  """
  way> funnel a -> b within 3mo
  error: '3mo' is not a duration: months and years differ in length [literal.wrong]
    funnel a -> b within 3mo
                         ^^^
    hint: 30d, 365d
  """,
  """
  way> count during 2025-13
  error: '2025-13' is not a date [literal.wrong]
    count during 2025-13
                 ^^^^^^^
    hint: 2025-07-01, 2025-07, 2025-Q3, 2025-W31, 2025-07-01T10:30
  """,
  """
  way> count by device top ten
  error: 'ten' is not a whole number [literal.wrong]
    count by device top ten
                        ^^^
    hint: 10
  """,
  """
  way> people main
  error: 'main' is not a variable [literal.wrong]
    people main
           ^^^^
    hint: $main
  """,
  """
  way> load events shop.csv
  error: 'shop.csv' is not a quoted file name [literal.wrong]
    load events shop.csv
                ^^^^^^^^
    hint: "shop.csv"
  """,
  """
  way> load evnts "shop.csv"
  error: 'evnts' is not known here [word.unknown]
    load evnts "shop.csv"
         ^^^^^
    hint: events
  """,
  """
  way> add touchpoint Cart to Purchase ower me
  error: 'ower' is not known here [word.unknown]
    add touchpoint Cart to Purchase ower me
                                    ^^^^
    hint: owner
  """,
  """
  way> funnel a -> b order random
  error: 'random' is not known here [word.unknown]
    funnel a -> b order random
                        ^^^^^^
    hint: any, strict
  """,
  """
  way> funnel event -> cart
  error: '->' stands where an event is expected [name.expected]
    funnel event -> cart
                 ^^
    hint: "event"
  """,
  """
  way> funnel a -> 404
  error: '404' stands where a step is expected [name.expected]
    funnel a -> 404
                ^^^
    hint: "404"
  """,
  """
  way> funnel $pageview -> cart
  error: '->' cannot follow a variable [symbol.unexpected]
    funnel $pageview -> cart
                     ^^
    hint: "$pageview"
  """,
  """
  way> count where country in NO
  error: 'NO' stands where a list is expected [symbol.unexpected]
    count where country in NO
                           ^^
    hint: [NO]
  """,
  """
  way> count where a = 1)
  error: ')' cannot stand here [symbol.unexpected]
    count where a = 1)
                     ^
    hint: and, or, where, for, by, during, vs, per, sort, top, as
  """,
  """
  way> count purchase(amount > 5 by device
  error: '(' is not closed [bracket.unclosed]
    count purchase(amount > 5 by device
                  ^
    hint: (amount > 5)
  """,
  """
  way> funnel visit → cart
  error: '→' cannot stand here [character.unexpected]
    funnel visit → cart
                 ^
    hint: -> cart
  """,
  """
  way> note "second workshop
  error: the quote is not closed on its line [string.unclosed]
    note "second workshop
         ^^^^^^^^^^^^^^^^
    hint: "second workshop"
  """,
  """
  way> note "a\\q"
  error: '\\q' is not an escape [string.escape]
    note "a\\q"
           ^^
    hint: \\" \\\\ \\n \\t \\u{1F600}
  """,
  """
  way> describe a b
  error: 'b' is left over: the statement is complete before it [statement.left-over]
    describe a b
               ^
  """,
  """
  way> funnel a ->
  error: the statement ends where a step is expected [statement.incomplete]
    funnel a ->
               ^
    hint: stage, touchpoint, event, step
  """,
  """
  way> assert funnel a -> b
  error: the statement ends where a word is expected [statement.incomplete]
    assert funnel a -> b
                        ^
    hint: is, has, =, !=, <, <=, >, >=
  """,
  """
  way> move touchpoint Cart
  error: the statement ends where a word is expected [statement.incomplete]
    move touchpoint Cart
                        ^
    hint: to, after, before
  """,
  """
  way> help "
  error: the quote is not closed on its line [string.unclosed]
    help "
         ^
  """,
]

@Suite struct WordingErrorTests {
  private let grammar = Grammar(Forms.all)

  private func reply(to text: String) -> String {
    do throws(Diagnostic) {
      let statement = try grammar.parse(text)
      try grammar.check(statement)
      return grammar.canonical(statement)
    } catch {
      return error.rendered(in: text)
    }
  }

  @Test(arguments: transcripts)
  func repliesWhole(_ transcript: String) {
    let lines = transcript.split(separator: "\n", maxSplits: 1).map(String.init)
    #expect(reply(to: String(lines[0].dropFirst(5))) == lines[1])
  }

  @Test func anEmptyStatementIsSaidToBeEmpty() {
    #expect(reply(to: " # nothing") == "error: the statement is empty [statement.incomplete]\n  hint: help")
  }

  /// Nothing that nests can exhaust the stack.
  @Test(arguments: [
    ("count where ", "(", "", ""), ("count where ", "not ", "a = 1", ""), ("funnel ", "{", "", ""),
    ("count for ", "(", "a", ")"), ("", "explain ", "count", ""),
  ])
  func nestingHasALimit(before: String, open: String, inside: String, close: String) throws {
    let text = before + String(repeating: open, count: 8_000) + inside + String(repeating: close, count: 8_000)
    let problem = try #require(throws: Diagnostic.self) { try grammar.parse(text) }
    #expect(problem.code == .nestingTooDeep)
    #expect(problem.rendered(in: text).utf8.count < 600)
  }

  @Test func sixtyFourLevelsAreFine() throws {
    let text = "count where " + String(repeating: "not ", count: 64) + "a = 1"
    #expect(reply(to: text) == text)
    #expect(reply(to: "count where not " + text.dropFirst(12)).contains("[nesting.too-deep]"))
  }

  @Test func aStatementOverTheLimitIsAnError() throws {
    let name = String(repeating: "x", count: Lexer.longestStatement)
    #expect(throws: Never.self) { try grammar.parse("count " + name.dropLast(6)) }
    let problem = try #require(throws: Diagnostic.self) { try grammar.parse("count " + name.dropLast(5)) }
    #expect(problem.code == .statementTooLong)
    #expect(problem.rendered(in: "count " + name).utf8.count < 400)
  }

  /// Every code that `help` explains can be seen, and none is used that it does not explain.
  @Test func everyCodeOfTheLanguageIsShown() {
    let shown = Set(transcripts.compactMap { $0.split(separator: "\n")[1].split(separator: "[").last?.dropLast() })
    let elsewhere: Set<Substring> = ["nesting.too-deep", "statement.too-long", "text.not-utf8", "topic.unknown"]
    #expect(shown.union(elsewhere) == Set(CodeArea.all[0].codes.map { Substring($0.name) }))
  }
}
