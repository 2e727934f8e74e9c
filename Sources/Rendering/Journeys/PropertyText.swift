import JourneyQuery
import JourneyTime

extension Value {
  /// A property's value as people read it, exact: `NO`, `99.5`, `true`, `2025-07-01 10:30`.
  func text(in zone: Zone) -> String {
    switch self {
    case .text(let text): return text
    case .number(let value): return HumanText.exactNumber(value)
    case .truth(let value): return value ? "true" : "false"
    case .date(let range):
      let reading = ClockReading(range.lowerBound, in: zone)
      return reading.text(reading.precision)
    }
  }

  var cell: Cell {
    switch self {
    case .text(let text): .text(text)
    case .number(let value): .number(value)
    case .truth(let value): .truth(value)
    case .date(let range): .instant(range.lowerBound)
    }
  }
}

extension Journey.Event {
  /// `page /home, price 99.5`, in the store's order, without the properties named.
  func propertyText(without hidden: Set<String> = [], in zone: Zone) -> String {
    properties.filter { !hidden.contains($0.name) }
      .map { "\($0.name) \($0.value.text(in: zone))" }.joined(separator: ", ")
  }
}
