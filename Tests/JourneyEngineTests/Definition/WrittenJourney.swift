import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime

/// A journey as the table of cases writes it: `A0 B5(x) C9`, number for minutes, text in parentheses for `item`.
func journey(_ text: String, of customer: String = "u1") -> [EventRow] {
  text.split(separator: " ").map { word in
    let digits = word.drop { !$0.isNumber }.prefix { $0.isNumber }
    let item = word.drop { $0 != "(" }.dropFirst().dropLast()
    return EventRow(
      customer: customer, instant: minute(Int64(digits) ?? 0), name: String(word.prefix { $0.isLetter }),
      properties: item.isEmpty ? [] : [("item", .text(String(item)))])
  }
}

/// `A|C`: any event of these names; `*` of any name.
func step(_ text: String) -> Step {
  Step(
    label: text,
    alternatives: text.split(separator: "|").map { EventPattern(event: $0 == "*" ? nil : String($0)) })
}

/// A funnel as statements write it: `A ->[2m] B? => C`, limits in minutes.
func funnel(_ text: String) -> FunnelQuery {
  var steps: [PathStep] = []
  var arrow = Arrow()
  for word in text.split(separator: " ") {
    if word.hasPrefix("->") || word.hasPrefix("=>") {
      let limit = Int64(word.drop { !$0.isNumber }.prefix { $0.isNumber })
      arrow = Arrow(isNext: word.hasPrefix("=>"), limit: limit.map { .minutes($0) })
    } else {
      let isOptional = word.hasSuffix("?")
      steps.append(PathStep(step(String(isOptional ? word.dropLast() : word)), isOptional: isOptional, arrow: arrow))
    }
  }
  return FunnelQuery(path: Path(steps))
}

extension EmbeddedEngine {
  init(_ rows: [EventRow], session: String? = nil) {
    self.init(EventStore(rows: rows, session: session), threads: 1)
  }

  /// The events of the reported chain of `u1`, as `A0 B5`.
  func chain(_ query: FunnelQuery) throws -> String {
    let trace = try trace(of: "u1", in: query, Run())
    let taken = (trace?.lines ?? []).compactMap { line -> (step: Int, text: String)? in
      guard case .taken(let step) = line.verdict else { return nil }
      return (step, "\(line.event.name)\(line.event.instant.microseconds / minute(1))")
    }
    return taken.sorted { $0.step < $1.step }.map(\.text).joined(separator: " ")
  }
}
