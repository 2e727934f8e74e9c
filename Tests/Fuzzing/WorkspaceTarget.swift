import EventStore
import Foundation
import GRDB
import JourneyTime
import Statements
import TestSupport
import Workspace

extension FuzzTarget {
  /// A workspace changed behind Waymark's back, then opened and asked. An input's lines are SQL; but `! 4096 FF00` writes bytes
  /// over the file at an offset, and `? count` is asked afterwards. Where nothing is asked, everything is.
  package static let workspaces = FuzzTarget(
    "workspaces", words: Damage.words, example: { Array(Damage.example(&$0).utf8) },
    read: { bytes in
      let input = DamagedWorkspace(String(decoding: bytes, as: UTF8.self))
      let scratch = try Scratch()
      let path = scratch.path(of: SmallWorld.workspaceName)
      for (name, bytes) in SmallWorld.files { try scratch.file(name, holding: bytes) }
      try input.sql.run(on: input.queue(at: path))
      try input.overwrite(path)
      do {
        let workspace = try Workspace(opening: scratch.file(SmallWorld.workspaceName))
        let session = Session(workspace: workspace, directory: scratch.path) { SmallWorld.now }
        try session.carryOut(Array(input.statements.utf8))
      } catch let error as WorkspaceError {
        guard error.message.utf8.count > 4 else { throw Contradiction("an error without a word: \(error)") }
      }
    })
}

/// What is done to a workspace, and what is asked of it then.
private struct DamagedWorkspace {
  let sql: HostileSQL
  let statements: String
  private var bytes: [(offset: Int, bytes: [UInt8])] = []

  init(_ text: String) {
    var (sql, asked): ([Substring], [Substring]) = ([], [])
    for line in text.split(separator: "\n") {
      switch line.first {
      case "?": asked.append(line.dropFirst())
      case "!":
        let words = line.dropFirst().split(separator: " ")
        let hex = Array((words.last ?? "").utf8.prefix(64))
        let values = stride(from: 0, to: hex.count - 1, by: 2)
          .map { UInt8(String(decoding: hex[$0..<$0 + 2], as: UTF8.self), radix: 16) ?? 0xFF }
        bytes.append((Int(words.first ?? "") ?? 0, values))
      default: sql.append(line)
      }
    }
    self.sql = HostileSQL(sql.joined(separator: "\n"))
    statements = asked.isEmpty ? Damage.everything : asked.joined(separator: "\n")
  }

  /// A connection that knows how we check: `sum(encoding, data)` is the right checksum of a column's bytes, and
  /// `altered(data, 7, 255)` these bytes with one of them changed.
  func queue(at path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.prepareDatabase { database in
      database.add(
        function: DatabaseFunction("sum", argumentCount: 2, pure: true) { values in
          guard let encoding = String.fromDatabaseValue(values[0]).flatMap(ColumnEncoding.init(rawValue:)) else {
            return 0
          }
          return Self.checksum(of: Self.bytes(values[1]), encoding)
        })
      database.add(
        function: DatabaseFunction("altered", argumentCount: 3, pure: true) { values in
          var bytes = Self.bytes(values[0])
          guard let place = Int.fromDatabaseValue(values[1]), bytes.indices.contains(place) else { return Data(bytes) }
          bytes[place] = UInt8(truncatingIfNeeded: Int.fromDatabaseValue(values[2]) ?? 0)
          return Data(bytes)
        })
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// CRC-32 for the encodings of format 1, else XXH64.
  private static func checksum(of bytes: [UInt8], _ encoding: ColumnEncoding) -> Int64 {
    switch encoding {
    case .integers, .instants, .numbers, .bitmap, .texts: return Int64(bitPattern: Checksum.xxh64(bytes))
    default:
      let rest = bytes.reduce(~0) { (sum: UInt32, byte) in
        (0..<8).reduce(sum ^ UInt32(byte)) { rest, _ in rest & 1 == 1 ? rest >> 1 ^ 0xEDB8_8320 : rest >> 1 }
      }
      return Int64(~rest)
    }
  }

  private static func bytes(_ value: DatabaseValue) -> [UInt8] {
    Data.fromDatabaseValue(value).map { [UInt8]($0) } ?? []
  }

  func overwrite(_ path: String) throws {
    guard !bytes.isEmpty else { return }
    var file = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    for (offset, values) in bytes where !file.isEmpty {
      for (index, value) in values.enumerated() {
        file[Int((UInt(bitPattern: offset) &+ UInt(index)) % UInt(file.count))] = value
      }
    }
    try Data(file).write(to: URL(fileURLWithPath: path))
  }
}

/// Changes to a workspace by chance.
private enum Damage {
  /// Looks at all that is kept.
  static let everything = """
    show maps; show events; show map; show history; show steps; show segments; check map
    describe; count per day; funnel visit -> purchase by device; paths depth 3; flow; loops; retention of visit
    sessions; value by device; time visit -> purchase; people $main; show customer u1; undo; show diff "before"
    """

  static let words =
    columns.map { "\($0.table)" } + columns.map { "\"\($0.column)\"" } + values
    + [
      "UPDATE ", "DELETE FROM ", "INSERT INTO ", " SET ", " WHERE ", "sum(encoding, data)", "altered(data, 3, 255)",
      "\n! ", "\n? ",
    ]
    + ["json_set(change, '$.edit', 1)", "checksum = NULL", "PRAGMA user_version = 1;", "rowid", "encoding = 'u32'"]

  private static let values = [
    "NULL", "0", "-1", "1", "2147483648", "4294967296", "9223372036854775807", "-9223372036854775808", "1e308", "0.5",
    "''", "'x'",
    "x'00ff'", "zeroblob(70000)", "'2025-01-01T00:00:00.000000Z'", "'9999999999999999999'", "char(0)", "'[]'", "'{}'",
    "'null'",
    "replace(hex(zeroblob(2000)), '00', '[')", "'funnel a -> b'", "'$main'", "\"name\" || \"name\"",
  ]

  private static let columns: [(table: String, column: String)] = {
    do {
      let scratch = try Scratch()
      let queue = try DatabaseQueue(
        path: scratch.file("w", holding: SmallWorld.files[SmallWorld.workspaceName] ?? []).path)
      let sql = """
        SELECT m.name AS t, c.name AS c FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
        WHERE m.type = 'table' ORDER BY m.name, c.cid
        """
      return try queue.read { try Row.fetchAll($0, sql: sql) }.map { ($0["t"] ?? "", $0["c"] ?? "") }
    } catch {
      return []
    }
  }()

  static func example(_ random: inout SeededRandom) -> String {
    var lines = (0..<Int.random(in: 1...4, using: &random)).map { _ in change(&random) }
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      lines += Script.example(&random).split(separator: "\n").map { "? \($0)" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func change(_ random: inout SeededRandom) -> String {
    let (table, column) = columns.randomElement(using: &random) ?? ("map", "name")
    let value = values.randomElement(using: &random) ?? "0"
    let rows =
      ["", " WHERE rowid = \(Int.random(in: 1...80, using: &random))", " WHERE \"\(column)\" LIKE '%a%'"]
      .randomElement(using: &random) ?? ""
    let place =
      [Int.random(in: 0...40, using: &random), Int.random(in: 0...2_000, using: &random)].randomElement(using: &random)
      ?? 0
    let byte = UInt8.random(in: 0...255, using: &random)
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return "! \(Int.random(in: 0...1_000_000, using: &random)) \(String(byte, radix: 16))FF"
    case 1: return "! \(Int.random(in: 0...200, using: &random)) \(String(byte, radix: 16))0"
    case 2: return "DELETE FROM \"\(table)\"\(rows);"
    case 3, 4:
      return "UPDATE event_column SET data = altered(data, \(place), \(byte))\(rows); "
        + "UPDATE event_column SET checksum = sum(encoding, data);"
    case 5:
      return "UPDATE history SET change = replace(change, '\(Character(Unicode.Scalar(32 + byte % 90)))', \(value));"
    case 6: return "UPDATE layer SET \"\(column)\" = \(value), checksum = NULL\(rows);"
    default: return "UPDATE \"\(table)\" SET \"\(column)\" = \(value)\(rows);"
    }
  }
}
