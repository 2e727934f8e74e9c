import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

/// Value by its definition: the events that have the property, then the sum of each customer's.
struct DefinedValue {
  let rows: [EventRow]
  let query: ValueQuery

  var report: ValueReport {
    let people = asked(query.scope, of: rows)
    return DefinedCut(scope: query.scope, split: query.split, rows: rows, people: people.count) { during in
      placed(people, query.scope, query.split.breakdown, during: during) { number($0) != nil }
    } figures: {
      figures($0)
    }.report(size: { exactSum($0.compactMap(number)) })
  }

  private func number(_ row: EventRow) -> Double? {
    guard case .number(let number)? = row.value(of: query.property) else { return nil }
    return number
  }

  private func figures(_ events: [EventRow]) -> ValueFigures {
    let owned =
      query.counting == .events ? events.map { [$0] } : Array(Dictionary(grouping: events, by: \.customer).values)
    let values = owned.map { exactSum($0.compactMap(number)) }.sorted()
    var figures = ValueFigures(counted: values.count, total: exactSum(events.compactMap(number)))
    if !values.isEmpty {
      (figures.least, figures.most) = (values.first, values.last)
      let mean = figures.total / Double(values.count)
      figures.mean = mean
      let squares = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
      if values.count > 1 { figures.variance = squares / Double(values.count - 1) }
      figures.median = (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
      let rank = (values.count - 1) * 9
      let (low, high) = (values[rank / 10], values[min(rank / 10 + 1, values.count - 1)])
      figures.p90 = low + (high - low) * (Double(rank % 10) / 10)
    }
    return figures
  }
}

/// As whole numbers of 2^−1074, and rounded by the digits: nothing is lost on the way.
func exactSum(_ numbers: [Double]) -> Double {
  // Parts of the sum that do not overlap, the least first (Shewchuk 1997, grow-expansion). For numbers far from the largest.
  var parts: [Double] = []
  for number in numbers {
    var (number, kept) = (number, [Double]())
    for part in parts {
      let (large, small) = number.magnitude < part.magnitude ? (part, number) : (number, part)
      let sum = large + small
      if small - (sum - large) != 0 { kept.append(small - (sum - large)) }
      number = sum
    }
    parts = kept + [number]
  }
  // From the largest down until something is lost; half a unit is then decided by the sign of the next part.
  guard var sum = parts.popLast() else { return 0 }
  while let part = parts.popLast() {
    let before = sum
    sum = before + part
    let lost = part - (sum - before)
    guard lost != 0 else { continue }
    if let next = parts.last, (next < 0) == (lost < 0), sum + 2 * lost - sum == 2 * lost { sum += 2 * lost }
    break
  }
  return sum
}

@Suite struct ValueTests {
  @Test(arguments: 0..<40) func aSumOfNumbersOfAnySizeIsRoundedOnce(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let exponents = random.pick([-1074 ... -1000, -30...30, 900...990, -1074...990])
    for _ in 0..<200 {
      let numbers = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        Double(
          sign: random.one(in: 2) ? .plus : .minus, exponent: .random(in: exponents, using: &random), significand: 1)
          * .random(in: 1..<2, using: &random)
      }
      let expected = exactSum(numbers)
      #expect(value(of: numbers) == expected, "\(numbers)")
      #expect(value(of: numbers.shuffled(using: &random)) == expected, "\(numbers)")
    }
  }

  @Test func sumsGoPastTheLargestNumberAndComeBackOrAreAnError() throws {
    let largest = Double.greatestFiniteMagnitude
    #expect(value(of: [largest, largest, -largest]) == largest)
    #expect(value(of: [largest, -largest, Double.leastNonzeroMagnitude]) == Double.leastNonzeroMagnitude)
    #expect(value(of: [largest, 0x1p969]) == largest, "less than half a unit more")
    #expect(value(of: [largest, 0x1p970]) == nil)
    #expect(value(of: [largest, 0x1p970, -Double.leastNonzeroMagnitude]) == largest)
    #expect(value(of: [-largest, -largest, 1]) == nil)
    #expect(value(of: Array(repeating: 0.1, count: 10)) == 1)
  }

  /// What one customer brings with an event for each number; nil where that is refused.
  private func value(of numbers: [Double]) -> Double? {
    let rows = numbers.enumerated().map { index, number in
      EventRow(
        customer: "u", instant: minute(Int64(index)), name: "A", properties: [("amount", .number(number))])
    }
    let engine = EmbeddedEngine(EventStore(rows: rows, buckets: 1), threads: 1)
    return try? engine.value(ValueQuery(property: "amount"), Run()).total.figures.total
  }

  @Test(arguments: 0..<5) func `the rows are those of adding up every customer`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for number in 0..<400 {
      var journeys = RandomJourneys([.orderColumn], using: &random)
      // Some money is given back; halves add up exactly in any order.
      for index in journeys.rows.indices where random.one(in: 4) {
        journeys.rows[index].properties.append(("amount", .number(random.pick([-1, -3.5, 0]))))
      }
      let query = ValueQuery.random(using: &random)
      let expected = DefinedValue(rows: journeys.rows, query: query).report
      for engine in try engines(journeys.rows, using: &random) {
        try #require(try engine.value(query, Run()) == expected, "store \(number): \(journeys.rows) \(query)")
      }
    }
  }

  @Test func `sums that round are the same however customers were found`() throws {
    var random = SeededRandom(seed: 7)
    let rows = (0..<3_000).map { index in
      EventRow(
        customer: "u\(index % 700)", instant: minute(Int64(index)), name: "A",
        properties: [
          ("amount", .number(.random(in: -1e9...1e9, using: &random) / 3)), ("item", .text("i\(index % 13)")),
        ])
    }
    let breakdown = Breakdown(keys: [.property("item")], names: ["item"], top: 3)
    let query = ValueQuery(property: "amount", split: Split(breakdown: breakdown, per: .hour))
    let once = try EmbeddedEngine(EventStore(rows: rows, buckets: 1), threads: 1).value(query, Run())
    for threads in [1, 2, 3] {
      let store = EventStore(rows: rows, buckets: 8)
      #expect(try EmbeddedEngine(store, threads: threads).value(query, Run()) == once)
    }
  }

  @Test func `a property that is text or missing has no value`() throws {
    for name in ["item", "nothing"] {
      let report = try EmbeddedEngine(journey("A0(x)")).value(ValueQuery(property: name), Run())
      #expect(report.total == Slice(.whole, ValueFigures()))
    }
  }
}

extension ValueQuery {
  static func random(using random: inout SeededRandom) -> ValueQuery {
    ValueQuery(
      property: "amount", counting: random.pick([.customers, .events]), scope: .random(using: &random),
      split: .random(using: &random))
  }
}
