import EventStore
import JourneyModel
import JourneyTime
import TestSupport
import Testing

/// A minute after another of 1 July 2025.
func minute(_ number: Int) -> Instant {
  Instant(microseconds: 1_751_328_000_000_000 + Int64(number) * 60_000_000)
}

/// A map with every kind of element, attribute and value, and names that are hard to write down.
func wholeMap(_ name: String = "shop") throws -> JourneyMap {
  let hard = "Thank-you, \"email\"\\ \n日本 🎁\u{0}"
  var elements: [Element] = [
    Element(.stage, "Awareness", attributes: [.owner: [.text("Ann, Lee")], .emotion: [.integer(-2)]]),
    Element(.stage, hard), Element(.persona, "Newcomer", meaning: "not did purchase"),
    Element(.channel, "email"), Element(.channel, "a, b"),
    Element(
      .touchpoint, "Ad", under: ElementReference(.stage, "Awareness"), emotions: ["Newcomer": -2, hard: 1],
      links: ["event ad_click", "event \(hard)"]),
    Element(.quote, "Nice", under: ElementReference(.touchpoint, "Ad")),
    Element(.backstage, hard, under: ElementReference(.touchpoint, "Ad")),
    Element(.touchpoint, hard, under: ElementReference(.stage, hard), links: [hard]),
    Element(.pain, "slow", under: ElementReference(.touchpoint, hard)),
    Element(.opportunity, "faster", under: ElementReference(.pain, "slow")),
    Element(.goal, "grow", meaning: "count purchase"),
  ]
  elements[5].attributes = [
    .channel: [.text("email"), .text("a, b"), .text(" blank ")], .persona: [.text("Newcomer")],
    .note: [.text("first"), .text("\"second\""), .text("a, b")], .status: [.text("\"quoted\" from the start")],
    .since: [.date("2025-Q3")], .due: [.date("2025-07-01T10:30")], .reviewed: [.date("2025")],
  ]
  for (index, target) in [
    AttributeValue.number(30), .number(0.1), .share(0.07), .duration(microseconds: 129_600_000_000),
    .atMost(.duration(microseconds: 129_600_000_000)),
  ]
  .enumerated() {
    let attributes: [Attribute: [AttributeValue]] = [.target: [target], .severity: [.integer(5)]]
    elements.append(Element(.kpi, "kpi \(index)", attributes: attributes, meaning: "count purchase"))
  }
  return try JourneyMap(name: name, title: "The shop", notes: ["one", hard], elements: elements)
}

/// Events with every kind of column, of a few customers with ties and gaps, over `buckets` buckets.
func sampleEvents(customers: Int = 40, buckets: Int = 2, seed: UInt64 = 1) -> EventStore {
  var random = SeededRandom(seed: seed)
  let properties = [
    Property(name: "country", kind: .text, dictionary: ["AT", "", "日本", "NUL\u{0}"]),
    Property(name: "price", kind: .number), Property(name: "mobile", kind: .truth),
    Property(name: "shipped", kind: .time),
  ]
  let schema = StoreSchema(events: ["visit", "cart", "pur\u{0}chase"], properties: properties, session: 0)
  let made = (0..<buckets).map { bucket in
    var builder = BucketRows()
    for customer in 0..<customers / buckets {
      builder.add("customer \(bucket)/\(customer)", &random)
    }
    return builder.bucket()
  }
  return EventStore(schema: schema, buckets: made)
}

/// The columns of a bucket while they grow.
private struct BucketRows {
  var customers: [String] = []
  var offsets: [UInt32] = [0]
  var instants: [Int64] = []
  var codes: [UInt32] = []
  var orders: [Double] = []
  var countries: [UInt32] = []
  var prices: [Double?] = []
  var mobile: [Bool?] = []

  mutating func add(_ customer: String, _ random: inout SeededRandom) {
    customers.append(customer)
    var time = minute(random.next(1000)).microseconds
    for _ in 0...random.next(6) {
      time += Int64(random.next(3)) * 1_000
      instants.append(time)
      codes.append(UInt32(random.next(3)))
      orders.append(random.next(4) == 0 ? .nan : Double(random.next(5)))
      countries.append(UInt32(random.next(5)))
      prices.append(random.next(3) == 0 ? nil : Double(random.next(1000)) / 7)
      mobile.append(random.next(3) == 0 ? nil : random.next(2) == 0)
    }
    offsets.append(UInt32(instants.count))
  }

  func bucket() -> Bucket {
    Bucket(
      customers: customers, offsets: offsets, instants: instants, events: CodeColumn(codes), orders: orders,
      properties: [
        .text(CodeColumn(countries)), .number(prices.map { $0 ?? .nan }, present: bits(prices.map { $0 != nil })),
        .truth(bits(mobile.map { $0 ?? false }), present: bits(mobile.map { $0 != nil })),
        .time(instants, present: Bitmap(repeating: true, count: instants.count)),
      ])
  }

  private func bits(_ values: [Bool]) -> Bitmap {
    var bitmap = Bitmap(count: values.count)
    for (index, value) in values.enumerated() { bitmap[index] = value }
    return bitmap
  }
}

/// All of a store that can be compared; doubles by their bits, so that nan equals itself.
struct Contents: Equatable, CustomTestStringConvertible {
  var schema: StoreSchema
  var buckets: [BucketContents]

  init(_ store: EventStore) {
    schema = store.schema
    // Now, not when it is compared.
    schema.properties = schema.properties.map { Property(name: $0.name, kind: $0.kind, dictionary: $0.dictionary) }
    buckets = store.buckets.map(BucketContents.init)
  }

  var testDescription: String { "\(buckets)" }
}

struct BucketContents: Equatable, CustomTestStringConvertible {
  var customers: [[UInt8]]
  var offsets: [UInt32]
  var instants: [Int64]
  var events: CodeColumn
  var orders: [UInt64]?
  /// Numbers as their bits.
  var properties: [PropertyColumn]

  init(_ bucket: Bucket) {
    customers = bucket.customers.map { Array($0.utf8) }
    (offsets, instants, events) = (bucket.offsets, bucket.instants, bucket.events)
    orders = bucket.orders?.map(\.bitPattern)
    properties = bucket.properties.map { column in
      guard case .number(let numbers, let present) = column else { return column }
      return .time(numbers.map { Int64(bitPattern: $0.bitPattern) }, present: present)
    }
  }

  var testDescription: String { "\(customers.count) customers, \(instants.count) events" }
}
