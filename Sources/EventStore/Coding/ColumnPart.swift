/// How the values of a column lie in their bytes. Integers and doubles are little-endian.
///
/// `docs/WORKSPACE.md` describes each. The plain ones are those of format 1, which are only read.
package enum ColumnEncoding: String, CaseIterable, Sendable {
  /// Unsigned integers: codes, counts, masks (`IntegerCoding`).
  case integers
  /// `InstantCoding`.
  case instants
  /// Doubles, of those rows that have one (`NumberCoding`).
  case numbers
  /// `BitmapCoding`.
  case bitmap
  /// `TextCoding`.
  case texts
  case u8, u16, u32, i64, f64, bits, filled, text, packed
}

/// Up to `rows` values of a column as bytes.
package struct ColumnPart: Sendable {
  package var encoding: ColumnEncoding
  /// Values; rows for those that leave missing ones out.
  package var count: Int
  package var bytes: [UInt8]

  package init(encoding: ColumnEncoding, count: Int, bytes: [UInt8]) {
    (self.encoding, self.count, self.bytes) = (encoding, count, bytes)
  }

  /// Rows of a part: far below the 1 GB that SQLite takes as one value, and a whole number of blocks and of words of bits. It
  /// also bounds what a few bytes can claim to hold.
  package static let rows = 1 << 21
  /// Bytes at which a part of texts ends.
  static let textBytes = 1 << 24

  /// Row numbers of the parts of a column; at least one, so that an empty column is told from one that is not there.
  static func ranges(_ count: Int, by rows: Int = rows) -> [Range<Int>] {
    count == 0 ? [0..<0] : stride(from: 0, to: count, by: rows).map { $0..<min($0 + rows, count) }
  }
}

#if !_endian(little)
  #error("columns are copied as they lie in memory, which must be little-endian")
#endif
