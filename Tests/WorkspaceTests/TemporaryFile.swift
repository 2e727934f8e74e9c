import Foundation

/// A folder of its own for the files of one test, removed with the value.
final class TemporaryFolder {
  let path: String

  init() throws {
    // In memory where the system has such a place: thousands of commits need not wait for a disk.
    let shared = "/dev/shm/"
    let parent = FileManager.default.isWritableFile(atPath: shared) ? shared : NSTemporaryDirectory() + "/"
    path = parent + "waymark-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String = "shop.waymark") -> String { path + "/" + name }

  /// A file of this content.
  func file(_ name: String, holding content: Data) throws -> String {
    try content.write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }

  /// Names of the files in it, sorted.
  func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
}
