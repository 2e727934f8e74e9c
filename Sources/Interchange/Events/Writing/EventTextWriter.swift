import EventStore
import SourceText

/// Writes the events of a store as text: a line per event, with the customers and events in the order of the store.
///
/// Delimited files have a header, an empty cell is a missing value. JSON lines leave missing values out, save in the
/// first line of the file, which names every property in its order. Any range of customers can be written for itself;
/// the pieces joined in order, behind `header`, are the file.
struct EventTextWriter: Sendable {
  private let schema: StoreSchema
  private let columns: ExportColumns
  private let format: EventTextFormat
  private let delimiter: UInt8
  private let events: RenderedValues
  /// For text properties, in the schema's order; nil for others.
  private let texts: [RenderedValues?]
  /// JSON: what stands in front of each value, `,"plan":`; first the customer, time, event and order, then the
  /// properties.
  private let keys: RenderedValues
  private let formulas: Formulas
  /// Which events, and which values of each text property, a spreadsheet would take for formulas; nil where none is one, and in JSON.
  private let eventFormulas: [Bool]?
  private let textFormulas: [[Bool]?]

  init(_ schema: StoreSchema, _ columns: ExportColumns, as format: EventTextFormat, _ formulas: Formulas) {
    (self.schema, self.columns, self.format, self.formulas) = (schema, columns, format, formulas)
    let delimiter = UInt8(ascii: format == .tsv ? "\t" : ",")
    self.delimiter = delimiter
    func render(_ writer: inout CellWriter, _ text: String) {
      if format == .jsonl {
        writer.append(json: text.utf8)
      } else {
        writer.append(cell: formulas.written(text).utf8, delimiter: delimiter)
      }
    }
    func runs(_ texts: [String]) -> [Bool]? {
      let marks = format == .jsonl ? [] : texts.map { Formulas.isFormula($0.utf8) }
      return marks.contains(true) ? marks : nil
    }
    eventFormulas = runs(schema.events)
    textFormulas = schema.properties.map { $0.kind == .text ? runs($0.dictionary) : nil }
    events = RenderedValues(schema.events, render)
    texts = schema.properties.map { $0.kind == .text ? RenderedValues($0.dictionary, render) : nil }
    let names = [columns.customer, columns.time, columns.event, columns.order ?? ""] + schema.properties.map(\.name)
    keys = RenderedValues(names) { writer, name in
      writer.append(UInt8(ascii: name == columns.customer ? "{" : ","))
      writer.append(json: name.utf8)
      writer.append(UInt8(ascii: ":"))
    }
  }

  private var names: [String] {
    [columns.customer, columns.time, columns.event] + [columns.order].compactMap { $0 } + schema.properties.map(\.name)
  }

  /// The line of names; empty for JSON lines.
  var header: [UInt8] {
    guard format != .jsonl else { return [] }
    var writer = CellWriter()
    for (index, name) in names.enumerated() {
      if index > 0 { writer.append(delimiter) }
      writer.append(cell: formulas.written(name).utf8, delimiter: delimiter)
    }
    writer.append(0x0A)
    return writer.bytes
  }

  /// Names that a spreadsheet would take for formulas.
  var headerFormulas: Int { format == .jsonl ? 0 : names.count { Formulas.isFormula($0.utf8) } }

  /// Cells that it would in the events of some customers of a bucket.
  func formulaCount(of customers: Range<Int>, in bucket: Bucket) -> Int {
    guard format != .jsonl, let first = customers.first, let last = customers.last else { return 0 }
    let (ids, offsets) = (bucket.customers, bucket.offsets)
    var count = customers.reduce(0) { count, customer in
      count + (Formulas.isFormula(ids[customer].utf8) ? Int(offsets[customer + 1] - offsets[customer]) : 0)
    }
    let rows = Int(offsets[first])..<Int(offsets[last + 1])
    if let eventFormulas {
      let codes = bucket.events
      count += rows.count { eventFormulas[codes[$0]] }
    }
    for (index, marks) in textFormulas.enumerated() {
      guard let marks, case .text(let codes) = bucket.properties[index] else { continue }
      count += rows.count { codes[$0] > 0 && marks[codes[$0] - 1] }
    }
    return count
  }

  /// The events of some customers of a bucket; `isFirst` if they are the first of the file.
  func lines(of customers: Range<Int>, in bucket: Bucket, isFirst: Bool) -> [UInt8] {
    let rows = BucketRows(bucket)
    var writer = CellWriter()
    let ids = bucket.customers
    let offsets = bucket.offsets
    guard let last = customers.last, let first = customers.first else { return [] }
    writer.reserve(Int(offsets[last + 1] - offsets[first]) * (32 + 12 * schema.properties.count))
    var id = CellWriter()
    for customer in customers {
      id.removeAll()
      if format == .jsonl {
        id.append(json: ids[customer].utf8)
      } else {
        id.append(cell: formulas.written(ids[customer]).utf8, delimiter: delimiter)
      }
      for row in Int(offsets[customer])..<Int(offsets[customer + 1]) {
        if format == .jsonl {
          let namesAll = isFirst && customer == customers.lowerBound && row == Int(offsets[customer])
          appendObject(row, of: id.bytes, rows, namesAll: namesAll, to: &writer)
        } else {
          appendRow(row, of: id.bytes, rows, to: &writer)
        }
        writer.append(0x0A)
      }
    }
    return writer.bytes
  }

  private func appendRow(_ row: Int, of customer: [UInt8], _ rows: BucketRows, to writer: inout CellWriter) {
    writer.append(customer[...])
    writer.append(delimiter)
    writer.append(instant: rows.instants[row])
    writer.append(delimiter)
    writer.append(events[rows.events[row]])
    if columns.order != nil {
      writer.append(delimiter)
      if let order = rows.order(at: row) { writer.append(number: order) }
    }
    for (index, column) in rows.properties.enumerated() {
      writer.append(delimiter)
      switch column {
      case .text(let codes):
        let code = codes[row]
        if code > 0, let values = texts[index] { writer.append(values[code - 1]) }
      case .number(let numbers, let present): if present[row] { writer.append(number: numbers[row]) }
      case .truth(let bits, let present): if present[row] { writer.append(bits[row] ? "true" : "false") }
      case .time(let instants, let present): if present[row] { writer.append(instant: instants[row]) }
      }
    }
  }

  private func appendObject(
    _ row: Int, of customer: [UInt8], _ rows: BucketRows, namesAll: Bool, to writer: inout CellWriter
  ) {
    func quoted(_ instant: Int64) {
      writer.append(UInt8(ascii: "\""))
      writer.append(instant: instant)
      writer.append(UInt8(ascii: "\""))
    }
    writer.append(keys[0])
    writer.append(customer[...])
    writer.append(keys[1])
    quoted(rows.instants[row])
    writer.append(keys[2])
    writer.append(events[rows.events[row]])
    if columns.order != nil, let order = rows.order(at: row) {
      writer.append(keys[3])
      writer.append(number: order)
    }
    for (index, column) in rows.properties.enumerated() {
      let key = keys[4 + index]
      switch column {
      case .text(let codes) where codes[row] > 0:
        writer.append(key)
        if let values = texts[index] { writer.append(values[codes[row] - 1]) }
      case .number(let numbers, let present) where present[row] && numbers[row].isFinite:
        writer.append(key)
        writer.append(number: numbers[row])
      case .truth(let bits, let present) where present[row]:
        writer.append(key)
        writer.append(bits[row] ? "true" : "false")
      case .time(let instants, let present) where present[row]:
        writer.append(key)
        quoted(instants[row])
      default:
        if namesAll {
          writer.append(key)
          writer.append("null")
        }
      }
    }
    writer.append(UInt8(ascii: "}"))
  }
}

/// The columns of a bucket, each taken from it once.
private struct BucketRows {
  let instants: [Int64]
  let events: CodeColumn
  let orders: [Double]?
  let properties: [PropertyColumn]

  init(_ bucket: Bucket) {
    (instants, events, orders, properties) = (bucket.instants, bucket.events, bucket.orders, Array(bucket.properties))
  }

  func order(at row: Int) -> Double? {
    guard let order = orders?[row], !order.isNaN else { return nil }
    return order
  }
}
