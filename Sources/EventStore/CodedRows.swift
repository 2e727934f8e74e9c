/// Values of rows in load order, by dictionary.
struct CodedRows: Sendable {
  /// Per row: 0 for missing, else a code of `values` plus one. Rows behind its end are missing.
  private(set) var codes: [UInt32] = []
  private(set) var values = ByteDictionary()

  /// Adds a row for each of the table's, with the cells of one column; empty ones are missing.
  mutating func append(_ table: CellTable, column: Int, in bytes: Span<UInt8>) {
    let first = codes.count
    codes.append(contentsOf: repeatElement(0, count: table.rowCount))
    values.codes(of: table, column: column, in: bytes, into: &codes, from: first)
  }

  /// Gives `row`, the last one so far, a value; nil is missing. The last of several stands.
  mutating func set(_ value: Span<UInt8>?, row: Int) {
    var code: UInt32 = 0
    if let value { code = UInt32(values.code(of: value) + 1) }
    if codes.count > row {
      codes[row] = code
    } else {
      pad(to: row)
      codes.append(code)
    }
  }

  /// Takes all rows away; their values are forgotten.
  mutating func removeAll() {
    codes.removeAll(keepingCapacity: true)
    values = ByteDictionary()
  }

  /// Makes the rows up to `count` missing that have no value yet.
  mutating func pad(to count: Int) {
    if codes.count < count { codes.append(contentsOf: repeatElement(0, count: count - codes.count)) }
  }
}
