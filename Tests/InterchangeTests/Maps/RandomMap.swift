import JourneyModel
import TestSupport

/// Random maps with names that formats trip over; they depend on nothing but the seed.
struct RandomMap: RandomNumberGenerator {
  private var random: SeededRandom
  private let names: [String]

  init(seed: UInt64, names: [String] = nastyNames) {
    random = SeededRandom(seed: seed)
    self.names = names
  }

  static let nastyNames = [
    "Cart", "Thank-you email", "購入 手続き", "🛒 cart 👩‍💻", "é\u{301}", "true", "No", "12", "-3.5", "1e3", "0x1F", "null", "~",
    "2025-07-01", "12:30", ".inf", "<<", "=", " leading", "trailing ", "\ttab", "a: b", "ends:", "#1", "a #b", "a#b;",
    "- dash",
    "-", "? ask", "\"quoted\"", "'single'", "back\\slash", "back\\", "[list]", "{map}", "a, b", "&anchor", "*alias",
    "!tag",
    "%percent", "100%%", "%%{x}%%", "@at", "`tick`", "|", ">", "two\nlines", "three\n\nlines\n", "\nfirst",
    "cr\rlf\r\n",
    "nul\0", "bell\u{7}", "nel\u{85}", "ls\u{2028}", "bom\u{FEFF}", "non\u{FFFF}", "a;b", ";", "a\\;b", "title x",
    "Section y",
    "journey", "accTitle", "accDescr { }", "<br/>", "a<br>b", "&lt;", "#35;", "#quot;", "---", "...", "name", "stage",
    "=1+1", "kind", "a|b", "**bold**", "\u{200B}zero", "\u{202E}right to left", "\u{A0}hard",
  ]

  mutating func next() -> UInt64 { random.next() }

  private mutating func pick<T>(_ choices: [T]) -> T { choices[Int(next() % UInt64(choices.count))] }

  private mutating func values(_ attribute: Attribute) throws -> [AttributeValue] {
    let values: [AttributeValue] =
      switch attribute.content {
      case .text: attribute == .note ? [.text(pick(names)), .text(pick(names))] : [.text(pick(names))]
      case .names: (0...(next() % 3)).map { _ in .text(pick(names)) }
      case .scale(let range): [.integer(pick(Array(range)))]
      case .figure:
        [
          pick([
            .number(12), .number(-0.125), .number(1e21), .share(0.07), .share(1.0 / 3), .atMost(.share(0.05)),
            .atMost(.number(-3)),
            .duration(microseconds: 129_600_000_000),
          ])
        ]
      case .date: [pick([.date("2025"), .date("2025-Q3"), .date("2025-W31"), .date("2025-07-01T10:30:15.5+02:00")])]
      }
    return try attribute.values(values)
  }

  /// A map of up to `count` elements.
  mutating func map(_ count: Int) throws -> JourneyMap {
    var elements: [Element] = []
    for _ in 0..<count {
      let kind = pick(ElementKind.allCases)
      let parents = elements.filter { kind.parents.contains($0.kind) }
      if kind.needsParent, parents.isEmpty { continue }
      let parent = parents.isEmpty || (!kind.needsParent && next() % 2 == 0) ? nil : pick(parents).reference
      var element = Element(kind, pick(names), under: parent)
      guard !elements.contains(where: { $0.reference == element.reference }) else { continue }
      for attribute in Attribute.allCases where next() % 3 == 0 {
        element.attributes[attribute] = try values(attribute)
      }
      if kind.hasMeaning, next() % 2 == 0 {
        element.meaning = pick(["funnel a -> b within 7d", "did x(y = \"#\")", pick(names)])
      }
      if kind == .touchpoint, next() % 2 == 0 {
        element.emotions = Dictionary((0...2).map { _ in (pick(names), Int(next() % 5) - 2) }) { first, _ in first }
      }
      if kind == .touchpoint, next() % 2 == 0 { element.links = Array(Set((0...2).map { _ in pick(names) })).sorted() }
      elements.append(element)
    }
    let notes = (0..<(next() % 3)).map { _ in pick(names) }
    return try JourneyMap(
      name: pick(names), title: next() % 2 == 0 ? "" : pick(names), notes: notes, elements: elements)
  }
}
