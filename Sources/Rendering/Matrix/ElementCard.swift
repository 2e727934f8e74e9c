import JourneyModel
import JourneyQuery
import SourceText

/// `show touchpoint Checkout`: one element of a map with all that is said of it and all that hangs on it.
package struct ElementCard: Sendable {
  private let element: Element
  private let facts: [Fact]

  /// Nil for an element that is not on the map.
  package init?(_ reference: ElementReference, on map: JourneyMap, _ measured: Measured? = nil) {
    let tree = MapTree(map)
    guard let element = tree.element(reference) else { return nil }
    self.element = element
    var facts: [Fact] = []
    if let parent = element.parent {
      facts.append(Fact(parent.kind.rawValue, parent.name))
      if parent.kind != .stage, let stage = tree.stage(of: element) { facts.append(Fact("stage", stage.name)) }
    }
    facts += Fact.attributes(of: element, personas: map.all(.persona).map(\.name))
    if let measured { facts.append(Fact("measured", measured.text)) }
    if let meaning = element.meaning {
      facts.append(Fact(element.kind == .persona ? "people" : "measured by", meaning))
    }
    facts += element.links.map { Fact("linked to", $0) }
    if element.kind == .touchpoint, element.links.isEmpty {
      facts.append(Fact("linked to", "the event of its own name"))
    }
    self.facts = facts + Fact.children(of: element, in: tree)
  }

  package func text(in context: RenderingContext) throws(ExecutionError) -> PaintedText {
    var lines: [StyledLine] = .sentence("\(element.kind.rawValue) \(element.name)", .strong, width: context.width)
    lines += facts.lines(in: context)
    return try lines.map { $0.fitted(to: context.width, ellipsis: context.glyphs.ellipsis) }.painted(in: context)
  }

  /// A row per field and value.
  package var answer: Answer {
    let rows: [[Cell]] =
      [[.text(element.kind.rawValue), .text(element.name)]] + facts.map { [.text($0.name), .text($0.value)] }
    return Answer(tables: [
      Table(title: element.name, columns: [Table.Column("field"), Table.Column("value")], rows: rows)
    ])
  }
}
