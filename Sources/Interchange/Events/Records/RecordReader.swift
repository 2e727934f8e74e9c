/// A value of a record.
enum RecordValue: UInt32, Sendable {
  case missing, text, number, truth
  /// JSON text.
  case array
  /// A whole number beyond 2⁵³, as digits.
  case big
}

/// Reads records whose values have names, one after another, and holds the last one. Owned by one thread.
protocol RecordReader: AnyObject {
  /// Names that lead to values, with dots between them, by the index that values give. It only grows.
  var paths: [String] { get }
  /// How many values the record has; the last of several with one path stands.
  var count: Int { get }
  /// Index of the names that lead to a value.
  func path(of index: Int) -> Int
  func value(_ index: Int) -> RecordValue
  /// Of a number, and of a truth value: 0 or 1.
  func number(_ index: Int) -> Double
  /// The text of a text, an array or a big number.
  func withText<Result>(_ index: Int, _ body: (Span<UInt8>) -> Result) -> Result
}

extension RecordReader {
  /// Any value as text: numbers in their shortest form, `true`, `false`; nothing for a missing one.
  func withWritten<Result>(_ index: Int, _ writer: inout CellWriter, _ body: (Span<UInt8>) -> Result) -> Result {
    writer.removeAll()
    switch value(index) {
    case .text, .array, .big: return withText(index, body)
    case .number: writer.append(number: number(index))
    case .truth: writer.append(number(index) > 0 ? "true" : "false")
    case .missing: break
    }
    return body(writer.bytes.span)
  }
}
