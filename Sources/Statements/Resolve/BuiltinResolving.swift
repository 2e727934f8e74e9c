import EventStore
import JourneyQuery
import Language
import SourceText
import Synchronization

/// What every event has beside the properties of its store, as it is called.
package enum BuiltinProperty: String, CaseIterable, Sendable {
  case event, touchpoint, stage, time, date, weekday, hour, customer

  /// Nil for what no event has by itself; `builtin.` before it says that no property of the store is meant.
  init?(naming name: String) { self.init(rawValue: name.hasPrefix("builtin.") ? String(name.dropFirst(8)) : name) }

  /// What it is held against.
  var kind: Catalog.Property.Kind {
    switch self {
    case .time, .date: .time
    case .hour: .number
    case .event, .touchpoint, .stage, .weekday, .customer: .text
    }
  }
}

/// Which of these a question asks for, gathered while its names are resolved.
final class BuiltinsMet: Sendable {
  private let met = Mutex<[String: Builtin]>([:])

  func add(_ builtin: Builtin) { met.withLock { $0[builtin.name] = builtin } }

  /// By name.
  var all: [Builtin] { met.withLock { $0.values.sorted { $0.name < $1.name } } }
}

extension Vocabulary {
  /// What a name stands for that no property of the store has; `builtin.` before it says that none is meant. Nil where what is asked has no
  /// such thing: people have no hour.
  package func builtin(_ name: String) -> BuiltinProperty? {
    if properties.contains(where: { $0.name == name }) { return nil }
    return BuiltinProperty(naming: name).flatMap { builtins.contains($0) ? $0 : nil }
  }

  /// What it is called here.
  package func name(of builtin: BuiltinProperty) -> String {
    self.builtin(builtin.rawValue) == nil ? "builtin." + builtin.rawValue : builtin.rawValue
  }

  /// Everything that may stand as a property, for suggestions.
  package var propertyNames: [String] {
    properties.map(\.name) + builtinNames + customerNames + eventsNames
  }

  /// What is asked has these beside its properties.
  package var builtinNames: [String] { BuiltinProperty.allCases.filter(builtins.contains).map(name) }

  /// The texts that it can be, where these are few; nil where it is something else.
  package func values(of builtin: BuiltinProperty) -> [String]? {
    switch builtin {
    case .event: events
    case .touchpoint: map?.all(.touchpoint).map(\.name)
    case .stage: map?.all(.stage).map(\.name)
    case .weekday: Builtin.weekdays
    case .time, .date, .hour, .customer: nil
    }
  }

  /// Whether these are days, weekdays or hours alone, which come in their own order, all of them.
  func isByCalendar(_ names: [NameSyntax]) -> Bool {
    !names.isEmpty && names.allSatisfy { [.date, .weekday, .hour].contains(property($0.text, of: .event)?.builtin) }
  }
}

extension Resolver {
  /// Gathers that a question asks for it.
  func meet(_ builtin: BuiltinProperty, as name: String, at span: Range<Int>) throws(Diagnostic) {
    let content: Builtin.Content =
      switch builtin {
      case .event: .event
      case .touchpoint: .named(try naming(.touchpoints, keepsOthers: false, at: span))
      case .stage: .named(try naming(.stages, keepsOthers: false, at: span))
      case .time: .time
      case .date: .date
      case .weekday: .weekday
      case .hour: .hour
      case .customer: .customer
      }
    builtins.add(Builtin(name, content))
  }

  /// The question with what it asks for beside properties of the store; to be asked behind all else.
  func complete<Asked: Query>(_ query: Asked) -> Asked {
    var query = query
    query.scope.builtins = builtins.all
    return query
  }

  /// What a question of rows asks of their customers' events; to be asked behind all else.
  var askedOfEvents: [Catalog.Property] {
    let asked = builtins.all.compactMap { if case .ofEvents(let name) = $0.content { name } else { nil } }
    return (vocabulary.ofEvents ?? []).filter { asked.contains($0.name) }.map {
      Catalog.Property(name: $0.name, kind: $0.kind)
    }
  }

  /// A test as values that are kept can be held against: a date as its instants, weekdays and hours as a list of those that pass.
  func test(_ test: ValueTest, of builtin: BuiltinProperty, as name: String, at span: Range<Int>) throws(Diagnostic)
    -> PropertyTest
  {
    switch builtin {
    case .date:
      let time = vocabulary.name(of: .time)
      try meet(.time, as: time, at: span)
      return PropertyTest(time, test)
    case .weekday: return PropertyTest(name, passing(test, Builtin.weekdays))
    case .hour: return PropertyTest(name, passing(test, (0..<24).map(String.init)))
    case .event, .touchpoint, .stage, .time, .customer: return PropertyTest(name, test)
    }
  }

  /// Which of `names`, which stand in order, pass a test; a number is held against their places.
  private func passing(_ test: ValueTest, _ names: [String]) -> ValueTest {
    let tests: [(comparison: Comparison, value: Value)]
    switch test {
    case .isMissing, .contains: return test
    case .compare(let comparison, let value): tests = [(comparison, value)]
    case .oneOf(let values): tests = values.map { (.equal, $0) }
    }
    var passing: Set<Int> = []
    for (comparison, wanted) in tests {
      // Numbers may lie between those that there are.
      let order: (Int) -> Int
      if case .number(let number) = wanted {
        order = { Double($0) < number ? -1 : Double($0) > number ? 1 : 0 }
      } else {
        guard let place = names.firstIndex(where: { wanted == .text($0) }) else { continue }
        order = { $0 - place }
      }
      passing.formUnion(names.indices.filter { comparison.holds(order($0), 0) })
    }
    return .oneOf(passing.sorted().map { .text(names[$0]) })
  }
}
