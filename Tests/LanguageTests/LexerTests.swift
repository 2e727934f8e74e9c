import JourneyTime
import SourceText
import TestSupport
import Testing

@testable import Language

/// Tokens in short: `w:` word, `s:` string, `n:` number, `p:` percent, `d:` duration, `t:` date, `$` variable, `!` what is wrong.
private func short(_ text: String) -> [String] {
  Lexer.tokens(of: text).dropLast().map { token in
    switch token.kind {
    case .word(let text): "w:\(text)"
    case .string(let text): "s:\(text)"
    case .number(let number): "n:\(number.asLiteral)"
    case .percent(let share): "p:\(share.asPercent)"
    case .duration(let duration): "d:\(duration.literal)"
    case .date(let date): "t:\(date)"
    case .variable(let name): "$\(name)"
    case .symbol(let symbol): symbol.rawValue
    case .wrong(let problem): "!\(problem.code)"
    case .end: "end"
    }
  }
}

@Suite struct LexerTests {
  @Test(arguments: [
    ("funnel a->b=>c", ["w:funnel", "w:a", "->", "w:b", "=>", "w:c"]),
    ("add-to-cart nps-q3 db.events _x", ["w:add-to-cart", "w:nps-q3", "w:db.events", "w:_x"]),
    ("$from..$to $3 $_ $a-b", ["$from", "..", "$to", "$3", "$_", "$a-b"]),
    ("Größe 日本語 e\u{301}t", ["w:Größe", "w:日本語", "w:e\u{301}t"]),
    ("a- -b a.", ["w:a", "!character.unexpected", "!character.unexpected", "w:b", "w:a", "!character.unexpected"]),
    ("12 -2 +1 3.5 1_000 -1.5", ["n:12", "n:-2", "n:1", "n:3.5", "n:1000", "n:-1.5"]),
    ("12% 0.5% 7%", ["p:12%", "p:0.5%", "p:7%"]),
    ("500ms 90s 30m 24h 7d 2w", ["d:500ms", "d:1m30s", "d:30m", "d:1d", "d:7d", "d:14d"]),
    // As answers show them.
    ("1m 24s, 15d 9h 1d12h", ["d:1m24s", ",", "d:15d9h", "d:1d12h"]), ("1.2s 1m\n24s", ["d:1s200ms", "d:1m", "d:24s"]),
    ("50 % 0.070 % 3 %x", ["p:50%", "p:0.07%", "p:3%", "w:x"]),
    ("2025 2025-Q3 2025-07 2025-W31", ["n:2025", "t:2025-Q3", "t:2025-07", "t:2025-W31"]),
    ("2025-07-01..2025-07-31", ["t:2025-07-01", "..", "t:2025-07-31"]),
    ("2025-07-01T10:30 2025-07-01T10:30:15.5+02:00", ["t:2025-07-01T10:30", "t:2025-07-01T10:30:15.5+02:00"]),
    ("2025-13 2025-02-30 7x 1__0 1_ 12h1d 1d1d 1.5h1m 1e5", Array(repeating: "!literal.wrong", count: 9)),
    ("9999999999999w 3mo \(String(repeating: "9", count: 400))", Array(repeating: "!literal.wrong", count: 3)),
    (#""a \" \\ \n \t \u{1F600}" "$pageview""#, ["s:a \" \\ \n \t 😀", "s:$pageview"]),
    (#""\q" "\u{110000}" "\u41""#, Array(repeating: "!string.escape", count: 3)),
    ("\"open", ["!string.unclosed"]),
    ("\"open\nb", ["!string.unclosed", "w:b"]),
    ("a # rest \" of it\nb", ["w:a", "w:b"]),
    ("a \\ # why\n b", ["w:a", "w:b"]),
    ("a \\ b", ["w:a", "!character.unexpected", "w:b"]),
    ("a\u{A0}b", ["w:a", "w:b"]),
    ("a\u{0}b \"\u{0}\"", ["w:a", "!character.unexpected", "w:b", "!character.unexpected"]),
    ("a \u{FFFD} \"\u{FFFD}\"", ["w:a", "!text.not-utf8", "!text.not-utf8"]),
    ("$ $-", ["!character.unexpected", "!character.unexpected", "!character.unexpected"]),
    (
      "<= >= != < > = ~ * ? | , ( ) [ ] { }",
      ["<=", ">=", "!=", "<", ">", "=", "~", "*", "?", "|", ",", "(", ")", "[", "]", "{", "}"]
    ),
  ])
  func tokens(_ text: String, _ expected: [String]) {
    #expect(short(text) == expected)
  }

  @Test func spansAreBytesOfTheText() {
    let text = "é -> \"日本\" 7d"
    let spans = Lexer.tokens(of: text).map(\.span)
    #expect(spans == [0..<2, 3..<5, 6..<14, 15..<17, 17..<17])
  }

  @Test(arguments: ["add-to-cart", "x", "_", "日本", "a.b-c", "æøå2"])
  func namesStayBare(_ name: String) {
    #expect(name.writtenAsName() == name)
    #expect(short(name) == ["w:\(name)"])
  }

  @Test(arguments: [
    "", "a b", "2x", "-a", "a-", "a..b", "a--b", "$x", "a\"b", "tab\t\\", "\u{0}\u{7F}\u{2028}", "\u{FFFD}", "\u{301}",
  ])
  func namesAreQuotedSoThatTheyReadBack(_ name: String) {
    #expect(name.writtenAsName() == name.quoted)
    #expect(short(name.quoted) == ["s:\(name)"])
  }

  @Test func numbersReadBackExactly() throws {
    var random = SeededRandom(seed: 7)
    let odd = [
      0.1, 0.07, 0.29, 1e16, 1e-7, 123_456_789.125, Double.leastNonzeroMagnitude, Double.greatestFiniteMagnitude, 0,
      100, 2.5e-5,
    ]
    for number in odd + (0..<2_000).map({ _ in Double(bitPattern: random.next()) }) where number.isFinite {
      let plain = number.asLiteral
      #expect(!plain.contains("e"))
      #expect(short(plain).first == "n:\(plain)")
      guard case .number(let again) = try #require(Lexer.tokens(of: plain).first).kind else { return }
      #expect(again == number)
      guard number.magnitude < 1e300,
        case .percent(let share)? = Lexer.tokens(of: number.asPercent).first?.kind
      else { continue }
      #expect(share == number)
    }
  }
}
