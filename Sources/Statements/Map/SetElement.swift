import JourneyModel
import Language
import Rendering
import SourceText

/// `set KIND NAME …`: changes attributes.
enum SetElementStatement: Statement {
  static let form = Form(
    "set", in: .map,
    [
      "set", .kind, .element,
      .choice([
        [
          .slot("setting", .setting), .repeated([.slot("setting", .setting)]),
          .optional([.slot("meaning", .meaning)]),
        ],
        [.slot("meaning", .meaning)],
      ]),
    ],
    summary: "change attributes or the meaning of something on the map",
    meaning: """
      What is given replaces what was there; attributes that are not named stay. Several values of one attribute \
      are joined by commas. Behind an emotion, for names the one persona that feels so; without it, it is everyone's.
      """,
    examples: [
      "set stage Purchase owner Payments status live",
      "set stage Purchase emotion -1",
      "set touchpoint Checkout emotion -2 for Newcomer",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let reference = try parsed.element
    let settings = try session.settings(of: parsed)
    let meaning = try session.meaning(of: parsed, for: reference.kind)
    let before = try session.activeMap(at: parsed.span).element(reference)
    let map = try session.edit(parsed) { (map) throws(MapError) in
      try map.edit(setting: reference, settings.ofAll, emotions: settings.emotions, meaning: meaning)
    }
    guard let before, let after = map.element(reference) else { return .done("set \(reference)") }
    var changes = settings.ofAll.compactMap { setting in
      change(
        of: setting.attribute.rawValue, from: text(setting.attribute, of: before),
        to: text(setting.attribute, of: after))
    }
    changes += settings.emotions.compactMap { (persona, _) in
      change(
        of: "emotion for \(persona)", from: before.emotions[persona].map { EmotionText.signed($0) },
        to: after.emotions[persona].map { EmotionText.signed($0) })
    }
    if let meaning = change(of: "as", from: before.meaning, to: after.meaning) { changes.append(meaning) }
    return .done(
      changes.isEmpty
        ? "\(reference) is so already: nothing changed" : "set \(reference): " + changes.joined(separator: "; "))
  }

  private static func text(_ attribute: Attribute, of element: Element) -> String? {
    let text = element.attributeText(attribute)
    return attribute == .emotion && element.emotion ?? 0 > 0 ? text.map { "+" + $0 } : text
  }

  /// `owner from Ana to Jane`; nil where it is the same.
  private static func change(of name: String, from old: String?, to new: String?) -> String? {
    old == new ? nil : "\(name) from \(old ?? "none") to \(new ?? "none")"
  }
}
