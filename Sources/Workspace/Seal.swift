import EventStore
import GRDB

/// The XXH64 of cells in their order, each with its kind and length: equal for equal cells only.
struct Seal {
  private var bytes: [UInt8] = []

  /// The name of the table comes first, so that a row sealed for one table is none of another.
  init(of table: String) { add(table.databaseValue) }

  mutating func add(_ cell: DatabaseValue) {
    switch cell.storage {
    case .null: bytes.append(UInt8(ascii: "n"))
    case .int64(let integer): add("i", UInt64(bitPattern: integer))
    case .double(let number): add("d", number.bitPattern)
    case .string(let text):
      add("t", UInt64(text.utf8.count))
      bytes += text.utf8
    case .blob(let data):
      add("b", UInt64(data.count))
      bytes += data
    }
  }

  private mutating func add(_ kind: Character, _ word: UInt64) {
    bytes.append(kind.asciiValue ?? 0)
    for byte in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(byte * 8))) }
  }

  /// As a cell has it.
  var value: Int { Int(bitPattern: UInt(Checksum.xxh64(bytes))) }

  static func value(of cells: [DatabaseValue], in table: String) -> Int {
    var seal = Seal(of: table)
    for cell in cells { seal.add(cell) }
    return seal.value
  }
}
