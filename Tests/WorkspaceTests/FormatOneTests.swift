import EventStore
import Foundation
import GRDB
import JourneyTime
import Testing

@testable import Workspace

/// A file of format 1 is brought up to date when it is opened; its columns are read as they are.
@Suite struct FormatOneTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func itsEventsAreReadAndGoOn() throws {
    let store = sampleEvents(seed: 4)
    try Workspace(opening: folder.file(), as: .new).saveEvents(store, as: "main", at: minute(0))
    try downgrade(folder.file(), store)
    #expect(throws: WorkspaceError(.olderFormat(1), file: folder.file())) {
      try Workspace(opening: self.folder.file(), as: .readOnly)
    }
    let workspace = try Workspace(opening: folder.file())
    #expect(try Contents(workspace.events("main")) == Contents(store))
    #expect(try workspace.events("main").faults?.count == 0)
    let later = EventStore(rows: [EventRow(customer: "new", instant: 0, name: "later")], buckets: store.buckets.count)
    _ = try workspace.addEvents(later, to: "main", at: minute(1))
    let whole = store.appending(later).store
    #expect(try Contents(Workspace(opening: folder.file()).events("main")) == Contents(whole))
  }

  @Test func aFlippedByteIsNoticed() throws {
    try Workspace(opening: folder.file(), as: .new).saveEvents(sampleEvents(), as: "main", at: minute(0))
    try downgrade(folder.file(), sampleEvents())
    let workspace = try Workspace(opening: folder.file())
    try workspace.write {
      try $0.execute(
        sql: "UPDATE event_column SET data = CAST(substr(data, 1, length(data) - 1) || x'55' AS BLOB) WHERE data <> x''"
      )
    }
    let faulty = try workspace.events("main")
    _ = Contents(faulty)
    #expect((faulty.faults?.count ?? 0) > 10)
  }

  /// Makes a file of format 1 of the same events.
  private func downgrade(_ file: String, _ store: EventStore) throws {
    let newer = folder.file("newer.waymark")
    try FileManager.default.moveItem(atPath: file, toPath: newer)
    let queue = try DatabaseQueue(path: file)
    try Schema.migrate(queue, upTo: 1)
    try queue.writeWithoutTransaction { try $0.execute(sql: "ATTACH ? AS newer", arguments: [newer]) }
    try queue.write { database in
      try database.execute(
        sql: """
          INSERT INTO event_store
            SELECT name, position, revision, events, customers, first, last, session, saved_at FROM newer.event_store;
          INSERT INTO event_name SELECT * FROM newer.event_name;
          INSERT INTO property SELECT * FROM newer.property;
          INSERT INTO setting SELECT name, value FROM newer.setting;
          INSERT INTO bucket SELECT store, bucket, customers, events, has_orders FROM newer.layer;
          """)
      func write(_ bucket: Int, _ name: String, _ encoding: String, _ count: Int, _ bytes: [UInt8]) throws {
        try database.execute(
          sql: "INSERT INTO event_column VALUES ('main', ?, ?, 0, ?, ?, ?, ?)",
          arguments: [bucket, name, encoding, count, Int(CRC32.of(bytes)), Data(bytes)])
      }
      func texts(_ texts: [String]) -> [UInt8] { texts.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } }
      func words<Word: FixedWidthInteger>(_ words: [Word]) -> [UInt8] {
        words.flatMap { word in (0..<Word.bitWidth / 8).map { UInt8(truncatingIfNeeded: word >> Word($0 * 8)) } }
      }
      let country = store.schema.properties[0].dictionary
      try write(-1, "dictionary 0", "text", country.count, texts(country))
      for (number, bucket) in store.buckets.enumerated() {
        let rows = bucket.eventCount
        func codes(_ column: CodeColumn) -> [UInt8] { (0..<column.count).map { UInt8(column[$0]) } }
        try write(number, "customers", "text", bucket.customerCount, texts(bucket.customers))
        try write(number, "offsets", "u32", bucket.offsets.count, words(bucket.offsets))
        // A base, a unit of a thousandth of a second, six bytes a value, and eight zero bytes.
        let base = bucket.instants.min() ?? 0
        var packed = words([base, 1000]) + [6]
        for instant in bucket.instants { packed += words([(instant - base) / 1000]).prefix(6) }
        try write(number, "instants", "packed", rows, packed + words([Int64(0)]))
        try write(number, "events", "u8", rows, codes(bucket.events))
        try write(number, "orders", "f64", rows, words((bucket.orders ?? []).map(\.bitPattern)))
        guard case .text(let texts) = bucket.properties[0], case .number(let prices, let priced) = bucket.properties[1],
          case .truth(let mobile, let known) = bucket.properties[2], case .time(let times, _) = bucket.properties[3]
        else { throw WorkspaceError(.missing, file: file) }
        try write(number, "property 0", "u8", rows, codes(texts))
        try write(number, "property 1", "f64", rows, words(prices.map(\.bitPattern)))
        try write(number, "present 1", "bits", rows, words(priced.words))
        try write(number, "property 2", "bits", rows, words(mobile.words))
        try write(number, "present 2", "bits", rows, words(known.words))
        try write(number, "property 3", "i64", rows, words(times))
        try write(number, "present 3", "filled", rows, [])
      }
    }
  }
}
