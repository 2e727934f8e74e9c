import EventStore
import Foundation
import Interchange
import Outside
import SourceText
import Workspace

extension FuzzTarget {
  /// Delimited text.
  package static let tables = FuzzTarget(
    "tables",
    words: Cells.words + [
      "user_id", "timestamp", "event", "seq", "session", ",", ";", "\t", "|", "\"", "\"\"", "\r\n", "\r",
    ],
    example: { Array(Cells.table(&$0).utf8) }, read: EventFileReading.check)

  /// JSON lines, arrays, and the shape of each product's export.
  package static let json = FuzzTarget(
    "json",
    words: Cells.words + Cells.keys.map { "\"\($0)\":" } + [
      "{", "}", "[", "]", ",", ":", "null", "true", "\\u0000", "\\ud83d",
    ],
    example: { Array(Cells.json(&$0).utf8) }, read: EventFileReading.check)

  package static let xes = FuzzTarget(
    "xes",
    words: Cells.words + [
      "<log>", "<trace>", "<event>", "</event>", "</trace>", "<string key=\"", "<date key=\"", "<float key=\"",
      "\" value=\"",
      "concept:name", "time:timestamp", "&#0;", "&amp;", "<![CDATA[", "<!ENTITY a \"b\">", "<?xml version=\"1.0\"?>",
      "/>",
    ],
    example: { Array(Cells.xes(&$0).utf8) }, read: EventFileReading.check)

  /// Access logs of web servers.
  package static let logs = FuzzTarget(
    "logs",
    words: Cells.words + [
      " - ", " [", "] ", "[10/Oct/2000:13:55:36 -0700]", "\"", "\\\"", "\\x", "\\x22", "\" 200 ", "GET ", " HTTP/1.1",
      "?", "a:80 ",
    ],
    example: { Array(Cells.accessLog(&$0).utf8) }, read: EventFileReading.check)

  /// Compressed bytes, which may be anything once they are out.
  package static let packed = FuzzTarget(
    "packed", words: ["\u{1F}", "(", "user_id,timestamp,event\n"],
    example: { random in
      let text = Array(Cells.table(&random).utf8)
      let middle = Int.random(in: 0...text.count, using: &random)
      let packing = Packing.allCases.randomElement(using: &random) ?? .gzip
      return ((try? packing.pack(Array(text[..<middle]))) ?? []) + ((try? packing.pack(Array(text[middle...]))) ?? [])
    }, read: { _ = try EventFileReading.outcome(of: $0, waysOf: [1, 5]) })
}

/// Loads bytes as a file of events in several ways, which must come to the same.
enum EventFileReading {
  /// Plain and packed, by one thread and by several, from few bytes at once.
  static func check(_ bytes: [UInt8]) throws {
    let plain = try outcome(of: bytes, waysOf: [1, 5])
    let middle = bytes.count / 2
    for packing in Packing.allCases where !bytes.isEmpty {
      let packed = try packing.pack(Array(bytes[..<middle])) + packing.pack(Array(bytes[middle...]))
      let unpacked = try outcome(of: packed, waysOf: [packing == .gzip ? 2 : 3])
      guard unpacked == plain else { throw Contradiction("packed as \(packing): \(unpacked)\nplain: \(plain)") }
    }
  }

  /// What loading comes to with each number of threads, the same each time.
  static func outcome(of bytes: [UInt8], waysOf threads: [Int]) throws -> String {
    let scratch = try Scratch()
    let file = try scratch.file("events.csv", holding: bytes)
    let outcomes = try threads.map { try outcome(of: file, threads: $0, in: scratch) }
    guard let first = outcomes.first, outcomes.allSatisfy({ $0 == first }) else {
      throw Contradiction("not the same by \(threads) threads:\n\(outcomes.joined(separator: "\n--- and\n"))")
    }
    return first
  }

  static func outcome(of source: OutsideFile, part: String? = nil, threads: Int, in scratch: Scratch) throws -> String {
    do {
      let file = try EventFile(source, part: part)
      do {
        return try outcome(of: file.load(options(threads, scratch)), savedIn: threads == 1 ? scratch : nil)
      } catch let error as Diagnostic where error.code.name.hasPrefix("role.") || error.code.name.hasPrefix("load.role")
      {
        var options = options(threads, scratch)
        options.roles = [.customer: .number(1), .time: .number(2), .event: .number(3)]
        return try "\(error.code): " + outcome(of: file.load(options), savedIn: nil)
      }
    } catch let error as Diagnostic {
      try ReplyReading.look(at: error, in: "")
      return "\(error.code): \(error.message)"
    }
  }

  /// One thread loads as is usual; several take few bytes at once, put rows aside in a file, and guess little beforehand.
  private static func options(_ threads: Int, _ scratch: Scratch) -> LoadOptions {
    var options = LoadOptions(maxBadShare: 1, threads: threads, spillFolder: scratch.path)
    guard threads > 1 else { return options }
    (options.leastSegment, options.blockSize, options.headSize) = (32, 128, threads % 2 == 0 ? 0 : 256)
    (options.groupSize, options.memory) = (4, 4_096)
    return options
  }

  /// The store's lines and what was said of bad rows.
  private static func outcome(of loaded: LoadedEvents, savedIn scratch: Scratch?) throws -> String {
    let store = try EventStore(loaded.draft)
    if let scratch {
      try checkSaved(store, in: scratch)
      // Other files may tell texts from the numbers and times that they look like; once they came from a table they are the same.
      let table = loaded.summary.delimiter == nil ? try exported(store, as: .csv, in: scratch) : store
      for format in [EventTextFormat.csv, .jsonl] {
        let again = try exported(table, as: format, in: scratch)
        guard again.written == table.written else {
          throw Contradiction("as \(format) another:\n\(table.written)\n--- and\n\(again.written)")
        }
      }
    }
    return "\(loaded.summary.rows) \(loaded.summary.firstBadRows) \(loaded.summary.badRows)\n" + store.text
  }

  /// A store that is saved must read as the same.
  private static func checkSaved(_ store: EventStore, in scratch: Scratch) throws {
    let file = try scratch.file("\(UUID().uuidString).waymark", holding: SmallWorld.emptyWorkspace)
    try Workspace(opening: file).saveEvents(store, as: "main", at: SmallWorld.now)
    let saved = try Workspace(opening: file).events("main")
    guard saved.text == store.text, saved.faults?.count == 0 else {
      throw Contradiction("saved as another:\n\(store.text)\n--- and\n\(saved.text)")
    }
  }

  /// What a load makes of an export.
  private static func exported(
    _ store: EventStore, as format: EventTextFormat, in scratch: Scratch
  ) throws -> EventStore {
    guard store.eventCount > 0 else { return store }
    let export = EventExport(store, as: format)
    var bytes: [UInt8] = []
    try export.write(to: { bytes += $0 }, advance: { _, _ in })
    let file = try scratch.file("exported.\(format.rawValue)", holding: bytes)
    var options = LoadOptions(maxBadShare: 0)
    options.roles = [
      .customer: .name(export.columns.customer), .time: .name(export.columns.time), .event: .name(export.columns.event),
    ]
    do {
      return try EventStore(EventFile(file).load(options).draft)
    } catch let error as Diagnostic {
      throw Contradiction(
        "refused as \(format), \(error.place ?? ""): \(error.message)\n\(String(decoding: bytes, as: UTF8.self))")
    }
  }
}

extension EventStore {
  /// All of its values, a line for each event.
  var text: String {
    var lines = [
      "\(schema.events) \(schema.properties.map { "\($0.name): \($0.kind)" }) session \(schema.session ?? -1)"
    ]
    for bucket in buckets {
      let (customers, offsets, instants) = (bucket.customers, bucket.offsets, bucket.instants)
      let (events, orders) = (bucket.events, bucket.orders)
      for customer in customers.indices {
        for row in Int(offsets[customer])..<Int(offsets[customer + 1]) {
          let values = schema.properties.indices.map {
            bucket.value(of: $0, at: row, in: schema).map { "\($0)" } ?? "-"
          }
          lines.append(
            "\(customers[customer]) \(instants[row]) \(events[row]) \(orders.map { "\($0[row])" } ?? "") \(values)")
        }
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The same as files hold it: names for codes, texts for values, whatever their kinds.
  var written: String {
    var lines = [schema.properties.map(\.name).joined(separator: ", ")]
    for bucket in buckets {
      for customer in bucket.customers.indices {
        for row in Int(bucket.offsets[customer])..<Int(bucket.offsets[customer + 1]) {
          let order = bucket.orders.map { PropertyValue.number($0[row]).text } ?? "nan"
          let values = schema.properties.indices.map { bucket.value(of: $0, at: row, in: schema)?.text ?? "" }
          lines.append(
            "\(bucket.customers[customer]) \(bucket.instants[row]) \(order) \(schema.events[bucket.events[row]]) \(values)"
          )
        }
      }
    }
    return lines.joined(separator: "\n")
  }
}
