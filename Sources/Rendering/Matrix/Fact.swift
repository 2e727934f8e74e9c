import JourneyModel
import SourceText

/// One thing that is said of an element: under which word, and what. Several of one word repeat it.
struct Fact: Hashable, Sendable {
  let name: String
  let value: String

  init(_ name: String, _ value: String) {
    (self.name, self.value) = (name, value)
  }

  /// Its attributes, in their order.
  ///
  /// - Parameters:
  ///   - personas: of the map, for the order of what they feel.
  ///   - persona: as whom it is looked at: what others feel is left out.
  static func attributes(of element: Element, personas: [String] = [], as persona: String? = nil) -> [Fact] {
    Attribute.allCases.flatMap { attribute -> [Fact] in
      guard attribute == .emotion else {
        return element.attributeText(attribute).map { [Fact(attribute.rawValue, $0)] } ?? []
      }
      if let persona { return element.emotion(of: persona).map { [Fact("emotion", EmotionText.signed($0))] } ?? [] }
      return (element.emotion.map { [Fact("emotion", EmotionText.signed($0))] } ?? [])
        + element.emotions(in: personas).map {
          Fact("emotion", "\(EmotionText.signed($0.emotion)) for \($0.persona)")
        }
    }
  }

  /// What hangs on it, kinds together; opportunities of a pain right behind it.
  ///
  /// - Parameters:
  ///   - measures: of kpis, goals and wins, where they are known.
  ///   - persona: as whom it is looked at: of what is that persona's alone it need not be said.
  ///   - isShown: which of them.
  static func children(
    of element: Element, in tree: MapTree, measures: [ElementReference: Measured] = [:], as persona: String? = nil,
    where isShown: (Element) -> Bool = { _ in true }
  ) -> [Fact] {
    ElementKind.allCases.flatMap { kind in
      tree.children(of: element.reference, kind).filter(isShown).flatMap { child in
        let said = [Attribute.persona, .severity, .impact, .effort, .since, .target, .owner].compactMap { attribute in
          if attribute == .persona, let persona, child.texts(.persona) == [persona] { return String?.none }
          return child.attributeText(attribute).map { "\(attribute.rawValue) \($0)" }
        }
        let parts = said + (measures[child.reference].map { [$0.text] } ?? [])
        let own = child.name + (parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))")
        return [Fact(kind.rawValue, own)]
          + tree.children(of: child.reference, .opportunity).filter(isShown).map { Fact("opportunity", $0.name) }
      }
    }
  }
}

extension [Fact] {
  /// A line each, or as many as it takes: the word once, and what is said in a column beside it.
  func lines(in context: RenderingContext) -> [StyledLine] {
    let widest = map(\.name.displayWidth).max() ?? 0
    let column = Swift.min(widest, context.width / 2) + 4
    var lines: [StyledLine] = []
    var before: String?
    for fact in self {
      let parts = fact.value.withVisibleControls().wrapped(to: context.width - column, indent: 0)
      for (index, part) in parts.enumerated() {
        var line = StyledLine("  ")
        line.append(
          index == 0 && fact.name != before
            ? fact.name.fitted(to: column - 4, ellipsis: context.glyphs.ellipsis) : "", .dim)
        line.pad(to: column)
        line.append(part)
        lines.append(line)
      }
      before = fact.name
    }
    return lines
  }
}
