import Foundation
import Testing

private let root = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

/// Whether `scripts/package` has made a package, and there is all that `--try` needs.
private let canTry: Bool = {
  let made = (try? FileManager.default.contentsOfDirectory(atPath: root + "/.build/package")) ?? []
  return made.contains { $0.hasSuffix(".deb") } && geteuid() == 0
    && FileManager.default.isExecutableFile(atPath: "/usr/sbin/debootstrap")
}()

/// The package for Debian: installed in a bare Debian it does what the release does here.
@Suite(.enabled(if: canTry, "there is no package, no debootstrap, or no root to run it")) struct PackageTests {
  @Test func doesInABareDebianWhatTheReleaseDoes() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/waymark-package-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: root + "/scripts/package")
    process.arguments = ["--try", folder]
    let errors = Pipe()
    (process.standardInput, process.standardError) = (FileHandle.nullDevice, errors)
    try process.run()
    let told = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(String(decoding: told, as: UTF8.self))")
  }
}
