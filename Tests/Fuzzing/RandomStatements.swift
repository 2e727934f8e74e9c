import Language
import TestSupport

/// Writes random statements from forms. All names are quoted, and most of them are keywords somewhere.
package struct RandomStatements {
  private var random: SeededRandom
  private let forms: [Form]
  private let names: [String]
  private let files: [String]
  private var depth = 0

  /// - Parameters:
  ///   - names: names of anything, quoted.
  ///   - files: names of files, quoted.
  package init(_ forms: [Form], seed: UInt64, names: [String] = keywords, files: [String] = keywords) {
    (self.forms, self.names, self.files) = (forms, names, files)
    random = SeededRandom(seed: seed)
  }

  package mutating func statement() -> String { statement(pick(forms)) }

  private mutating func statement(_ form: Form) -> String { words(form.syntax).joined(separator: " ") }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &random)]
  }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  private mutating func words(_ items: [Syntax]) -> [String] { items.flatMap { words($0) } }

  private mutating func words(_ item: Syntax) -> [String] {
    switch item {
    case .word(let word): return [chance(90) ? word : word.uppercased()]
    case .symbol(let symbol): return [symbol.rawValue]
    case .optional(let content): return chance(60) ? words(content) : []
    case .repeated(let content): return (0..<pick([0, 1, 3])).flatMap { _ in words(content) }
    case .choice(let alternatives): return words(pick(alternatives))
    case .clauses(let own):
      // Some forms have these words before or behind their clauses.
      var chosen = Clause.allCases.filter { clause in
        (own.contains(clause) || ![.at, .as, .with].contains(clause)) && chance(25)
      }
      chosen.shuffle(using: &random)
      return chosen.flatMap { clause in [clause.word, operand(own.first { $0 == clause }?.slot ?? clause.slot)] }
    case .slot(_, let slot): return [operand(slot)]
    }
  }

  private mutating func name() -> String { pick(names) }

  private mutating func list(_ separator: String, _ make: (inout RandomStatements) -> String) -> String {
    (0..<pick([1, 1, 2, 3])).map { _ in make(&self) }.joined(separator: separator)
  }

  private mutating func operand(_ slot: Slot) -> String {
    if let words = slot.words { return slot.isList ? list(", ") { $0.pick(words) } : pick(words) }
    switch slot {
    case .file: return pick(files)
    case .number: return pick(["0", "7", "1_000"])
    case .percent: return pick(["50%", "12.5%"])
    case .count: return pick(["1", "5"])
    case .unit: return pick(["day", "weeks"])
    case .sorting: return name() + pick(["", " descending"])
    case .window: return pick(["7d", "forever", "$w"])
    case .list(of: .one): return list(", ") { $0.one() }
    case .list(of: .name(.property)): return list(", ") { $0.name() }
    case .variable: return pick(["$x", "$3", "$_", "$last"])
    case .customer: return pick([name(), "0042"])
    case .path: return chance(10) ? "$p" : path(atLeast: 1)
    case .one: return one()
    case .spot: return chance(30) ? "2" : one()
    case .duration: return pick(["7d", "1d12h", "500ms", "2w", "$w"])
    case .range: return pick(["2025", "2025-Q3 .. 2025-10-04", "last week", "last 3 days", "$a .. $b", "$r"])
    case .rangeOrPrevious: return pick(["previous", "2025-Q3", "$r"])
    case .date: return pick(["2025", "2025-07-01", "2025-W31"])
    case .condition: return condition()
    case .people: return people()
    case .test: return chance(50) ? "(\(people()))" : personTest()
    case .value: return value()
    case .figure: return pick(["12", "-1.5", "12%", "7d"])
    case .comparison: return pick(["=", "!=", "<", "<=", ">", ">="])
    case .place: return pick(["to", "after", "before", "to \(node()) after"]) + " " + node()
    case .node: return node()
    case .setting:
      return pick(["owner", "status", "channel", "emotion", "target", "target at most"]) + " "
        + list(", ") { $0.value() }
    case .meaning: return "as " + pick([people(), "$x", inner(.ask)])
    case .binding:
      return pick([path(atLeast: 2), "12", "12%", "7d", "true", name(), "2025 .. 2025-07", "last week", inner(.ask)])
    case .ask: return inner(.ask)
    // Behind a group without its word a comparison would make it a property.
    case .askOrVariable: return chance(30) ? "$x" : "count for (\(people()))"
    case .question: return "count " + one()
    case .statement: return inner(nil)
    // A name, a text, a column.
    default: return name()
    }
  }

  /// A statement within a statement, not too deep.
  private mutating func inner(_ group: Form.Group?) -> String {
    guard depth < 2 else { return "describe" }
    depth += 1
    defer { depth -= 1 }
    return statement(pick(forms.filter { group == nil || $0.group == group }))
  }

  private mutating func node() -> String { pick(["", "stage ", "pain "]) + name() }

  private mutating func path(atLeast least: Int) -> String {
    var text = one()
    for _ in 1..<max(least, pick([1, 2, 4])) + (least == 1 ? 0 : 1) {
      text += pick([" -> ", " => ", " ->[2h] ", " =>[$d] "]) + one() + pick(["", "", "?"])
    }
    return text
  }

  private mutating func one() -> String {
    depth += 1
    defer { depth -= 1 }
    let atom = pick([
      name(), name(), pick(["stage ", "event ", "step "]) + name(), "*",
      depth > 3 ? "*" : "{\(list(" | ") { $0.one() })}",
    ])
    return atom + (chance(20) && depth < 3 ? "(\(condition()))" : "")
  }

  private mutating func value() -> String {
    pick([name(), name(), "-1.50", "12%", "7d", "2025-07-01T10:30", "true", "$v"])
  }

  private mutating func test() -> String {
    pick([
      "= " + value(), "<= " + value(), "~ " + value(), "is missing", "is not missing",
      "in [\(list(", ") { $0.value() })]",
      "not in [\(value())]",
    ])
  }

  private mutating func condition() -> String {
    depth += 1
    defer { depth -= 1 }
    guard depth < 4 else { return name() + " " + test() }
    return list(pick([" and ", " or "])) { maker in
      maker.pick(["", "", "not "]) + (maker.chance(25) ? "(\(maker.condition()))" : maker.name() + " " + maker.test())
    }
  }

  private mutating func people() -> String {
    depth += 1
    defer { depth -= 1 }
    guard depth < 4 else { return name() }
    return list(pick([" and ", " or "])) { maker in
      maker.pick(["", "", "not "]) + (maker.chance(25) ? "(\(maker.people()))" : maker.personTest())
    }
  }

  private mutating func personTest() -> String {
    pick([
      name(), name() + " " + test(), "persona " + name(), "segment " + name(),
      pick(["did ", "persona ", "segment "]) + test(),
      "did " + one() + pick(["", " 3 times", " 1 or more times", " 2 or fewer times"])
        + pick(["", " in last 2 weeks"]),
    ])
  }
}

extension RandomStatements {
  /// Names that most need their quotes.
  package static let keywords = [
    "a", "b-c", "event", "Stage", "touchpoint", "step", "stages", "not", "TRUE", "false", "is", "in", "or", "and",
    "did",
    "persona", "segment", "within", "by", "at", "as", "to", "from", "with", "last", "funnel", "count", "value",
    "people",
    "check", "of", "between", "a b", "é", "x\\\"y", "", "42", "7d", "2025", "-", "pain", "goal", "where", "then", "on",
    "\\u{0}\\n",
  ].map { "\"\($0)\"" }
}
