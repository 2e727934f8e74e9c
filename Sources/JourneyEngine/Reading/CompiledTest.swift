import EventStore
import JourneyQuery
import JourneyTime

/// A test on one property, made ready for one store: what is written as text is looked up once per distinct value, not
/// once per event.
struct CompiledTest: Sendable {
  enum Rule: Sendable {
    /// `is missing`: the only test that is never unknown.
    case isMissing
    /// Truth by dictionary code of a text (0, the missing one, is unknown), or by 0 and 1 of a truth value.
    case table([UInt8])
    /// True where one of them holds.
    case numbers([(comparison: Comparison, value: Double)])
    /// True where one of them holds.
    case times([(comparison: Comparison, date: Range<Int64>)])
    /// The value can have no relation to what it is held against: neither true nor false.
    case unrelated
  }
  /// Index of the property; nil if the store has none of that name, which then is missing everywhere.
  let property: Int?
  let rule: Rule

  init(_ test: PropertyTest, in schema: StoreSchema) {
    property = schema.index(ofProperty: test.property)
    if case .isMissing = test.test {
      rule = .isMissing
    } else if let property {
      rule = Self.rule(test.test, on: schema.properties[property])
    } else {
      rule = .unrelated
    }
  }

  private static func rule(_ test: ValueTest, on property: Property) -> Rule {
    let tests: [(comparison: Comparison, value: Value)]
    switch test {
    case .isMissing: return .isMissing
    case .contains(let part):
      guard property.kind == .text else { return .unrelated }
      let needle = Array(part.simpleFolding)
      return .table([Truth.unknown] + property.dictionary.map { Truth.of($0.simpleFolding.contains(needle)) })
    case .compare(let comparison, let value): tests = [(comparison, value)]
    case .oneOf(let values): tests = values.map { (.equal, $0) }
    }
    switch property.kind {
    case .text:
      let texts = tests.compactMap { test in test.value.text.map { (comparison: test.comparison, value: $0) } }
      guard texts.count == tests.count else { return .unrelated }
      return .table(
        [Truth.unknown]
          + property.dictionary.map { text in
            Truth.of(texts.contains { $0.comparison.holds(text.utf8Order(to: $0.value)) })
          })
    case .truth:
      let truths = tests.compactMap { test in test.value.truth.map { (comparison: test.comparison, value: $0) } }
      guard truths.count == tests.count else { return .unrelated }
      return .table(
        [0, 1].map { left in Truth.of(truths.contains { $0.comparison.holds(left - ($0.value ? 1 : 0)) }) })
    case .number:
      let numbers = tests.compactMap { test in test.value.number.map { (comparison: test.comparison, value: $0) } }
      return numbers.count == tests.count ? .numbers(numbers) : .unrelated
    case .time:
      let dates = tests.compactMap { test in test.value.date.map { (comparison: test.comparison, date: $0) } }
      return dates.count == tests.count ? .times(dates) : .unrelated
    }
  }

  /// Writes the truth of the test for each of `rows` to `truths[base]` and on.
  @inline(__always)
  func evaluate(
    _ rows: some RandomAccessCollection<Int>, of bucket: Bucket, into truths: inout [UInt8], at base: Int
  ) {
    evaluate(rows, on: property.map { bucket.properties[$0] }, into: &truths, at: base)
  }

  /// The same, given the column of the property; nil if there is none.
  func evaluate(
    _ rows: some RandomAccessCollection<Int>, on column: PropertyColumn?, into truths: inout [UInt8], at base: Int
  ) {
    @inline(__always) func write(_ truth: (Int) -> UInt8) {
      var place = base
      for row in rows {
        truths[place] = truth(row)
        place += 1
      }
    }
    guard let column else {
      if case .isMissing = rule { write { _ in Truth.yes } } else { write { _ in Truth.unknown } }
      return
    }
    switch (rule, column) {
    case (.isMissing, .text(let codes)): write { Truth.of(codes[$0] == 0) }
    case (.isMissing, .number(_, let present)), (.isMissing, .truth(_, let present)),
      (.isMissing, .time(_, let present)):
      write { Truth.of(!present[$0]) }
    case (.table(let table), .text(.narrow(let codes))): write { table[Int(codes[$0])] }
    case (.table(let table), .text(let codes)): write { table[codes[$0]] }
    case (.table(let table), .truth(let bits, let present)):
      write { present[$0] ? table[bits[$0] ? 1 : 0] : Truth.unknown }
    case (.numbers(let tests), .number(let numbers, let present)):
      write { row in
        guard present[row] else { return Truth.unknown }
        return Truth.of(tests.contains { $0.comparison.holds(numbers[row], $0.value) })
      }
    case (.times(let tests), .time(let times, let present)):
      write { row in
        guard present[row] else { return Truth.unknown }
        return Truth.of(tests.contains { $0.comparison.holds(times[row], $0.date) })
      }
    default: write { _ in Truth.unknown }
    }
  }
}

extension Value {
  fileprivate var text: String? { if case .text(let text) = self { text } else { nil } }
  fileprivate var truth: Bool? { if case .truth(let truth) = self { truth } else { nil } }
  fileprivate var number: Double? { if case .number(let number) = self { number } else { nil } }
  fileprivate var date: Range<Int64>? {
    if case .date(let date) = self { date.lowerBound.microseconds..<date.upperBound.microseconds } else { nil }
  }
}

extension Comparison {
  /// `order` is negative, zero or positive as the left side is less than, equal to or greater than the right.
  fileprivate func holds(_ order: Int) -> Bool {
    switch self {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    }
  }

  fileprivate func holds(_ left: Double, _ right: Double) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }

  fileprivate func holds(_ time: Int64, _ date: Range<Int64>) -> Bool {
    switch self {
    case .equal: date.contains(time)
    case .notEqual: !date.contains(time)
    case .less: time < date.lowerBound
    case .lessOrEqual: time < date.upperBound
    case .greater: time >= date.upperBound
    case .greaterOrEqual: time >= date.lowerBound
    }
  }
}
