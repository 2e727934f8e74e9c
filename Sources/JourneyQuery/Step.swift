import JourneyTime

/// What one step of a path matches: any event that fits one of the alternatives.
public struct Step: Hashable, Sendable, Codable {
  /// As the canonical sentence writes it: `cart`, `stage Purchase`, `invoice(amount > 5)`.
  public var label: String
  /// Empty matches nothing (a stage without events).
  public var alternatives: [EventPattern]

  public init(label: String, alternatives: [EventPattern]) {
    self.label = label
    self.alternatives = alternatives
  }
}

/// Events of one name, or of any, that pass a condition.
public struct EventPattern: Hashable, Sendable, Codable {
  /// Nil matches every name (`*`).
  public var event: String?
  public var condition: Condition?

  public init(event: String?, condition: Condition? = nil) {
    self.event = event
    self.condition = condition
  }
}

/// A path of steps; `links[i]` leads from `steps[i]` to `steps[i + 1]`.
public struct Path: Hashable, Sendable, Codable {
  public var steps: [PathStep]

  public init(_ steps: [PathStep]) {
    self.steps = steps
  }
}

public struct PathStep: Hashable, Sendable, Codable {
  public var step: Step
  /// `a?`: may be skipped. Never so for the first step of a path.
  public var isOptional: Bool
  /// How the step follows the one before it; of no meaning for the first.
  public var arrow: Arrow

  public init(_ step: Step, isOptional: Bool = false, arrow: Arrow = Arrow()) {
    self.step = step
    self.isOptional = isOptional
    self.arrow = arrow
  }
}

public struct Arrow: Hashable, Sendable, Codable {
  /// `=>`: the very next event of the journey in canonical order.
  public var isNext: Bool
  /// `->[d]`: the most that may lie between the two events.
  public var limit: Duration?

  public init(isNext: Bool = false, limit: Duration? = nil) {
    self.isNext = isNext
    self.limit = limit
  }
}
