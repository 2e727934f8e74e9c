/// What the events of a journey are called where an answer shows steps.
public struct Naming: Hashable, Sendable, Codable {
  public enum Basis: String, CaseIterable, Hashable, Sendable, Codable { case touchpoints, stages, events }

  public struct Rule: Hashable, Sendable, Codable {
    public var name: String
    /// Empty names nothing.
    public var patterns: [EventPattern]

    public init(name: String, patterns: [EventPattern]) {
      self.name = name
      self.patterns = patterns
    }
  }
  public var basis: Basis
  /// The first rule with a pattern that an event fits names it. In map order.
  public var rules: [Rule]
  /// Whether an event that no rule names is called by its own name; else it is left out of the journey.
  public var keepsOthers: Bool

  /// By default every event is called by its own name. Names are equal when their UTF-8 bytes are, wherever they come from.
  public init(_ basis: Basis = .events, rules: [Rule] = [], keepsOthers: Bool = true) {
    self.basis = basis
    self.rules = rules
    self.keepsOthers = keepsOthers
  }
}
