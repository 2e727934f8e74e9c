import EventStore
import JourneyQuery

extension PersonTable {
  /// What a report has of customers, as a table of people.
  ///
  /// - Parameter properties: those of the query; a value of another kind is missing.
  package convenience init(
    _ report: FirstValuesReport, of customers: [String], _ properties: [Catalog.Property]
  ) {
    let held = properties.map { Property(name: $0.name, kind: Property.Kind($0.kind)) }
    var builder = EventStoreBuilder()
    let indices = held.map { builder.addProperty($0.name, declared: $0.kind) }
    let unnamed: [UInt8] = []
    for (row, customer) in customers.enumerated() {
      builder.append(customer: Array(customer.utf8).span, event: unnamed.span, instant: 0)
      for (index, (property, column)) in zip(indices, zip(held, report.columns)) {
        guard row < column.count, let value = column[row].map(PropertyValue.init), value.kind == property.kind else {
          continue
        }
        builder.set(index, to: value)
      }
    }
    self.init(properties: held, held: PersonRows(builder.finish(buckets: 1)))
  }
}

extension PropertyValue {
  /// A value as it is stored; of a date its first instant.
  fileprivate init(_ value: Value) {
    switch value {
    case .text(let text): self = .text(text)
    case .number(let number): self = .number(number)
    case .truth(let truth): self = .truth(truth)
    case .date(let date): self = .time(date.lowerBound.microseconds)
    }
  }
}
