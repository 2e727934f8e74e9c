import JourneyModel
import JourneyQuery
import JourneyTime
import Language
import Rendering
import SourceText

/// `assert touchpoint Checkout in Purchase`, `assert number of pains in Checkout >= 2`, `assert emotion of Checkout < 0`.
enum AssertMapStatement: Statement {
  static let form = Form(
    "assert map", in: .judge,
    [
      "assert",
      .choice([
        [
          "number", "of", .slot("counted", .oneOf(counted)), .optional(["in", .slot("place", .node)]),
          .slot("comparison", .comparison), .slot("number", .number),
        ],
        [.slot("attribute", .oneOf(attributes)), "of", .slot("node", .node), .optional(["for", persona])]
          + [.optional(compared)],
        [
          .kind,
          .choice([
            ["of", .slot("node", .node), .optional(compared)],
            [.element, .optional(["in", .slot("place", .node)])],
          ]),
        ],
      ]), .optional(["else", .slot("message", .text)]),
    ],
    summary: "fail unless the map has this, so many, or such a value",
    meaning: """
      An element is there by its kind and name, perhaps in a stage or touchpoint, however deep; capitals do not matter. Number \
      counts elements of a kind, links, segments or defined steps. An attribute is set, or compares with a value: numbers and \
      durations in all ways, texts and dates as equal or not; of several values, as channels, one is enough. Emotion is \
      everyone's, or a persona's with for.
      """,
    examples: [
      "assert touchpoint Checkout in Purchase",
      "assert number of pains in Checkout >= 1",
      "assert emotion of Checkout < 1",
      "assert channel of Checkout = web else \"where is it met?\"",
    ])

  private static let counted = ElementKind.allCases.map(\.plural) + ["links", "segments", "steps"]
  /// Those whose words are kinds too are read as kinds.
  private static let attributes = Attribute.allCases.map(\.rawValue).filter { ElementKind(rawValue: $0) == nil }
  private static let persona: Syntax = .slot("persona", .name(.element(.persona)))
  private static let compared: [Syntax] = [.slot("comparison", .comparison), .slot("value", .value)]

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    if let counted = parsed.word("counted") { return try checkNumber(of: counted, parsed, in: session) }
    let map = try session.activeMap(at: parsed.span)
    if case .node(let node)? = parsed["node"] {
      return try checkAttribute(of: element(node, on: map, parsed), parsed, in: session)
    }
    guard let kind = parsed.word("kind").flatMap(ElementKind.init), let name = parsed.name("name") else {
      throw .incomplete(parsed)
    }
    let place = try place(parsed, on: map)
    let tree = MapTree(map)
    let named = map.all(kind).filter { $0.name.isName(name.text) }
    guard let found = named.first(where: { element in place.map { tree.isUnder(element, $0) } ?? true }) else {
      let elsewhere = named.first?.parent.map { "; it is in \($0)" } ?? ""
      let within = place.map { " in \($0)" } ?? ""
      throw .failed("the map has no \(kind) '\(name.text)'\(within)\(elsewhere)", parsed)
    }
    return .done("holds: \(found.reference)" + (place.map { " in \($0)" } ?? ""))
  }

  // MARK: How many

  private static func checkNumber(
    of counted: String, _ parsed: ParsedStatement, in session: Session
  ) throws(Diagnostic) -> Reply {
    guard case .comparison(let comparison)? = parsed["comparison"], let wanted = parsed.number("number") else {
      throw .incomplete(parsed)
    }
    let number: Int
    switch counted {
    case "segments": number = try session.attempt(session.workspace.saved(.segment)).count
    case "steps": number = try session.attempt(session.workspace.saved(.step)).count
    default:
      let map = try session.activeMap(at: parsed.span)
      let place = try place(parsed, on: map)
      let kind = ElementKind.allCases.first { $0.plural == counted }
      let tree = MapTree(map)
      let elements = map.elements.filter { element in place.map { tree.isUnder(element, $0) } ?? true }
      let links = elements.reduce(place.flatMap(map.element)?.links.count ?? 0) { $0 + $1.links.count }
      number = kind.map { kind in elements.count { $0.kind == kind } } ?? links
    }
    let found = "the number of \(counted) is \(number.grouped)"
    guard comparison.holds(number, wanted) else {
      throw .failed("\(found), not \(comparison.rawValue) \(wanted.grouped)", parsed)
    }
    return .done("holds: \(found)")
  }

  // MARK: Attributes

  private static func checkAttribute(
    of element: Element, _ parsed: ParsedStatement, in session: Session
  ) throws(Diagnostic) -> Reply {
    let word = parsed.word("attribute") ?? parsed.word("kind") ?? ""
    guard let attribute = Attribute(rawValue: word) else {
      throw Diagnostic(
        .mapAttributeUnknown, "'\(word)' is nothing that is said of an element",
        at: parsed.span(of: "kind"), hint: Attribute.allCases.map(\.rawValue).joined(separator: ", "))
    }
    let values: [AttributeValue]
    if let persona = parsed.name("persona") {
      let felt = element.emotions.first { $0.key.isName(persona.text) }?.value ?? element.scale(.emotion)
      values = felt.map { [.integer($0)] } ?? []
    } else {
      values = element.attributes[attribute] ?? []
    }
    let named = "\(attribute) of \(element.reference)"
    guard !values.isEmpty else { throw .failed("\(named) is not set", parsed) }
    let found = "\(named) is \(values.map(\.text).joined(separator: ", "))"
    guard case .comparison(let comparison)? = parsed["comparison"], case .value(let value)? = parsed["value"] else {
      return .done("holds: \(found)")
    }
    let wanted = try session.resolver().literalContent(value)
    let tests = try values.map { (held) throws(Diagnostic) in try held.holds(comparison, wanted, at: value.span) }
    guard comparison == .notEqual ? !tests.contains(false) : tests.contains(true) else {
      throw .failed("\(found), not \(comparison.rawValue) \(value.canonical())", parsed)
    }
    return .done("holds: \(found)")
  }

  // MARK: Elements

  private static func place(_ parsed: ParsedStatement, on map: JourneyMap) throws(Diagnostic) -> ElementReference? {
    guard case .node(let node)? = parsed["place"] else { return nil }
    return try element(node, on: map, parsed).reference
  }

  /// The first of the name in map order, so that what holds others wins.
  private static func element(
    _ node: NodeSyntax, on map: JourneyMap, _ parsed: ParsedStatement
  ) throws(Diagnostic) -> Element {
    let named = map.elements.filter {
      $0.name.isName(node.name.text) && (node.kind ?? $0.kind.rawValue) == $0.kind.rawValue
    }
    if let first = named.min(by: { $0.kind.rank < $1.kind.rank }) { return first }
    throw .failed("the map has no \(node.kind.map { $0 + " " } ?? "")'\(node.name.text)'", parsed)
  }
}

extension ElementKind {
  fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension String {
  fileprivate func isName(_ other: String) -> Bool { lowercased() == other.lowercased() }
}

extension AttributeValue {
  private var measure: Measure? {
    switch self {
    case .integer(let number): .number(Double(number))
    case .number(let number): .number(number)
    case .share(let share): .share(share)
    case .duration(let microseconds): .duration(JourneyTime.Duration(microseconds: microseconds))
    case .atMost(let value): value.measure
    case .text, .date: nil
    }
  }

  fileprivate func holds(
    _ comparison: Comparison, _ wanted: ValueSyntax.Content, at span: Range<Int>
  ) throws(Diagnostic) -> Bool {
    if let measure { return try measure.holds(comparison, Measure(wanted, at: span), at: span) }
    let text: String
    switch self {
    case .text(let own), .date(let own): text = own
    default: return false
    }
    let other: String
    switch wanted {
    case .name(let name): other = name.text
    case .date(let date): other = date.description
    default:
      throw Diagnostic(
        .assertKind, "'\(self.text)' is a text, held against another in quotes", at: span, hint: text.quoted)
    }
    switch comparison {
    case .equal: return text.isName(other)
    case .notEqual: return !text.isName(other)
    default:
      throw Diagnostic(.assertKind, "texts are equal or not, no more", at: span, hint: "= \(text.quoted)")
    }
  }
}
