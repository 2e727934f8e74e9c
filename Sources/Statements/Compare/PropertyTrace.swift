import JourneyQuery
import Language
import Rendering
import SourceText

/// What the events tell of a property by which groups of people are made: whether it was there before, or comes of what they did.
struct PropertyTrace {
  /// A property, and the tests of it that make the groups.
  struct Tests: Hashable {
    let property: String
    let tests: [ValueTest]
  }

  let name: String
  let customers: Int
  /// Who has it at none of their events.
  let without: Int
  /// Who has it at some of their events and not at others; looked for where more than a tenth have it at none.
  let partly: Int
  /// Of whom a test of the groups is true at one event, and false at another.
  private(set) var changing = 0

  /// A tenth of those who have it: a few may be mistakes.
  private var few: Int { (customers - without) / 10 }

  /// Nil where it was there before, as far as these events tell.
  var warning: Answer.Warning? {
    let told: String
    if partly > few, without > customers / 10 {
      told =
        "\(name) is on some events of a customer and not on others, and \(without.grouped) of \(customers.grouped) customers "
        + "have it on none"
    } else if changing > few {
      told =
        "\(name) changes from event to event with \(changing.grouped) of \((customers - without).grouped) customers, and the first "
        + "counts"
    } else {
      return nil
    }
    return Answer.Warning(
      code: .compareByBehaviour,
      message:
        "\(told): it comes of what people did, which goes along with the figure and need not cause it; a property that "
        + "all have and keep, or one of customers, makes groups of what is known before")
  }

  /// Reads it off all events of the store.
  init(_ name: String, testedBy tests: [ValueTest], _ resolver: Resolver, in session: Session) throws(Diagnostic) {
    func did(_ condition: Condition) -> People {
      .did(Did(Step(label: "*", alternatives: [EventPattern(event: nil, condition: condition)])))
    }
    let isMissing = Condition.test(PropertyTest(name, .isMissing))
    let hasSome = did(.not(isMissing))
    let changing = tests.filter { $0 != .isMissing }.map { test in
      let holds = Condition.test(PropertyTest(name, test))
      return People.and([did(holds), did(.and([.not(isMissing), .not(holds)]))])
    }
    let executor = try session.executor()
    func count(_ people: People?) throws(Diagnostic) -> Int {
      let query = resolver.complete(CountQuery(scope: Scope(people: people, zone: resolver.vocabulary.zone)))
      return try session.apart { [run = session.run] () throws(ExecutionError) in
        try query.ask(executor, run).total.figures.customers
      }
    }
    (self.name, customers) = (name, try count(nil))
    without = customers - (try count(hasSome))
    // Of what nearly all have nothing is said of those who have it partly.
    partly = without > customers / 10 ? try count(.and([hasSome, did(isMissing)])) : 0
    if !changing.isEmpty { self.changing = try count(.or(changing)) }
  }
}

extension Session {
  /// Reads the events once for each property and tests.
  fileprivate func trace(_ tested: PropertyTrace.Tests, _ resolver: Resolver) throws(Diagnostic) -> PropertyTrace {
    let mark = try attempt(workspace.mark())
    if knownTraces?.mark != mark { knownTraces = (mark, [:]) }
    if let known = knownTraces?.traces[tested] { return known }
    let trace = try PropertyTrace(tested.property, testedBy: tested.tests, resolver, in: self)
    knownTraces?.traces[tested] = trace
    return trace
  }
}

extension AskedComparison {
  /// Of each property of events that makes the groups and comes of what people did.
  func traces(of groups: [People], _ resolver: Resolver, in session: Session) throws(Diagnostic) -> [Answer.Warning] {
    guard try session.activeSource != nil else { return [] }
    let tests = groups.flatMap(\.tests)
    var (seen, warnings): (Set<String>, [Answer.Warning]) = ([], [])
    for name in tests.map(\.property) where seen.insert(name).inserted {
      guard let property = resolver.vocabulary.property(name, of: .event), property.ofCustomer == nil,
        property.builtin != .customer
      else { continue }
      let tested = PropertyTrace.Tests(property: name, tests: tests.filter { $0.property == name }.map(\.test))
      let trace = try session.trace(tested, resolver)
      if let warning = trace.warning { warnings.append(warning) }
    }
    return warnings
  }
}

extension People {
  /// All tests of properties in it.
  fileprivate var tests: [PropertyTest] {
    switch self {
    case .property(let test): [test]
    case .did, .listed: []
    case .not(let inner), .certain(let inner): inner.tests
    case .and(let parts), .or(let parts): parts.flatMap(\.tests)
    }
  }
}
