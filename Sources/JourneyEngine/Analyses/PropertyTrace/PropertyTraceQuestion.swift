import EventStore
import JourneyQuery

extension Executor where Self: EventPart {
  /// Whether a property is there all along a journey, and stays as it is.
  public func propertyTrace(_ query: PropertyTraceQuery, _ run: Run) throws(ExecutionError) -> PropertyTraceReport {
    try answer(PropertyTraceQuestion(query: query, catalog: catalog), run)
  }
}

struct PropertyTraceQuestion: SingleReading {
  let query: PropertyTraceQuery
  let catalog: Catalog

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> PropertyTraceReport {
    let store = try part.reading(query.scope, catalog)
    let tallies = try store.scan(
      threads: part.threads, run, part: { PropertyTraceTally(query, in: store.schema) }
    ) { tally, bucket, customers in
      tally.read(customers, of: bucket)
    }
    return tallies.reduce(into: PropertyTraceReport()) { $0.absorb($1.found) }
  }

  func report(_ found: PropertyTraceReport, _ run: Run) -> PropertyTraceReport { found }
}

extension PropertyTraceReport: PartialAnswer {
  public mutating func absorb(_ other: PropertyTraceReport) {
    customers += other.customers
    without += other.without
    partly += other.partly
    changing += other.changing
  }
}

/// What one thread found.
private struct PropertyTraceTally: Sendable {
  /// As many as a word has places for; the first of them is whether it is missing.
  private let readings: [TruthsSeen]
  private(set) var found = PropertyTraceReport()

  init(_ query: PropertyTraceQuery, in schema: StoreSchema) {
    let tests = ([.isMissing] + query.tests.filter { $0 != .isMissing }).map { test in
      CompiledTest(PropertyTest(query.property, test), in: schema)
    }
    readings = stride(from: 0, to: tests.count, by: TruthsSeen.most).map { first in
      TruthsSeen(tests[first..<min(first + TruthsSeen.most, tests.count)], in: schema)
    }
  }

  mutating func read(_ customers: Range<Int>, of bucket: Bucket) {
    found.customers += customers.count
    var isChanging = Array(repeating: false, count: customers.count)
    for (number, reading) in readings.enumerated() {
      for (index, seen) in reading.words(of: customers, in: bucket).enumerated() {
        var both = seen & (seen >> 1) & TruthsSeen.falses
        if number == 0 {
          if seen & 1 == 0 { found.without += 1 } else if both & 1 != 0 { found.partly += 1 }
          both &= ~1
        }
        if both != 0 { isChanging[index] = true }
      }
    }
    found.changing += isChanging.count { $0 }
  }
}

/// Of a few tests of one property, which are false and which are true at some event of a customer: a word has for each, from the lowest up, a
/// bit for false and one for true.
private struct TruthsSeen: Sendable {
  static let most = UInt64.bitWidth / 2
  static let falses: UInt64 = 0x5555_5555_5555_5555

  private let tests: [CompiledTest]
  /// By code of a text; nil for what is no text.
  private let wordOfCode: [UInt64]?

  init(_ tests: ArraySlice<CompiledTest>, in schema: StoreSchema) {
    self.tests = Array(tests)
    let property = tests.first?.property.map { schema.properties[$0] }
    wordOfCode = property.flatMap { property in
      guard property.kind == .text else { return nil }
      return (0...property.dictionary.count).map { code in
        tests.enumerated().reduce(0) { $0 | Self.word(Self.truth(of: $1.element, at: code), of: $1.offset) }
      }
    }
  }

  private static func word(_ truth: UInt8, of test: Int) -> UInt64 {
    switch truth {
    case Truth.no: 1 << (2 * test)
    case Truth.yes: 2 << (2 * test)
    default: 0
    }
  }

  private static func truth(of test: CompiledTest, at code: Int) -> UInt8 {
    switch test.rule {
    case .isMissing: Truth.of(code == 0)
    case .table(let truths): truths[code]
    case .numbers, .times, .unrelated: Truth.unknown
    }
  }

  /// By customer. O(events).
  func words(of customers: Range<Int>, in bucket: Bucket) -> [UInt64] {
    let offsets = bucket.offsets
    if let wordOfCode, let property = tests[0].property, case .text(let codes) = bucket.properties[property] {
      return switch codes {
      case .narrow(let codes): Self.gathered(codes, wordOfCode, customers, offsets)
      case .medium(let codes): Self.gathered(codes, wordOfCode, customers, offsets)
      case .wide(let codes): Self.gathered(codes, wordOfCode, customers, offsets)
      }
    }
    let rows = Int(offsets[customers.lowerBound])..<Int(offsets[customers.upperBound])
    var words = Array(repeating: UInt64(0), count: customers.count)
    var truths = Array(repeating: Truth.unknown, count: rows.count)
    for (number, test) in tests.enumerated() {
      test.evaluate(rows, of: bucket, into: &truths, at: 0)
      for customer in customers {
        let own = Int(offsets[customer]) - rows.lowerBound..<Int(offsets[customer + 1]) - rows.lowerBound
        for row in own { words[customer - customers.lowerBound] |= Self.word(truths[row], of: number) }
      }
    }
    return words
  }

  private static func gathered<Code: FixedWidthInteger>(
    _ codes: [Code], _ wordOfCode: [UInt64], _ customers: Range<Int>, _ offsets: [UInt32]
  ) -> [UInt64] {
    let (codes, wordOfCode) = (codes.span, wordOfCode.span)
    return customers.map { customer in
      var seen: UInt64 = 0
      for row in Int(offsets[customer])..<Int(offsets[customer + 1]) { seen |= wordOfCode[Int(codes[row])] }
      return seen
    }
  }
}
