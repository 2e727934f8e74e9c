/// `dropoff PATH`: who is lost at each step of a funnel, and what happens next to those lost and to those who go on.
public struct DropoffQuery: Query {
  /// Its split is of no meaning here.
  public var funnel: FunnelQuery
  /// The only row to look at, by its index in the path (with `order any`, the number of steps less one); nil is every
  /// required one but the last. It must be required and have a required one after it, else there is nothing to report.
  public var step: Int?
  /// How many next events stand alone at each step; the rest is `(other)`.
  public var top: Int

  public init(funnel: FunnelQuery, step: Int? = nil, top: Int = 5) {
    self.funnel = funnel
    self.step = step
    self.top = top
  }

  public var scope: Scope {
    get { funnel.scope }
    set { funnel.scope = newValue }
  }

  public func ask(_ executor: some Executor, _ run: Run) throws(ExecutionError) -> DropoffReport {
    try executor.dropoff(self, run)
  }
}

public struct DropoffReport: Hashable, Sendable, Codable {
  /// In the order of the path.
  public var steps: [DropoffStep]
  /// Customers, entries or sessions that took the first step.
  public var entered: Int
  public var basis: Basis

  public init(steps: [DropoffStep], entered: Int = 0, basis: Basis = Basis()) {
    self.steps = steps
    self.entered = entered
    self.basis = basis
  }
}

/// One row of the funnel: those who reached it are lost there or went on to the next required one.
public struct DropoffStep: Hashable, Sendable, Codable {
  /// Index of the row, and its label as in `FunnelRow`.
  public var index: Int
  public var label: String
  public var lost: Int
  public var wentOn: Int
  /// Of those lost, how many still may go on: see `FunnelGroup.unfinished`.
  public var unfinished: Int
  /// By those lost, largest first, then by those who went on, then by name (UTF-8 bytes); then `(other)`, then `(none)`.
  public var next: [NextEvent]

  public init(index: Int, label: String, lost: Int, wentOn: Int, unfinished: Int = 0, next: [NextEvent] = []) {
    self.index = index
    self.label = label
    self.lost = lost
    self.wentOn = wentOn
    self.unfinished = unfinished
    self.next = next
  }

  public var reached: Int { lost + wentOn }
}

/// The event that comes next: of the journey (after `where`; of the session where these are counted) the first one, in
/// canonical order, behind the last chain event before the next required step, within the window that the chain's first
/// event opens. The next step itself is one too.
public struct NextEvent: Hashable, Sendable, Codable {
  public enum Name: Hashable, Sendable, Codable {
    case event(String)
    /// What `top` cut off.
    case other
    /// Nothing follows within the window.
    case none
  }
  public var name: Name
  public var lost: Int
  public var wentOn: Int

  public init(_ name: Name, lost: Int, wentOn: Int) {
    self.name = name
    self.lost = lost
    self.wentOn = wentOn
  }
}
