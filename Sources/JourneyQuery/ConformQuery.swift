import JourneyTime

/// `conform`: the designed journey against the lived ones.
///
/// The designed order is that of the stages. A customer's *trace* is the stages of their events, those of one moment (instant and order
/// value) in map order, repeats in a row once; whoever has no event at a stage has none. It is held against a *run*: the stages from the
/// earliest in map order that the trace has, or from the first of all where the order is strict, to the furthest; joining late and
/// leaving early are no deviation. The two are matched so that as many visits of the trace as can be stand in the order of the run; of
/// matches that are equally good the one at the lexicographically least places of the trace counts.
///
/// A stage of the run that is not matched is *skipped*. A visit of the trace that is not matched is *extra*: it leads back or ahead from the
/// visit right before it, or ahead from the start. With n visits, a run of m stages and l matches the cost is n + m − 2l, which is
/// that of an optimal alignment, and the fitness 1 − cost / (n + m).
public struct ConformQuery: Query {
  public struct Touchpoint: Hashable, Sendable, Codable {
    /// Called by its name; of no alternatives where no event of the store realises it.
    public var step: Step
    /// Its name, whether it is measured or not; of several stages of this name the first.
    public var stage: String
    /// As planned, −2 to +2.
    public var emotion: Int?

    public init(step: Step, stage: String, emotion: Int? = nil) {
      self.step = step
      self.stage = stage
      self.emotion = emotion
    }
  }

  /// What one customer did otherwise than designed. Stages are indices.
  public enum Deviation: Hashable, Sendable, Codable {
    case skipped(Int)
    /// An extra visit, and the stage of the visit before it, which is never the same; nil is the start.
    case visited(Int, from: Int?)
  }

  /// In map order, each with the events of all its touchpoints, called by its name.
  public var stages: [Step]
  /// Names of stages that no event of the store realises: they are no part of the order.
  public var unmeasured: [String]
  /// In map order.
  public var touchpoints: [Touchpoint]
  /// Whether the run begins at the first stage for everyone.
  public var isStrict: Bool
  /// How many deviations have a row of their own.
  public var top: Int
  /// `during` bounds all events.
  public var scope: Scope
  /// The breakdown is read at the first event of the trace; there is no `per`.
  public var split: Split

  public init(
    stages: [Step], unmeasured: [String] = [], touchpoints: [Touchpoint] = [], isStrict: Bool = false, top: Int = 10,
    scope: Scope = Scope(), split: Split = Split()
  ) {
    self.stages = stages
    self.unmeasured = unmeasured
    self.touchpoints = touchpoints
    self.isStrict = isStrict
    self.top = top
    self.scope = scope
    self.split = split
  }

  /// Throws `limit` for more stages than `MapMetricsQuery.mostStages`.
  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> ConformReport {
    try executor.conform(self, run)
  }
}

/// How well the journeys of some customers fit the designed one.
public struct ConformFigures: Hashable, Sendable, Codable {
  /// Those who have a trace.
  public var customers: Int
  /// Those of them without any deviation.
  public var straight: Int
  /// The mean over them; nil of nobody.
  public var fitness: Double?
  /// The sum of the squared deviations of theirs from that mean, by one less than they are; nil of fewer than two.
  public var fitnessVariance: Double?
  /// Those who were at several stages, and the mean over these.
  public var several: Int
  public var fitnessOfSeveral: Double?

  public init(
    customers: Int = 0, straight: Int = 0, fitness: Double? = nil, fitnessVariance: Double? = nil, several: Int = 0,
    fitnessOfSeveral: Double? = nil
  ) {
    self.customers = customers
    self.straight = straight
    self.fitness = fitness
    self.fitnessVariance = fitnessVariance
    self.several = several
    self.fitnessOfSeveral = fitnessOfSeveral
  }
}

public struct ConformReport: Hashable, Sendable, Codable {
  public struct Stage: Hashable, Sendable, Codable {
    public var name: String
    /// Customers with at least one event there; those whose earliest stage in map order it is, and whose furthest.
    public var seen: Int
    public var joined: Int
    public var left: Int
    /// Customers who skipped it, and those with an extra visit that leads back to it.
    public var skipped: Int
    public var returned: Int

    public init(name: String, seen: Int, joined: Int, skipped: Int, returned: Int, left: Int) {
      self.name = name
      self.seen = seen
      self.joined = joined
      self.left = left
      self.skipped = skipped
      self.returned = returned
    }
  }

  public struct Touchpoint: Hashable, Sendable, Codable {
    public var name: String
    /// Customers with at least one event there; nil where no event of the store realises it.
    public var seen: Int?
    /// As `MapMetrics.Touchpoint` has it: from a customer's first event there to the first one after it at a later stage than the
    /// touchpoint's; nil where nobody has one.
    public var medianToNext: Duration?

    public init(name: String, seen: Int?, medianToNext: Duration? = nil) {
      self.name = name
      self.seen = seen
      self.medianToNext = medianToNext
    }
  }

  /// What some customers did otherwise than designed, and how many of them were seen at the last stage, beside others.
  ///
  /// The others are customers without the deviation who came past the same stage: behind the one that was skipped, as far as the one that
  /// an extra visit leads away from.
  public struct Deviation: Hashable, Sendable, Codable {
    public var deviation: ConformQuery.Deviation
    public var customers: Int
    public var converted: Int
    public var others: Int
    public var othersConverted: Int

    public init(
      _ deviation: ConformQuery.Deviation, customers: Int, converted: Int, others: Int, othersConverted: Int
    ) {
      self.deviation = deviation
      self.customers = customers
      self.converted = converted
      self.others = others
      self.othersConverted = othersConverted
    }
  }

  public struct Event: Hashable, Sendable, Codable {
    public var name: String
    public var events: Int

    public init(name: String, events: Int) {
      self.name = name
      self.events = events
    }
  }

  /// Of all, of groups (the largest first by customers) and of the dates of `vs`.
  public var figures: Cut<ConformFigures>
  /// Everyone with an event, also at no stage.
  public var customers: Int
  /// Parallel to those of the query.
  public var stages: [Stage]
  public var touchpoints: [Touchpoint]
  /// The first of all by customers; of equally many skipped stages first, then extra visits, in map order.
  public var deviations: [Deviation]
  /// How many different deviations there are, shown or not.
  public var distinct: Int
  /// Events at no stage, by name: the most first, equal ones by name (UTF-8 bytes).
  public var elsewhere: [Event]

  public init(
    figures: Cut<ConformFigures>, customers: Int = 0, stages: [Stage] = [], touchpoints: [Touchpoint] = [],
    deviations: [Deviation] = [], distinct: Int = 0, elsewhere: [Event] = []
  ) {
    self.figures = figures
    self.customers = customers
    self.stages = stages
    self.touchpoints = touchpoints
    self.deviations = deviations
    self.distinct = distinct
    self.elsewhere = elsewhere
  }
}
