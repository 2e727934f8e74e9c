import JourneyModel
import JourneyQuery
import SourceText

/// `show touchpoint Checkout`: one element of a map with all that is said of it and all that hangs on it.
package struct ElementCard: Sendable {
  private let element: Element
  /// In the order to show; several lines of one field repeat its name.
  private let fields: [(name: String, value: String)]

  /// Nil for an element that is not on the map.
  package init?(_ reference: ElementReference, on map: JourneyMap, _ measured: Measured? = nil) {
    let tree = MapTree(map)
    guard let element = tree.element(reference) else { return nil }
    self.element = element
    var fields: [(name: String, value: String)] = []
    if let parent = element.parent {
      fields.append((parent.kind.rawValue, parent.name))
      if parent.kind != .stage, let stage = tree.stage(of: element) { fields.append(("stage", stage.name)) }
    }
    for attribute in Attribute.allCases {
      if let text = element.attributeText(attribute) {
        fields.append((attribute.rawValue, attribute == .emotion ? EmotionText.signed(element.emotion ?? 0) : text))
      }
      guard attribute == .emotion else { continue }
      fields += element.emotions(in: map.all(.persona).map(\.name)).map {
        (attribute.rawValue, "\(EmotionText.signed($0.emotion)) for \($0.persona)")
      }
    }
    if let measured { fields.append(("measured", measured.text)) }
    if let meaning = element.meaning { fields.append((element.kind == .persona ? "people" : "measured by", meaning)) }
    fields += element.links.map { ("linked to", $0) }
    if element.kind == .touchpoint, element.links.isEmpty { fields.append(("linked to", "the event of its own name")) }
    fields += Self.children(of: element, in: tree)
    self.fields = fields
  }

  package func text(in context: RenderingContext) throws(ExecutionError) -> PaintedText {
    var lines: [StyledLine] = .sentence("\(element.kind.rawValue) \(element.name)", .strong, width: context.width)
    let widest = fields.map(\.name.displayWidth).max() ?? 0
    var before: String?
    for field in fields {
      let column = min(widest, context.width / 2) + 4
      let parts = field.value.withVisibleControls().wrapped(to: context.width - column, indent: 0)
      for (index, part) in parts.enumerated() {
        var line = StyledLine("  ")
        line.append(
          index == 0 && field.name != before
            ? field.name.fitted(to: column - 4, ellipsis: context.glyphs.ellipsis) : "", .dim)
        line.pad(to: column)
        line.append(part)
        lines.append(line)
      }
      before = field.name
    }
    return try lines.map { $0.fitted(to: context.width, ellipsis: context.glyphs.ellipsis) }.painted(in: context)
  }

  /// A row per field and value.
  package var answer: Answer {
    let rows: [[Cell]] =
      [[.text(element.kind.rawValue), .text(element.name)]] + fields.map { [.text($0.name), .text($0.value)] }
    return Answer(tables: [
      Table(title: element.name, columns: [Table.Column("field"), Table.Column("value")], rows: rows)
    ])
  }

  /// What hangs on the element, kinds together; opportunities of a pain right behind it.
  private static func children(of element: Element, in tree: MapTree) -> [(name: String, value: String)] {
    ElementKind.allCases.flatMap { kind -> [(name: String, value: String)] in
      tree.children(of: element.reference, kind).flatMap { child -> [(name: String, value: String)] in
        let facts = [Attribute.persona, .severity, .impact, .effort, .since, .target, .owner].compactMap { attribute in
          child.attributeText(attribute).map { "\(attribute.rawValue) \($0)" }
        }
        let own = child.name + (facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))")
        return [(kind.rawValue, own)]
          + tree.children(of: child.reference, .opportunity).map { ("opportunity", $0.name) }
      }
    }
  }
}
