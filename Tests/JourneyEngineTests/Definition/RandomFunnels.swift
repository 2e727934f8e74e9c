import EventStore
import JourneyQuery
import JourneyTime
import TestSupport

/// What a random funnel may hold besides its steps.
enum FunnelClause: String, CaseIterable, Sendable {
  case window, limit, next, strict, anyOrder, without, holding, optional, entryFirst, entries, sessions, during, filter,
    people, breakdown, per, versus, orderColumn,
    /// Instants so far apart that few events share one.
    spread
}

/// A small random store: few customers, few instants, so that ties, repeats and gaps are frequent.
struct RandomJourneys {
  static let names = ["A", "B", "C"]
  var rows: [EventRow]
  /// Whether `session` names sessions.
  var hasSessions: Bool

  init(_ clauses: Set<FunnelClause>, using random: inout SeededRandom) {
    let customers = Int.random(in: 1...3, using: &random)
    let length: Int64 = clauses.contains(.spread) ? 1_000 : random.pick([2, 6, 12, 40])
    // Something that fills no step, for `without` to name.
    let names = Self.names + Self.names + (clauses.contains(.without) ? ["R"] : [])
    hasSessions = clauses.contains(.sessions) && !random.one(in: 3)
    rows = (0..<Int.random(in: 0...(4 + 2 * customers), using: &random)).map { _ in
      EventRow(
        customer: "u\(Int.random(in: 1...customers, using: &random))",
        instant: minute(.random(in: 0...length, using: &random)),
        order: clauses.contains(.orderColumn) ? random.pick([nil, 1, 2]) : nil, name: random.pick(names),
        properties: Self.properties(using: &random))
    }
  }

  private static func properties(using random: inout SeededRandom) -> [(name: String, value: PropertyValue)] {
    var properties: [(name: String, value: PropertyValue)] = []
    if !random.one(in: 4) { properties.append(("item", .text(random.pick(["x", "y", "Å"])))) }
    if !random.one(in: 3) { properties.append(("amount", .number(random.pick([1, 2, 2.5])))) }
    if random.one(in: 2) { properties.append(("vip", .truth(random.one(in: 2)))) }
    if random.one(in: 2) { properties.append(("due", .time(minute(.random(in: 0...4, using: &random))))) }
    if !random.one(in: 4) { properties.append(("visit", .text(random.pick(["s1", "s2"])))) }
    return properties
  }
}

func minute(_ count: Int64) -> Int64 { count * 60_000_000 }

extension FunnelQuery {
  /// A funnel that has most of `clauses`.
  static func random(_ clauses: Set<FunnelClause>, using random: inout SeededRandom) -> FunnelQuery {
    let used = clauses.filter { _ in !random.one(in: 5) }
    let isAnyOrder = used.contains(.anyOrder)
    var query = FunnelQuery(path: randomPath(isAnyOrder ? [] : used, using: &random))
    query.window =
      used.contains(.window)
      ? .minutes(random.pick(used.contains(.spread) ? [60, 200, 500] : [0, 1, 3, 8]))
      : random.one(in: 4) ? nil : .days(30)
    query.order = isAnyOrder ? .any : used.contains(.strict) ? .strict : .path
    if used.contains(.without) {
      query.without = (0..<(random.one(in: 4) ? 2 : 1)).map { _ in
        random.pick([step("R"), random.pick(query.path.steps).step, .random(using: &random)])
      }
    }
    if used.contains(.holding) { query.holding = random.pick(["item", "item", "amount", "vip", "due", "nothing"]) }
    if used.contains(.entryFirst) { query.entry = .first }
    if used.contains(.sessions) {
      query.counting = .sessions
    } else if used.contains(.entries) {
      query.counting = .entries
    }
    query.gap = .minutes(random.pick(used.contains(.spread) ? [60, 200] : [0, 2, 30]))
    let scale: Int64 = used.contains(.spread) ? 25 : 1
    if used.contains(.during) || used.contains(.versus) { query.scope.during = .random(using: &random, scale: scale) }
    if used.contains(.versus) { query.split.versus = .random(using: &random, scale: scale) }
    if used.contains(.filter) { query.scope.filter = .random(depth: 2, using: &random) }
    if used.contains(.people) { query.scope.people = .random(depth: 2, using: &random) }
    if used.contains(.breakdown) { query.split.breakdown = .random(steps: query.path.steps.count, using: &random) }
    if used.contains(.per) { query.split.per = random.pick([.hour, .day, .week]) }
    return query
  }

  private static func randomPath(_ clauses: Set<FunnelClause>, using random: inout SeededRandom) -> Path {
    var steps: [PathStep] = []
    let count = random.pick([1, 2, 2, 3, 3, 3, 4, 4])
    for index in 0..<count {
      var step = PathStep(.random(using: &random))
      step.isOptional = index > 0 && clauses.contains(.optional) && random.one(in: 2)
      if index > 0, !step.isOptional, !steps[index - 1].isOptional {
        if clauses.contains(.next), random.one(in: 2) { step.arrow.isNext = true }
        if clauses.contains(.limit), random.one(in: 2) { step.arrow.limit = .minutes(random.pick([0, 1, 3])) }
      }
      steps.append(step)
    }
    return Path(steps)
  }
}

extension Step {
  static func random(using random: inout SeededRandom) -> Step {
    let patterns: [EventPattern] = (0..<(random.one(in: 3) ? 2 : 1)).map { _ in
      let name = random.one(in: 12) ? nil : random.one(in: 30) ? "unknown" : random.pick(RandomJourneys.names)
      return EventPattern(event: name, condition: random.one(in: 8) ? .random(depth: 1, using: &random) : nil)
    }
    return Step(label: patterns.map { $0.event ?? "*" }.joined(separator: "|"), alternatives: patterns)
  }
}

extension PropertyTest {
  static func random(using random: inout SeededRandom) -> PropertyTest {
    let comparison = random.pick(Comparison.allCases)
    switch Int.random(in: 0..<7, using: &random) {
    case 0: return PropertyTest("amount", .compare(comparison, .number(random.pick([1, 2, 3]))))
    case 1: return PropertyTest("item", .compare(comparison, .text(random.pick(["x", "y", "z"]))))
    case 2: return PropertyTest("vip", .compare(random.one(in: 2) ? .equal : .notEqual, .truth(random.one(in: 2))))
    case 3:
      let start = minute(.random(in: 0...3, using: &random))
      let date = Instant(microseconds: start)..<Instant(microseconds: start + minute(random.pick([1, 2])))
      return PropertyTest("due", .compare(comparison, .date(date)))
    case 4: return PropertyTest("item", .contains(random.pick(["X", "å", "q"])))
    case 5: return PropertyTest("item", .oneOf([.text("x"), .text("z")]))
    default: return PropertyTest(random.pick(["item", "amount", "vip", "due", "nothing"]), .isMissing)
    }
  }
}

extension Condition {
  static func random(depth: Int, using random: inout SeededRandom) -> Condition {
    guard depth > 0, random.one(in: 2) else { return .test(.random(using: &random)) }
    let parts = [Condition.random(depth: depth - 1, using: &random), .random(depth: depth - 1, using: &random)]
    return random.pick([.not(parts[0]), .and(parts), .or(parts)])
  }
}

extension People {
  static func random(depth: Int, using random: inout SeededRandom) -> People {
    guard depth > 0, random.one(in: 2) else {
      guard random.one(in: 2) else { return .property(.random(using: &random)) }
      if random.one(in: 4) { return .listed(random.pick([["u2"], ["u1", "u3"], []])) }
      let times: Did.Times = random.pick([.exactly(1), .atLeast(1), .atLeast(2), .atMost(1)])
      return .did(Did(.random(using: &random), times: times, during: random.one(in: 3) ? .random(using: &random) : nil))
    }
    let parts = [People.random(depth: depth - 1, using: &random), .random(depth: depth - 1, using: &random)]
    return random.pick([.not(parts[0]), .not(.certain(parts[0])), .and(parts), .or(parts)])
  }
}

extension Breakdown {
  static func random(steps: Int, using random: inout SeededRandom) -> Breakdown {
    let names = (0..<(random.one(in: 4) ? 2 : 1)).map { _ in
      random.pick(["item", "amount", "vip", "due", "who", "nothing"])
    }
    let keys = names.map { name -> Key in
      guard name == "who" else { return .property(name) }
      return .people(["first", "second"].map { NamedPeople(name: $0, people: .random(depth: 1, using: &random)) })
    }
    return Breakdown(
      keys: keys, names: names, step: random.one(in: 2) ? 0 : Int.random(in: 0..<steps, using: &random),
      top: random.pick([0, 1, 2, 10]))
  }
}

extension Range<Instant> {
  static func random(using random: inout SeededRandom, scale: Int64 = 1) -> Range<Instant> {
    let start = minute(.random(in: -2...8, using: &random)) * scale
    let length = minute(random.pick([0, 1, 5, 90])) * scale
    return Instant(microseconds: start)..<Instant(microseconds: start + length)
  }
}
