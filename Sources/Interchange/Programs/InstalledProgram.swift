import Foundation
import Outside
import SourceText

extension Door {
  /// A program that does for us what we do not ourselves: the one that the environment's `variable` names by its path, else the
  /// first called `name` on its `PATH`; nil if there is none. Throws at a shut door.
  func installed(
    _ name: String, orIn variable: String, _ environment: [String: String]
  ) throws(Diagnostic) -> OutsideProgram? {
    try check()
    let named = environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    let places = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
    guard let found = (named.map { [$0] } ?? places).first(where: Self.isProgram) else { return nil }
    return try program(found)
  }

  /// Folders may be executed too, which means something else.
  private static func isProgram(_ path: String) -> Bool {
    let file = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let isFolder = try? file.resourceValues(forKeys: [.isDirectoryKey]).isDirectory
    return isFolder == false && FileManager.default.isExecutableFile(atPath: path)
  }
}
