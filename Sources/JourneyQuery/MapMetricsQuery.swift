import JourneyTime

/// What the journeys say of a map: who was at each touchpoint and stage, where people came onto the map and where they left it.
///
/// Order does not matter but to the times: a person is *seen* at a place who has an event there. Nobody has to take one stage
/// after the other, as in a funnel of the stages.
public struct MapMetricsQuery: Query {
  public struct Touchpoint: Hashable, Sendable, Codable {
    /// The events that realise it, called by its name.
    public var step: Step
    /// Index of its stage in `stages`.
    public var stage: Int

    public init(step: Step, stage: Int) {
      self.step = step
      self.stage = stage
    }
  }

  /// As many stages as are told apart: of more, nothing is measured.
  public static let mostStages = 64

  /// In map order, each with the events of all its touchpoints, called by its name.
  public var stages: [Step]
  /// In map order.
  public var touchpoints: [Touchpoint]
  /// The property whose sum tells what people brought; nil asks for none.
  public var value: String?
  /// Whether it is asked how long people take from touchpoints to a later stage, and not from stages alone.
  public var timesTouchpoints: Bool
  /// `during` bounds all events.
  public var scope: Scope

  public init(
    stages: [Step], touchpoints: [Touchpoint], value: String? = nil, timesTouchpoints: Bool = false,
    scope: Scope = Scope()
  ) {
    self.stages = stages
    self.touchpoints = touchpoints
    self.value = value
    self.timesTouchpoints = timesTouchpoints
    self.scope = scope
  }

  /// Throws `limit` for more stages than `mostStages`.
  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> MapMetrics {
    try executor.metrics(self, run)
  }
}

/// The figures of a map, drawn on its pictures.
///
/// At every stage, `seen + passed` is those who were on the map before or came onto it here, less those who left before. All who
/// joined are `onMap`, and so are all who left.
public struct MapMetrics: Hashable, Sendable, Codable {
  public struct Touchpoint: Hashable, Sendable, Codable {
    public var name: String
    /// Customers with at least one event there; never more than at its stage.
    public var seen: Int
    /// Those of them who were seen at a later stage, too, whenever that was.
    public var wentOn: Int
    /// As of a stage: from the first event here to the first one after it at a later stage than the touchpoint's. Nil where it is not asked,
    /// and where nobody has one.
    public var medianToNext: Duration?
    /// What those who went on brought, at any of their events; nil where it is not asked.
    public var value: Double?

    public init(name: String, seen: Int, wentOn: Int, medianToNext: Duration? = nil, value: Double? = nil) {
      self.name = name
      self.seen = seen
      self.wentOn = wentOn
      self.medianToNext = medianToNext
      self.value = value
    }

    public var left: Int { seen - wentOn }
    /// What those who left would have brought, had they been like those who went on: more than can be won. Nil where value is not asked.
    public var price: Double? { MapMetrics.price(left: left, wentOn: wentOn, value) }
  }

  public struct Stage: Hashable, Sendable, Codable {
    public var name: String
    /// Customers with at least one event there.
    public var seen: Int
    /// Whose earliest stage in map order it is.
    public var joined: Int
    /// Seen at an earlier and at a later stage, but not here.
    public var passed: Int
    /// Whose furthest stage it is.
    public var left: Int
    /// From the first event here to the first one after it at a later stage; nil where nobody has one.
    public var medianToNext: Duration?
    /// As of a touchpoint.
    public var value: Double?

    public init(
      name: String, seen: Int, joined: Int, passed: Int, left: Int, medianToNext: Duration? = nil, value: Double? = nil
    ) {
      self.name = name
      self.seen = seen
      self.joined = joined
      self.passed = passed
      self.left = left
      self.medianToNext = medianToNext
      self.value = value
    }

    /// Those seen here and at a later stage.
    public var wentOn: Int { seen - left }
    /// As of a touchpoint.
    public var price: Double? { MapMetrics.price(left: left, wentOn: wentOn, value) }
  }

  private static func price(left: Int, wentOn: Int, _ value: Double?) -> Double? {
    value.map { wentOn > 0 ? Double(left) * $0 / Double(wentOn) : 0 }
  }

  /// Everyone with an event, also on no touchpoint.
  public var customers: Int
  /// Everyone seen at some stage.
  public var onMap: Int
  /// Parallel to those of the query.
  public var stages: [Stage]
  public var touchpoints: [Touchpoint]
  public var basis: Basis

  public init(
    customers: Int, onMap: Int, stages: [Stage], touchpoints: [Touchpoint], basis: Basis = Basis()
  ) {
    self.customers = customers
    self.onMap = onMap
    self.stages = stages
    self.touchpoints = touchpoints
    self.basis = basis
  }
}
