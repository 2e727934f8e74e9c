import Foundation
import SourceText

/// Maps in files.
package enum MapFile {
  /// A map larger than this is no map.
  static let sizeLimit = 16 << 20

  /// Reads the map in the file at `path`. The format is the one given, else that of the file's ending, else of its content; the map
  /// is called `name`, else what the file says, else as the file is.
  ///
  /// Throws with the place in the file: a missing, unreadable, empty, oversized or binary file, a directory, text that is not
  /// UTF-8, an unknown format, or what is wrong in the map.
  package static func read(
    _ path: String, format: MapFormat? = nil, name: String? = nil
  ) throws(Diagnostic) -> MapReading {
    let text = try text(at: path)
    let named = MapFormat(fileName: path)
    guard let format = format ?? named ?? MapFormat(content: text) else {
      throw Diagnostic(
        "map.format-unknown", "the file is not a map in a format that is known", hint: "format yaml", place: path)
    }
    var reading = try format.read(text, file: path, name: baseName(of: path))
    if let name { reading.map = reading.map.copy(named: name) }
    return reading
  }

  /// Writes `text` as UTF-8, all of it or nothing.
  package static func write(_ text: String, to path: String) throws(Diagnostic) {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw Diagnostic("file.unwritable", "the file cannot be written: \(reason(error))", place: path)
    }
  }

  /// The name of a file without its folder and ending.
  static func baseName(of path: String) -> String {
    let base = path.split(separator: "/").last.map(String.init) ?? ""
    let stem = base.lastIndex(of: ".").map { String(base[..<$0]) } ?? base
    return stem.allSatisfy(\.isWhitespace) ? "map" : stem
  }

  private static func text(at path: String) throws(Diagnostic) -> String {
    guard FileManager.default.fileExists(atPath: path) else {
      throw Diagnostic("file.missing", "there is no such file", place: path)
    }
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let attributes = try? FileManager.default.attributesOfItem(atPath: target)
    guard attributes?[.type] as? FileAttributeType != .typeDirectory else {
      throw Diagnostic("file.directory", "this is a directory, not a file", place: path)
    }
    let data: Data
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? handle.close() }
      data = try handle.read(upToCount: sizeLimit + 1) ?? Data()
    } catch {
      throw Diagnostic("file.unreadable", "the file cannot be read: \(reason(error))", place: path)
    }
    guard data.count <= sizeLimit else {
      throw Diagnostic("map.too-large", "a map file has at most \(sizeLimit >> 20) MiB", place: path)
    }
    return try decode([UInt8](data), path)
  }

  /// UTF-8 with or without a byte order mark, line breaks of any kind as line feeds.
  static func decode(_ bytes: [UInt8], _ path: String) throws(Diagnostic) -> String {
    var bytes = bytes[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    guard !bytes.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) else {
      throw Diagnostic("file.empty", "the file is empty", place: path)
    }
    if bytes.contains(0) {
      throw Diagnostic("file.binary", "the file is binary, or not in UTF-8", place: path)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let line = 1 + validPrefix(bytes).count { $0 == UInt8(ascii: "\n") }
      throw Diagnostic("file.encoding", "the text is not UTF-8", place: "\(path):\(line)")
    }
    guard text.utf8.contains(UInt8(ascii: "\r")) else { return text }
    return text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
  }

  /// The bytes before the first that is not UTF-8.
  private static func validPrefix(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var (low, high) = (bytes.startIndex, bytes.endIndex)
    // A prefix is at fault when it stays invalid with the few bytes taken off that a cut may have split.
    while low < high {
      let middle = low + (high - low) / 2
      let isValid = (0...3).contains { cut in
        middle + 1 - cut >= bytes.startIndex
          && String(validating: bytes[bytes.startIndex..<(middle + 1 - cut)], as: UTF8.self) != nil
      }
      if isValid { low = middle + 1 } else { high = middle }
    }
    return bytes[..<low]
  }

  private static func reason(_ error: any Error) -> String {
    let reason = (error as NSError).localizedFailureReason ?? error.localizedDescription
    return reason.hasSuffix(".") ? String(reason.dropLast()) : reason
  }
}
