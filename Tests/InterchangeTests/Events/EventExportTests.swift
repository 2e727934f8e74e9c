import EventStore
import JourneyTime
import SourceText
import TestSupport
import Testing

@testable import Interchange

@Suite struct EventExportTests {
  private static func exported(
    _ store: EventStore, _ format: EventTextFormat, _ packing: Packing? = nil, rowsPerBlock: Int = 50_000
  ) throws -> [UInt8] {
    var export = EventExport(store, as: format, packing: packing)
    export.rowsPerBlock = rowsPerBlock
    var bytes: [UInt8] = []
    try export.write(to: { bytes += $0 }, advance: { _, _ in })
    return bytes
  }

  private static let sample = EventStore(
    rows: [
      EventRow(
        customer: "b,1", instant: 1_735_689_600_000_000, order: 2, name: "say \"hi\"",
        properties: [
          ("note", .text(" two\nlines; ")), ("price", .number(0.1)), ("vip", .truth(true)),
          ("since", .time(1_735_689_600_000_001)),
        ]),
      EventRow(customer: "b,1", instant: 1_735_689_600_000_000, order: 1.5, name: "visit"),
      EventRow(
        customer: "a", instant: -1, name: "visit", properties: [("price", .number(1e300)), ("session", .text("s"))]),
    ], session: "session")

  @Test func csv() throws {
    let text = """
      customer_id,timestamp,event,seq,note,price,vip,since,session
      "b,1",2025-01-01T00:00:00Z,visit,1.5,,,,,
      "b,1",2025-01-01T00:00:00Z,"say ""hi""\",2," two
      lines; ",0.1,true,2025-01-01T00:00:00.000001Z,
      a,1969-12-31T23:59:59.999999Z,visit,,,1e+300,,,s

      """
    let lines = String(decoding: try Self.exported(Self.sample, .csv), as: UTF8.self)
    #expect(lines.split(separator: "\n").sorted() == text.split(separator: "\n").sorted())
  }

  @Test func jsonLines() throws {
    let one = EventStore(rows: [
      EventRow(
        customer: "u", instant: 1_735_689_600_250_000, name: "a\tb",
        properties: [("say \"x\"", .text("\\")), ("n", .number(-2)), ("later", .time(0)), ("vip", .truth(false))]),
      EventRow(customer: "u", instant: 1_735_689_601_000_000, name: "c", properties: [("end", .number(0.25))]),
    ])
    #expect(
      String(decoding: try Self.exported(one, .jsonl), as: UTF8.self) == #"""
        {"customer_id":"u","timestamp":"2025-01-01T00:00:00.25Z","event":"a\u0009b","say \"x\"":"\\","n":-2,"later":"1970-01-01T00:00:00Z","vip":false,"end":null}
        {"customer_id":"u","timestamp":"2025-01-01T00:00:01Z","event":"c","end":0.25}

        """#)
  }

  /// The columns get names that no property has, and that a load takes for what they are.
  @Test func namesGiveWay() throws {
    let columns = ExportColumns(
      StoreSchema(
        properties: ["customer_id", "event", "event_", "Seq", "20250701", "visit", "session_id"].map {
          Property(name: $0, kind: .text)
        }, session: 5), hasOrders: false)
    #expect([columns.customer, columns.time, columns.event] == ["customer_id_", "timestamp", "event__"])
    #expect(columns.order == "seq")
    #expect(columns.clauses == "customer customer_id_ session visit")
  }

  /// Numbers read back as the same bits, and no shorter text does.
  @Test func numbers() {
    var random = SeededRandom(seed: 7)
    var numbers: [Double] = [
      0, -0.0, 1, -1, 0x1p53, 0x1p53 + 2, 0.1, 0.25, 99.99, -0.05, 1e22, .leastNonzeroMagnitude, 1e15, 1e13 + 0.01,
    ]
    for _ in 0..<20_000 {
      numbers.append(Double(bitPattern: .random(in: 0...UInt64.max, using: &random)))
      numbers.append(Double(Int.random(in: -10_000_000...10_000_000, using: &random)) / 100)
      numbers.append(Double.random(in: -1e6...1e6, using: &random))
    }
    for number in numbers where number.isFinite {
      var writer = CellWriter()
      writer.append(number: number)
      let text = String(decoding: writer.bytes, as: UTF8.self)
      #expect(writer.bytes.span.number?.bitPattern == number.bitPattern, "\(number)")
      let plain = number == number.rounded() ? PropertyValue.number(number).text : number.description
      #expect(text == (number == 0 && number.sign == .minus ? "-0" : plain))
    }
  }

  @Test func instants() {
    var random = SeededRandom(seed: 11)
    var writer = CellWriter()
    for _ in 0..<5_000 {
      let unit: Int64 = [1, 1_000, 1_000_000, 86_400_000_000].randomElement(using: &random) ?? 1
      let instant = Int64.random(in: -62_000_000_000_000_000...250_000_000_000_000_000, using: &random) / unit * unit
      writer.removeAll()
      writer.append(instant: instant)
      #expect(String(decoding: writer.bytes, as: UTF8.self) == Instant(microseconds: instant).iso)
    }
  }

  @Test(arguments: Packing.allCases) func packed(packing: Packing) throws {
    let bytes = try Self.exported(Self.sample, .tsv, packing, rowsPerBlock: 1)
    let again = try withFile(bytes) { try EventFile(path: $0).load() }
    #expect(again.summary.isCompressed)
    #expect(again.store.lines == Self.sample.lines)
  }

  /// What is written loads as the same store, whatever the values are and however the rows are cut.
  @Test(arguments: 0..<300) func whatIsWrittenLoads(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let store = randomStore(&random)
    let format: EventTextFormat = Bool.random(using: &random) ? .csv : .tsv
    let bytes = try Self.exported(store, format, rowsPerBlock: Int.random(in: 1...20, using: &random))
    let clauses = ExportColumns(store.schema, hasOrders: store.buckets.contains { $0.orders != nil }).clauses
    var options = LoadOptions(maxBadShare: 0, buckets: store.buckets.count)
    if clauses.contains("session visit") { options.roles[.session] = .name("visit") }
    let again = try withFile(bytes) { try EventFile(path: $0).load(options) }.store
    #expect(again.lines == store.lines)
    #expect(again.schema.session == store.schema.session)
    #expect(again.schema.properties.map(\.kind) == store.schema.properties.map(\.kind))
    #expect(again.schema.properties.map(\.name) == store.schema.properties.map(\.name))
  }
}

/// A store with awkward texts, ties, gaps and properties of every kind.
func randomStore(_ random: inout SeededRandom) -> EventStore {
  let letters = ["a", "é", "\"", "\n", "\r\n", " ", ",", "\t", "\\", "😀", "0", "'", "x", "{"]
  func text(_ length: ClosedRange<Int>) -> String {
    "#" + (0..<Int.random(in: length, using: &random)).map { _ in letters.randomElement(using: &random) ?? "" }.joined()
  }
  var rows: [EventRow] = []
  let hasOrders = Bool.random(using: &random)
  for _ in 0..<Int.random(in: 1...60, using: &random) {
    var row = EventRow(
      customer: "u\(Int.random(in: 0...9, using: &random)), \"x\"",
      instant: Int64.random(in: 0...40, using: &random) * 250_000 + 1_735_689_600_000_000, name: text(0...2))
    if hasOrders, Bool.random(using: &random) { row.order = Double(Int.random(in: -8...8, using: &random)) / 4 }
    if Bool.random(using: &random) { row.properties.append(("note", .text(text(0...6)))) }
    if Bool.random(using: &random) {
      row.properties.append(("amount", .number(.random(in: -10...1e7, using: &random))))
    }
    if Bool.random(using: &random) { row.properties.append(("customer_id", .truth(.random(using: &random)))) }
    if Bool.random(using: &random) {
      row.properties.append(("at, \"ever\"", .time(.random(in: 0...1 << 50, using: &random))))
    }
    if Bool.random(using: &random) { row.properties.append(("visit", .text(text(1...1)))) }
    rows.append(row)
  }
  let session = Bool.random(using: &random) && rows.contains { $0.properties.contains { $0.name == "visit" } }
  return EventStore(rows: rows, buckets: [1, 4].randomElement(using: &random), session: session ? "visit" : nil)
}
