import JourneyQuery
import JourneyTime

/// A funnel in plain words: what it counts, step by step, and every rule that is in force.
struct FunnelExplanation {
  let query: FunnelQuery

  var lines: [String] {
    [counted] + query.path.steps.indices.map(step) + rules.map { "- " + $0 }
  }

  private var counted: String {
    switch query.counting {
    case .customers: "Counts customers: each once, by the longest chain of steps found in the journey."
    case .entries: "Counts entries: a customer who starts again after finishing, or after the window, counts again."
    case .sessions: "Counts sessions: each session is a journey of its own, cut at pauses over \(query.gap.phrase)."
    }
  }

  private func step(_ index: Int) -> String {
    let step = query.path.steps[index]
    let events = step.step.alternatives.map(\.phrase)
    let what = events.isEmpty ? "no event realises it, so nothing matches" : events.joined(separator: ", or ")
    return "  \(index + 1). \(how(step, at: index))\(step.step.label): \(what)"
  }

  private func how(_ step: PathStep, at index: Int) -> String {
    guard index > 0 else { return query.order == .any ? "first, " : "" }
    var words: String
    if query.order == .any {
      words = "in any order, "
    } else if step.arrow.isNext {
      words = "as the very next event, "
    } else {
      words = "later, "
    }
    if let limit = step.arrow.limit { words += "at most \(limit.phrase) after the step before, " }
    if step.isOptional { words += "perhaps, " }
    return words
  }

  private var rules: [String] {
    var rules: [String] = []
    if let window = query.window {
      rules.append("All steps lie within \(window.phrase) of the first one.")
    } else {
      rules.append("The steps may lie any time apart.")
    }
    rules.append(
      query.entry == .best
        ? "A journey may start at any of its first steps: the start that leads furthest counts."
        : "A journey starts at its earliest possible first step, even if a later start would lead further.")
    switch query.order {
    case .strict: rules.append("Each step is at a strictly later instant than the one before.")
    case .any: rules.append("After the first step the others may come in any order.")
    case .path: rules.append("Events of one moment may stand in either order.")
    }
    rules.append("One event fills one step only.")
    if !query.without.isEmpty {
      let names = query.without.map(\.label).joined(separator: " or ")
      rules.append("No \(names) lies between the first and the last step.")
    }
    if let holding = query.holding { rules.append("All steps have the same \(holding).") }
    if query.scope.filter != nil { rules.append("Events that fail 'where' are left out of every journey.") }
    if query.scope.people != nil {
      rules.append("Only people who pass 'for' are asked, judged by their whole journeys.")
    }
    if query.scope.during != nil {
      rules.append("The first step lies in the dates of 'during'; the others may lie after them.")
    }
    if let breakdown = query.split.breakdown {
      let names = breakdown.names.joined(separator: " and ")
      let label = query.path.steps[breakdown.step].step.label
      let shown = breakdown.top == .max ? "all are shown, in their order" : "the \(breakdown.top) largest are shown"
      rules.append("Groups are the values of \(names) at \(label); \(shown).")
    }
    if let unit = query.split.per { rules.append("A row for every \(unit.rawValue) in which chains start.") }
    return rules
  }
}

extension EventPattern {
  /// `event cart_added`, with its condition said.
  fileprivate var phrase: String {
    let name = event.map { "event \($0)" } ?? "any event"
    return condition == nil ? name : name + " that passes its condition"
  }
}

extension Duration {
  /// `7 days`, `1 day 12 hours`: for sentences.
  package var phrase: String {
    let units: [(word: String, size: Int64)] = [
      ("day", 86_400_000_000), ("hour", 3_600_000_000), ("minute", 60_000_000), ("second", 1_000_000),
      ("millisecond", 1_000),
    ]
    var rest = microseconds
    var words: [String] = []
    for (word, size) in units {
      let count = rest / size
      rest %= size
      if count > 0 { words.append("\(count) \(word)\(count == 1 ? "" : "s")") }
    }
    return words.isEmpty ? "no time" : words.joined(separator: " ")
  }
}
