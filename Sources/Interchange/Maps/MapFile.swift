import Outside
import SourceText

/// Maps in files.
package enum MapFile {
  /// What is larger is no map: bytes, and signs that part what is in it, each of which may become a value.
  static let sizeLimit = 16 << 20
  static let valueLimit = 2_000_000

  /// Reads the map in a file. The format is the one given, else that of the file's ending, else of its content; the map
  /// is called `name`, else what the file says, else as the file is.
  ///
  /// Throws with the place in the file: a missing, unreadable, empty, oversized or binary file, a directory, text that is not
  /// UTF-8, an unknown format, or what is wrong in the map.
  package static func read(
    _ file: OutsideFile, format: MapFormat? = nil, name: String? = nil
  ) throws(Diagnostic) -> MapReading {
    try read(file.path, format: format, name: name)
  }

  static func read(
    _ path: String, format: MapFormat? = nil, name: String? = nil
  ) throws(Diagnostic) -> MapReading {
    let file = try OpenFile(path: path)
    let text = try decode(try bytes(of: file), file.name)
    guard let format = format ?? MapFormat(fileName: path) ?? MapFormat(content: text) else {
      throw Diagnostic(
        .mapFormatUnknown, "the file is not a map in a format that is known", hint: "format yaml", place: file.name)
    }
    var reading = try format.read(text, file: file.name, name: baseName(of: file.name))
    if let name { reading.map = reading.map.copy(named: name) }
    return reading
  }

  /// The name of a file without its ending.
  static func baseName(of name: String) -> String {
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    return stem.allSatisfy(\.isWhitespace) ? "map" : stem
  }

  private static func bytes(of file: OpenFile) throws(Diagnostic) -> [UInt8] {
    var stream = FileStream(file)
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try stream.read(into: &block, at: 0, room: block.count)
      guard count > 0 else { return bytes }
      bytes += block[..<count]
      guard bytes.count <= sizeLimit else {
        throw Diagnostic(
          .mapTooLarge, "the file is larger than \(sizeLimit >> 20) MiB, which no map is", place: file.name)
      }
    }
  }

  /// UTF-8 with or without a byte order mark.
  static func decode(_ bytes: [UInt8], _ name: String) throws(Diagnostic) -> String {
    var bytes = bytes[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    guard !bytes.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) else {
      throw Diagnostic(.loadEmpty, "the file is empty", place: name)
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw Diagnostic(
        .loadEncoding, "the file is UTF-16, UTF-8 is due", hint: "iconv -f utf-16 -t utf-8", place: name)
    }
    guard bytes.count(where: { ",;:[{\n".utf8.contains($0) }) <= valueLimit else {
      throw Diagnostic(.mapTooLarge, "the file holds more than \(valueLimit) values, which no map does", place: name)
    }
    if bytes.contains(0) { throw Diagnostic(.loadBinary, "the file is binary, not a map", place: name) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let line = 1 + validPrefix(of: bytes).count { $0 == UInt8(ascii: "\n") }
      throw Diagnostic(.loadEncoding, "the text is not UTF-8", place: "\(name):\(line)")
    }
    return text
  }

  /// The lines before the first that is not UTF-8, with as much of it as is.
  private static func validPrefix(of bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var start = bytes.startIndex
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      guard String(validating: bytes[start..<end], as: UTF8.self) != nil else { break }
      start = end + 1
    }
    return bytes[..<start]
  }
}

extension DiagnosticCode {
  package static let loadEmpty = DiagnosticCode(
    "load.empty", "The file has no bytes.")
  package static let loadBinary = DiagnosticCode(
    "load.binary", "The file holds bytes that no text has.")
  package static let loadEncoding = DiagnosticCode(
    "load.encoding", "The text is not UTF-8. iconv converts it.")
  package static let mapFormatUnknown = DiagnosticCode(
    "map.format-unknown", "The file is in no format of maps: YAML, JSON, Mermaid, Markdown, CSV.")
  package static let mapTooLarge = DiagnosticCode(
    "map.too-large", "The file is larger than any map, or holds more values.")
}
