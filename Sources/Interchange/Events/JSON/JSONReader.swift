import CSimdJSON
import SourceText

/// Takes documents of JSON apart, one after another. Owned by one thread.
@safe final class JSONReader: TextRecordReader {
  private let reader: OpaquePointer
  private var cells: UnsafeBufferPointer<json_cell>
  private(set) var paths: [String] = []

  init() throws(Diagnostic) {
    guard let reader = unsafe json_reader_create() else {
      throw Diagnostic(.fileUnreadable, "no memory to read JSON")
    }
    unsafe self.reader = unsafe reader
    unsafe cells = UnsafeBufferPointer(start: nil, count: 0)
  }

  deinit { unsafe json_reader_free(reader) }

  /// Reads the document in `range` of `bytes`; what is wrong with it if something is. Its values are then those of this
  /// document, in the order of the text.
  func read(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String? {
    let document = unsafe bytes.withUnsafeBufferPointer { buffer in
      // SAFETY: `range` lies within the span, whose rest behind it may be read too.
      let start = unsafe UnsafeRawPointer(buffer.baseAddress.map { unsafe $0 + range.lowerBound })
      return unsafe json_reader_read(
        reader, start?.assumingMemoryBound(to: CChar.self), range.count, buffer.count - range.lowerBound)
    }
    unsafe cells = UnsafeBufferPointer(start: document.cells, count: document.count)
    // SAFETY: a fault is a constant that ends in 0.
    if let fault = unsafe document.fault { return unsafe String(cString: fault) }
    let known = unsafe json_reader_path_count(reader)
    while paths.count < known { paths.append(path(paths.count)) }
    return nil
  }

  private func path(_ index: Int) -> String {
    var length = 0
    let start = unsafe json_reader_path(reader, index, &length)
    // SAFETY: the reader says how long the path is, and keeps it.
    return unsafe String(
      decoding: UnsafeRawBufferPointer(start: UnsafeRawPointer(start), count: length), as: UTF8.self)
  }

  var isFull: Bool { unsafe json_reader_is_full(reader) }

  var count: Int { unsafe cells.count }

  @inline(__always) func path(of index: Int) -> Int { unsafe Int(cells[index].path) }

  @inline(__always) func value(_ index: Int) -> RecordValue {
    unsafe RecordValue(rawValue: cells[index].kind) ?? .missing
  }

  @inline(__always) func number(_ index: Int) -> Double { unsafe cells[index].number }

  @inline(__always) func withText<Result>(_ index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    let cell = unsafe cells[index]
    // SAFETY: the reader says how long the text is, and keeps it until the next document.
    let bytes = unsafe UnsafeBufferPointer(
      start: UnsafeRawPointer(cell.text)?.assumingMemoryBound(to: UInt8.self), count: cell.text == nil ? 0 : cell.length
    )
    return body(unsafe bytes.span)
  }
}
