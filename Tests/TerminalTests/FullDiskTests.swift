import Foundation
import Testing

/// What the command does when a file can grow no more. The limit on the size of files stands in for a full disk.
@Suite final class FullDiskTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("waymark-full-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try "user,time,event\nu1,2025-01-01,visit\n".write(to: path("small.csv"), atomically: true, encoding: .utf8)
    var text = "user,time,event,note\n"
    var note: UInt64 = 1
    for row in 0..<20_000 {
      note = note &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      text += "u\(row % 9_000),2025-01-01 10:00:00,e,\(note)x\(row)\n"
    }
    try text.write(to: path("large.csv"), atomically: true, encoding: .utf8)
    #expect(try run("new map kept; add stage One; load events \"small.csv\"").status == 0)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func path(_ name: String) -> URL { folder.appendingPathComponent(name) }

  /// Runs statements on `shop.waymark`, in a process whose files cannot grow beyond `kilobytes`.
  private func run(_ statements: String, kilobytes: Int? = nil) throws -> (errors: String, status: Int32) {
    // The signal that comes with the limit would end the process; ignored, writing fails as on a full disk.
    let limit = kilobytes.map { "trap '' XFSZ; ulimit -f \($0 * 2); " } ?? ""
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", limit + "exec \"$0\" \"$@\"", PseudoTerminal.folder + "/waymark", "shop.waymark"]
    process.arguments? += statements.split(separator: ";").flatMap { ["-c", String($0)] }
    process.currentDirectoryURL = folder
    let errors = Pipe()
    (process.standardOutput, process.standardError, process.standardInput) = (nil, errors, FileHandle.nullDevice)
    try process.run()
    let told = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (String(decoding: told, as: UTF8.self), process.terminationStatus)
  }

  /// The workspace is as it was: it has its map and its one event, and takes more.
  private func expectUnchanged(_ location: SourceLocation = #_sourceLocation) throws {
    let (errors, status) = try run("assert count = 1; show map kept; load events \"small.csv\" again; assert count = 2")
    #expect(status == 0 && errors.isEmpty, "\(errors)", sourceLocation: location)
  }

  @Test func whileSaving() throws {
    let size = try #require(try FileManager.default.attributesOfItem(atPath: path("shop.waymark").path)[.size] as? Int)
    let (errors, status) = try run("load events \"large.csv\"", kilobytes: size / 1_024 + 64)
    #expect(status == 1)
    #expect(errors.contains("'shop.waymark' cannot be written: disk I/O error [workspace.unwritable]"), "\(errors)")
    try expectUnchanged()
  }

  @Test func whileRowsArePutAside() throws {
    let (errors, status) = try run(".memory 1MB; load events \"large.csv\"", kilobytes: 100)
    #expect(status == 1)
    #expect(
      errors.contains(
        "large.csv: error: rows that memory has no room for cannot be put aside: file too large [load.spill]"),
      "\(errors)")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == ["large.csv", "shop.waymark", "small.csv"])
    try expectUnchanged()
  }

  @Test func whileExporting() throws {
    #expect(try run("load events \"large.csv\" as large").status == 0)
    try "as it was".write(to: path("out.csv"), atomically: true, encoding: .utf8)
    let (errors, status) = try run("export events large to \"out.csv\"", kilobytes: 20)
    #expect(status == 1)
    #expect(errors.contains("'out.csv' cannot be written: file too large [file.unwritable]"), "\(errors)")
    #expect(try String(contentsOf: path("out.csv"), encoding: .utf8) == "as it was")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == ["large.csv", "out.csv", "shop.waymark", "small.csv"])
  }
}
