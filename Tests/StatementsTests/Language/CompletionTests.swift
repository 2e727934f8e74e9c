import Language
import Testing

@testable import Statements

private let grammar = Grammar(Forms.all)

/// Keywords, then symbols, then kinds of literal in `<>` and of names in `()`, of what can be typed at the `^` in the text.
private func offered(_ marked: String) -> String? {
  let parts = marked.split(separator: "^", maxSplits: 1, omittingEmptySubsequences: false)
  guard let completion = grammar.completion(of: parts.joined(), at: parts[0].utf8.count) else { return nil }
  let keywords = completion.expected.compactMap { if case .keyword(let word) = $0 { word } else { nil } }
  let symbols = completion.expected.compactMap { if case .symbol(let symbol) = $0 { symbol.rawValue } else { nil } }
  let literals = completion.expected.compactMap { if case .literal(let kind) = $0 { "<\(kind)>" } else { nil } }
  let names = completion.expected.compactMap { if case .name(let names) = $0 { "(\(names.described))" } else { nil } }
  return (keywords + symbols + literals + names + (completion.expected.contains(.end) ? ["end"] : []))
    .joined(separator: " ")
}

@Suite struct CompletionTests {
  @Test(arguments: [
    ("fun^", "funnel"), ("FUN^", "funnel"), ("s^", "save simulate set snapshot sessions skip show"),
    ("sim^", "simulate"),
    ("load ^", "events customers identities survey spend map sample"), ("load e^", "events"),
    ("export ^", "map events people walk review <variable>"),
    ("funnel ^", "stages stage touchpoint event step { * <variable> (a step)"),
    ("funnel stage ^", "(a stage)"), ("funnel vi^ -> b", "(a step)"), ("funnel \"Pro^", "(a step)"),
    ("funnel visit -> event ^", "(an event)"),
    (
      "funnel a -> b ^",
      "within order entry counting gap without holding where for by at during vs per sort top as ( ? -> => end"
    ),
    ("funnel a -> b w^", "within without where"), ("funnel a -> b within 7d by country, device w^", "without where"),
    ("funnel a -> b within ^", "forever <duration> <variable>"), ("funnel a -> b within $^", "<variable>"),
    ("funnel a -> b order ^", "any strict"), ("funnel a -> b per ^", "hour day week month quarter year"),
    ("count during last 2 ^", "hours days weeks months quarters years"),
    ("count where ^", "not ( (a property)"), ("count where device ^", "in not is = != < <= > >= ~"),
    ("count where device = ^", "true false <number> <percent> <duration> <date> <variable> (a value)"),
    ("count where device = web ^", "and or where for by during vs per sort top as end"),
    ("count for ^", "not persona segment did ( <variable> (a segment or persona) (a property)"),
    ("count for persona ^", "in not is = != < <= > >= ~ (a persona)"),
    ("count for did purchase 2 or ^", "more fewer"), ("rename ^", ElementKindWords.all),
    ("rename touchpoint ^", "(a touchpoint)"), ("rename touchpoint a ^", "to"),
    ("add touchpoint X ^", "to after before \(AttributeWords.all) as end"),
    ("add touchpoint X channel ^", "true false <number> <percent> <duration> <date> <variable> (a value)"),
    ("load events \"^", "<file>"), ("load events \"a.csv\" customer ^", "<wholeNumber> (a column)"),
    (
      "assert ^",
      "funnel time dropoff count list paths flow loops conform retention sessions value attribute compare lift drivers kpis people nps csat ces answers describe check number owner status emotion severity impact effort target since due reviewed note stage touchpoint persona channel pain opportunity question need action motivation quote backstage win kpi goal "
        + "<variable> <number> <percent> <duration> (a figure)"
    ),
    ("show event ^", "(an event)"), ("why ^", "customer"), ("let $x ^", "="), ("undo ^", "<wholeNumber> end"),
    ("help fun^", "(a statement, clause or code)"), ("count by device sort ^", "(a column of the answer)"),
    ("people $p at 2 w^", "where with"), ("people $p at 2 t^", "top"),
    ("export people $p ^", "lost at skipped back ahead where for sort top with to"),
  ])
  func offersWhatTheGrammarTakes(_ marked: String, _ expected: String) {
    #expect(offered(marked) == expected)
  }

  @Test(arguments: ["funel x ^", "count # comm^", "count a b c ^", "note \"a\"^", "funnel a -> -> ^"])
  func offersNothingWhereTheStatementIsWrongOrDone(_ marked: String) {
    let offer = offered(marked)
    #expect(offer == nil || offer == "on since end")
  }

  @Test func saysWhatIsReplacedAndHowNamesAreWritten() throws {
    let word = try #require(grammar.completion(of: "count Wi", at: 8))
    #expect(word.range == 6..<8)
    #expect(word.typed == "Wi")
    #expect(word.written("Within") == "\"Within\"")
    #expect(word.written("Wishlist") == "Wishlist")
    #expect(word.written("Wish list") == "\"Wish list\"")
    let quoted = try #require(grammar.completion(of: "funnel é -> \"Tha", at: 17))
    #expect(quoted.range == 13..<17)
    #expect(quoted.typed == "Tha")
    #expect(quoted.opening == .quote)
    #expect(quoted.written("Thanks") == "\"Thanks\"")
    let path = try #require(grammar.completion(of: "funnel a -> ", at: 12))
    #expect(path.range == 12..<12)
    #expect(path.written("at") == "at")
    #expect(path.written("event") == "\"event\"")
  }

  @Test func paintsWordsByWhatTheyAreReadAs() {
    let text = "count by by by within 7d ; x"
    let painted = grammar.highlights(of: text).map { "\(text.utf8.prefix($0.span.upperBound).count):\($0.role)" }
    #expect(
      painted == ["5:keyword", "8:keyword", "11:name", "14:unread", "21:unread", "24:unread", "26:unread", "28:unread"])
    #expect(
      grammar.highlights(of: "funnel by -> \"x\" within $w top 5").map(\.role)
        == [.keyword, .name, .symbol, .name, .keyword, .variable, .keyword, .literal])
  }
}

private enum ElementKindWords {
  static let all =
    "stage touchpoint persona channel pain opportunity question need action motivation quote backstage win kpi goal"
}

private enum AttributeWords {
  static let all =
    "owner status channel persona emotion severity impact effort target since due reviewed note"
}
