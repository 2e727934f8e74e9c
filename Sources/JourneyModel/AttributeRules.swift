import JourneyTime
import SourceText

extension Attribute {
  /// The attribute of this name; throws `attributeUnknown`.
  public init(named name: String) throws(MapError) {
    guard let attribute = Self(rawValue: name) else {
      let near = nearest(to: name, among: Self.allCases.map(\.rawValue))
      throw .attributeUnknown(name, nearest: near.flatMap(Self.init(rawValue:)))
    }
    self = attribute
  }

  /// Whether it can have several values: channels, personas and notes.
  public var takesMany: Bool {
    content == .names || self == .note
  }

  /// What a value must be, for sentences.
  public var expected: String {
    switch content {
    case .text: "text"
    case .names: "names"
    case .scale(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .figure: "a number, a share like 12% or a duration like 7d"
    case .date: "a date like 2025-07-01"
    }
  }

  /// The values as a map keeps them, or `valueUnfit`, `valuesTooMany`. Numbers become whole numbers where only these fit, whole
  /// numbers become figures or years where those do, dates take their usual spelling, a name that is repeated stands once. Empty
  /// where nothing is left (a single blank text takes the attribute away).
  public func values(_ given: [AttributeValue]) throws(MapError) -> [AttributeValue] {
    if given == [.text("")] { return [] }
    guard given.count <= 1 || takesMany else { throw .valuesTooMany(self) }
    var values: [AttributeValue] = []
    var seen: Set<AttributeValue> = []
    for value in given {
      guard let fitting = fitting(value) else { throw .valueUnfit(self, found: value.typed) }
      if content != .names || given.count == 1 || seen.insert(fitting).inserted { values.append(fitting) }
    }
    return values
  }

  private func fitting(_ value: AttributeValue) -> AttributeValue? {
    switch (content, value) {
    case (.text, .text(let text)), (.names, .text(let text)):
      return text.isBlank ? nil : value
    case (.scale(let range), .integer(let integer)):
      return range.contains(integer) ? value : nil
    case (.scale(let range), .number(let number)):
      return Int(exactly: number).flatMap { range.contains($0) ? .integer($0) : nil }
    case (.figure, .integer(let integer)):
      return .number(Double(integer))
    case (.figure, .number(let figure)):
      return figure.isFinite ? .number(figure == 0 ? 0 : figure) : nil
    case (.figure, .share(let figure)):
      return figure.isFinite ? .share(figure == 0 ? 0 : figure) : nil
    case (.figure, .duration(let microseconds)):
      return microseconds >= 0 && microseconds % 1_000 == 0 ? value : nil
    case (.figure, .atMost(let figure)):
      if case .atMost = figure { return nil }
      return fitting(figure).map { .atMost($0) }
    case (.date, .date(let text)), (.date, .text(let text)):
      return CalendarDate(text).map { .date($0.description) }
    case (.date, .integer(let year)):
      return (1000...9999).contains(year) ? .date(String(year)) : nil
    case (.date, .number(let number)):
      return Int(exactly: number).flatMap { fitting(.integer($0)) }
    default: return nil
    }
  }
}

extension Element {
  /// Throws what is wrong with this element by itself: a blank name, a parent of a kind that does not fit or none where one is
  /// needed, values that `Attribute.values` would not give, a meaning or a link where there can be none.
  public func check() throws(MapError) {
    guard !name.isBlank else { throw .nameBlank(kind) }
    if let parent {
      guard kind.parents.contains(parent.kind) else { throw .parentUnfit(kind, under: parent) }
    } else if kind.needsParent {
      throw .parentNeeded(kind, example: nil)
    }
    for attribute in Attribute.allCases {
      guard let values = attributes[attribute] else { continue }
      guard try attribute.values(values) == values, !values.isEmpty else {
        throw .valueUnfit(attribute, found: values.map(\.typed).joined(separator: ", "))
      }
    }
    try checkEmotions()
    if meaning != nil, !kind.hasMeaning { throw .meaningUnfit(kind) }
    if meaning?.isBlank == true { throw .meaningUnfit(kind) }
    guard !links.isEmpty else { return }
    guard kind == .touchpoint else { throw .linkUnfit(kind) }
    var seen: Set<String> = []
    for link in links where !seen.insert(link).inserted || link.isBlank {
      throw .linkTaken(link, touchpoint: name)
    }
  }
}

extension ElementKind {
  /// Those that a question measures.
  package static let measured: [ElementKind] = [.kpi, .goal, .win]

  /// Whether it has people or a question after `as`.
  public var hasMeaning: Bool {
    switch self {
    case .persona, .win, .kpi, .goal: true
    default: false
    }
  }
}
