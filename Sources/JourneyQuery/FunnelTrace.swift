import JourneyTime

/// How a funnel read one customer's journey: every event, taken or passed over, and by which rule. Steps are told by their index in the
/// path.
public struct FunnelTrace: Hashable, Sendable, Codable {
  public enum Verdict: Hashable, Sendable, Codable {
    /// Fills this step of the reported chain.
    case taken(Int)
    /// Matches no step.
    case noStep
    /// `where` dropped it.
    case filtered
    /// Matches these steps but the reported chain does not use it.
    case passedOver([Int], Reason)
    /// Matches a `without` step; says whether it lies inside a chain that it forbids.
    case excluded(forbids: Bool)
  }
  public struct Line: Hashable, Sendable, Codable {
    public var event: Journey.Event
    public var verdict: Verdict

    public init(event: Journey.Event, verdict: Verdict) {
      self.event = event
      self.verdict = verdict
    }
  }
  public var customer: String
  /// False if `for` leaves this person out; then nobody was traced and `lines` still lists the journey.
  public var isAsked: Bool
  public var lines: [Line]
  /// Required steps of the reported chain.
  public var depth: Int
  public var outcome: Outcome
  public var isUnfinished: Bool

  public init(
    customer: String, isAsked: Bool, lines: [Line], depth: Int, outcome: Outcome, isUnfinished: Bool = false
  ) {
    self.customer = customer
    self.isAsked = isAsked
    self.lines = lines
    self.depth = depth
    self.outcome = outcome
    self.isUnfinished = isUnfinished
  }
}

extension FunnelTrace {
  /// Why an event that matches a step is not on the reported chain: the first rule that breaks when it is tried there.
  public indirect enum Reason: Hashable, Sendable, Codable {
    /// `for` leaves the customer out.
    case notAsked
    /// Sessions are counted, and it is in another one.
    case inAnotherSession
    /// Entries are counted, and another one has it.
    case takenByAnotherEntry
    /// It has no value of the `holding` property, or not that of the chain.
    case withoutValue(property: String)
    case ofAnotherValue(property: String)

    /// Of events that match the first step: `during` does not hold it, or no chain starts there.
    case outsideDates
    case noStart
    /// `entry first` starts at an earlier one.
    case laterThanFirst
    case afterCompletion
    /// The best chain from here is worse than the reported one: by the required steps it reaches, by when it reaches the last, by its
    /// optional steps.
    case reachesOnly(Int, of: Int)
    case arrivesLater
    case takesFewerOptionals
    /// The best chain from here is as good.
    case laterStartServes
    case earlierEventServes

    /// No chain starts, or none gets to a step that must come first.
    case aheadOfStart
    case aheadOf(step: Int)
    /// It might fill the step as well as the event that does.
    case earlierServes(step: Int)
    case anotherServes
    /// It stands before the first event of the chain, or before the one of a step that precedes.
    case beforeStart
    case before(step: Int)
    /// `order strict` asks for a later instant than that of this step.
    case atSameInstant(step: Int)
    /// `=>`: another event stands between it and that of this step.
    case notNext(step: Int)
    /// `->[d]`: more time than this lies between it and that of this step.
    case tooLate(Duration, step: Int)
    case outsideWindow(Duration)
    /// A chain across it would have an event of this name inside, which `without` names.
    case forbidden(by: String)
    /// The chain's event of this step could not follow it.
    case tooEarly(step: Int, Reason)
  }

  /// What came of the journey.
  public enum Outcome: Hashable, Sendable, Codable {
    /// `for` leaves the customer out.
    case notAsked
    /// So many required steps, from the first event to the last in this time.
    case complete(steps: Int, time: Duration)
    /// The first of so many required steps that is missing.
    case missing(step: Int, of: Int, Absence)
  }

  /// Why a step is missing.
  public enum Absence: Hashable, Sendable, Codable {
    /// An event matches it.
    case passedOver(Reason)
    /// No event matches it: anywhere, in the window of this length, or behind the chain's last event, which has this name.
    case nowhere
    case within(Duration)
    case after(event: String)
  }
}
