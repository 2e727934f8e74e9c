import Foundation
import Outside

/// A folder of its own for the files of one input, removed with the value.
final class Scratch {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("waymark-fuzz-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func path(of name: String) -> String { path + "/" + name }

  func file(_ name: String) throws -> OutsideFile { try Door.open.file(path(of: name)) }

  /// A file of these bytes.
  @discardableResult
  func file(_ name: String, holding bytes: some Sequence<UInt8>) throws -> OutsideFile {
    try Data(bytes).write(to: URL(fileURLWithPath: path(of: name)))
    return try file(name)
  }
}
