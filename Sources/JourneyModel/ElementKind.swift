/// What can stand on a journey map. A quote is what a customer said at a touchpoint; a backstage is what people or systems do for one
/// where no customer sees it, behind the line of visibility.
public enum ElementKind: String, CaseIterable, Hashable, Sendable, Codable {
  case stage, touchpoint, persona, channel, pain, opportunity, question, need, action, motivation
  case quote, backstage, win, kpi, goal

  /// `stages`, `opportunities`.
  public var plural: String {
    self == .opportunity ? "opportunities" : rawValue + "s"
  }

  /// Kinds an element of this kind may hang under, the usual one first; empty for what hangs under the map itself.
  public var parents: [ElementKind] {
    switch self {
    case .stage, .persona, .channel: []
    case .touchpoint: [.stage]
    case .opportunity: [.touchpoint, .stage, .pain]
    case .pain, .question, .need, .action, .motivation, .win: [.touchpoint, .stage]
    case .quote, .backstage: [.touchpoint]
    case .kpi, .goal: [.touchpoint, .stage]
    }
  }

  /// Whether an element of this kind must hang under another.
  public var needsParent: Bool {
    switch self {
    case .stage, .persona, .channel, .kpi, .goal: false
    default: true
    }
  }
}

/// What can be said of an element beyond its name and place.
public enum Attribute: String, CaseIterable, Hashable, Sendable, Codable {
  case owner, status, channel, persona, emotion, severity, impact, effort, target, since, due, reviewed, note

  /// What its values are.
  public enum Content: Hashable, Sendable {
    /// Free text: owner, status, note.
    case text
    /// Names of channels or personas; the map need not hold them yet.
    case names
    /// A whole number within the range: emotion −2…+2; severity, impact and effort 1…5.
    case scale(ClosedRange<Int>)
    /// A number, a share or a duration.
    case figure
    /// A date as the language writes it.
    case date
  }

  public var content: Content {
    switch self {
    case .owner, .status, .note: .text
    case .channel, .persona: .names
    case .emotion: .scale(-2...2)
    case .severity, .impact, .effort: .scale(1...5)
    case .target: .figure
    case .since, .due, .reviewed: .date
    }
  }
}

public enum AttributeValue: Hashable, Sendable {
  case text(String)
  case integer(Int)
  case number(Double)
  /// 0.12 is 12 %.
  case share(Double)
  case duration(microseconds: Int64)
  /// As written: `2025-08-01`, `2025-Q3`.
  case date(String)
  /// A figure that is not to be passed, where others are to be reached.
  indirect case atMost(AttributeValue)
}
