import JourneyQuery
import JourneyTime

extension FunnelTrace.Outcome {
  /// What it was and why: `reached 2 of 3: no purchase within 7d of visit`.
  func text(_ query: FunnelQuery, depth: Int) -> String {
    switch self {
    case .notAsked: "'for' leaves this customer out"
    case .complete(let steps, let time): "reached all \(steps) in \(time.literal)"
    case .missing(let step, let steps, let absence):
      "reached \(depth) of \(steps): \(absence.text(query, query.label(step)))"
    }
  }
}

extension FunnelTrace.Absence {
  /// Of the step that is called `label`.
  fileprivate func text(_ query: FunnelQuery, _ label: String) -> String {
    switch self {
    case .passedOver(let reason): "\(label) is \(reason.text(query))"
    case .nowhere: "no \(label)"
    case .within(let window): "no \(label) within \(window.literal) of \(query.label(0))"
    case .after(let event): "no \(label) after \(event)"
    }
  }
}

extension FunnelTrace.Reason {
  /// Reads behind "is": `outside the 7d window`.
  func text(_ query: FunnelQuery) -> String {
    switch self {
    case .notAsked: "not looked at: 'for' leaves the customer out"
    case .inAnotherSession: "in another session"
    case .takenByAnotherEntry: "taken by another entry"
    case .withoutValue(let property): "without a value of \(property)"
    case .ofAnotherValue(let property): "of another \(property)"
    case .outsideDates: "outside the dates of 'during'"
    case .noStart: "not a start"
    case .laterThanFirst: "later than the first \(query.label(0)), at which 'entry first' starts"
    case .afterCompletion: "after the chain is complete"
    case .reachesOnly(let depth, let steps): "a chain from here reaches only \(depth) of \(steps)"
    case .arrivesLater: "a chain from here arrives later"
    case .takesFewerOptionals: "a chain from here takes fewer optional steps"
    case .laterStartServes: "a later \(query.label(0)) serves as well"
    case .earlierEventServes: "an earlier event serves as well"
    case .aheadOfStart: "ahead of any \(query.label(0)) that starts a chain"
    case .aheadOf(let step): "ahead of any \(query.label(step)) that counts"
    case .earlierServes(let step): "an earlier \(query.label(step)) serves as well"
    case .anotherServes: "another event serves as well"
    case .beforeStart: "before the \(query.label(0)) that starts the chain"
    case .before(let step): "before the \(query.label(step)) of the chain"
    case .atSameInstant(let step):
      "at the same instant as \(query.label(step)), where 'order strict' asks for a later one"
    case .notNext(let step): "not the very next event after \(query.label(step))"
    case .tooLate(let limit, let step): "more than \(limit.literal) after \(query.label(step))"
    case .outsideWindow(let window): "outside the \(window.literal) window"
    case .forbidden(let event): "after \(event), which 'without' forbids"
    case .tooEarly(let step, let reason): "too early: \(query.label(step)) would be \(reason.text(query))"
    }
  }
}

extension FunnelQuery {
  /// How a step of the path is called.
  func label(_ step: Int) -> String {
    path.steps.indices.contains(step) ? path.steps[step].step.label : "\(step + 1)"
  }
}
