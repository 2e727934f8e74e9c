import EventStore
import JourneyQuery
import TestSupport

/// One customer as a CRM has them.
struct Person {
  var customer: String
  /// Non-missing values; those of one name are of one kind.
  var properties: [(name: String, value: PropertyValue)]

  static let names = ["plan", "seats", "vip", "since"]

  /// Some of the customers of random journeys, and some who have no events; properties of every kind with gaps.
  static func random(using random: inout SeededRandom) -> [Person] {
    ["u", "u0", "u1", "u2", "u3", "u33", "Å"].filter { _ in !random.one(in: 3) }.shuffled(using: &random).map {
      customer in
      var properties: [(name: String, value: PropertyValue)] = []
      if !random.one(in: 4) { properties.append(("plan", .text(random.pick(["trial", "pro", "Å"])))) }
      if !random.one(in: 3) { properties.append(("seats", .number(random.pick([0, -0.0, 2.5, 40])))) }
      if random.one(in: 2) { properties.append(("vip", .truth(random.one(in: 2)))) }
      if random.one(in: 2) { properties.append(("since", .time(minute(.random(in: -3...4, using: &random))))) }
      return Person(customer: customer, properties: properties)
    }
  }
}

extension PersonTable {
  /// The table of these people, each once, with properties in the order of their first appearance.
  convenience init(_ people: [Person]) {
    var properties: [Property] = []
    for (name, value) in people.flatMap(\.properties) where !properties.contains(where: { $0.name == name }) {
      properties.append(Property(name: name, kind: value.kind))
    }
    self.init(properties: properties, held: PersonRows(people, properties))
  }
}

extension PersonRows {
  convenience init(_ people: [Person], _ properties: [Property]) {
    let sorted = people.sorted { $0.customer.utf8.lexicographicallyPrecedes($1.customer.utf8) }
    let columns = properties.map { property in
      sorted.map { person in person.properties.first { $0.name == property.name }?.value }
    }
    let texts = columns.map { values in
      values.reduce(into: [String]()) { texts, value in
        if case .text(let text)? = value, !texts.contains(text) { texts.append(text) }
      }
    }
    self.init(
      customers: sorted.map(\.customer),
      columns: zip(zip(columns, texts), properties).map { PropertyColumn($0.0, $0.1, $1.kind) }, dictionaries: texts)
  }
}

extension PropertyColumn {
  fileprivate init(_ values: [PropertyValue?], _ texts: [String], _ kind: Property.Kind) {
    var present = Bitmap(count: values.count)
    for (row, value) in values.enumerated() { present[row] = value != nil }
    switch kind {
    case .text:
      self = .text(
        CodeColumn(
          values.map { value in
            guard case .text(let text)? = value else { return 0 }
            return UInt32((texts.firstIndex(of: text) ?? 0) + 1)
          }))
    case .number:
      self = .number(values.map { if case .number(let number)? = $0 { number } else { .nan } }, present: present)
    case .truth:
      var truths = Bitmap(count: values.count)
      for (row, value) in values.enumerated() { truths[row] = value == .truth(true) }
      self = .truth(truths, present: present)
    case .time:
      self = .time(values.map { if case .time(let time)? = $0 { time } else { 7 } }, present: present)
    }
  }
}
