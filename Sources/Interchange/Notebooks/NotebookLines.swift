import SourceText

/// The lines of a notebook, each with where it stands.
struct NotebookLines {
  let bytes: [UInt8]
  let file: String
  /// Whole lines with their ends; a mark of the byte order is none of the first.
  let ranges: [Range<Int>]

  init(_ bytes: [UInt8], of file: String) {
    (self.bytes, self.file) = (bytes, file)
    var (ranges, start) = ([Range<Int>](), bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
    while start < bytes.count {
      let end = (bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count - 1) + 1
      ranges.append(start..<end)
      start = end
    }
    self.ranges = ranges
  }

  /// A line without its end.
  func content(_ index: Int) -> ArraySlice<UInt8> {
    var range = ranges[index]
    if range.upperBound > range.lowerBound, bytes[range.upperBound - 1] == UInt8(ascii: "\n") {
      range = range.lowerBound..<range.upperBound - 1
      if range.upperBound > range.lowerBound, bytes[range.upperBound - 1] == UInt8(ascii: "\r") {
        range = range.lowerBound..<range.upperBound - 1
      }
    }
    return bytes[range]
  }

  func text(_ index: Int) -> String { String(decoding: content(index), as: UTF8.self) }

  /// Bytes of blanks in front of a line; a tab counts as one.
  func indentation(_ index: Int) -> Int { content(index).prefix { $0 == 32 || $0 == 9 }.count }

  func isBlank(_ index: Int) -> Bool { indentation(index) == content(index).count }

  /// Whether a line, what it is indented by left out, begins with these bytes.
  func line(_ index: Int, begins start: String) -> Bool {
    content(index).dropFirst(indentation(index)).starts(with: start.utf8)
  }

  /// An error of a line, and of a part of it in bytes.
  func fault(
    _ code: DiagnosticCode, _ message: String, line: Int, span: Range<Int>? = nil, hint: String? = nil
  ) -> Diagnostic {
    let text = text(line)
    let span = span ?? indentation(line)..<text.utf8.count
    let column = text.position(ofUTF8: span.lowerBound).column
    var fault = Diagnostic(code, message, at: span, hint: hint, place: "\(file):\(line + 1):\(column)")
    fault.source = text
    return fault
  }
}
