import Foundation
import Interchange
import JourneyTime
import Testing

@testable import Statements

/// Pictures as PNG and PDF, read back by other programs: poppler's, and the numbers at the head of a PNG.
@Suite(
  .enabled(
    if: ["rsvg-convert", "pdftotext", "pdffonts"].allSatisfy { path(of: $0) != nil },
    "librsvg's command line or poppler's is not there"))
struct PictureFileTests {
  /// What statements write into a folder of their own, by the file's name.
  private func files(_ statements: [String], _ names: [String], _ body: ([String]) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("waymark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let session = try Session(opening: nil, directory: folder.path) { Instant(microseconds: 0) }
    _ = try session.execute("load sample shop")
    for statement in statements { _ = try session.execute(statement) }
    try body(names.map { folder.appendingPathComponent($0).path })
  }

  @Test func digitsOfAPDFAreTextOfATextFont() throws {
    let statements = [
      "funnel visit -> purchase as main", "export map to \"map.pdf\"", "export $main to \"main.pdf\"",
      "export people $main lost at visit top 20 to \"people.pdf\"",
    ]
    try files(statements, ["map.pdf", "main.pdf", "people.pdf"]) { paths in
      for (path, figure) in zip(paths, ["20,000", "100.0 %", "of 2"]) {
        let text = try output(of: "pdftotext", ["-layout", path, "-"])
        #expect(text.contains(figure), "\(path): \(text.prefix(400))")
        let fonts = try output(of: "pdffonts", [path])
        #expect(fonts.contains("TrueType") && !fonts.contains("Type 3"), "\(path): \(fonts)")
      }
    }
  }

  @Test func aPNGHasTwiceThePictureSSize() throws {
    let statements = ["export map to \"map.svg\"", "export map to \"map.png\"", "export map to \"other\" as png"]
    try files(statements, ["map.svg", "map.png", "other"]) { paths in
      let svg = try String(contentsOfFile: paths[0], encoding: .utf8)
      let sides = try #require(svg.firstMatch(of: /viewBox="0 0 ([0-9.]+) ([0-9.]+)"/))
      for path in paths.dropFirst() {
        let head = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)).prefix(24))
        #expect(head.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        let pixels = [16, 20].map { head[$0..<$0 + 4].reduce(0) { $0 << 8 | Int($1) } }
        let units = [sides.1, sides.2].map { Double($0) ?? 0 }
        #expect(zip(pixels, units).allSatisfy { abs(Double($0) - 2 * $1) <= 1 }, "\(pixels), \(units)")
      }
    }
  }

  private func output(of program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path(of: program)))
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return text
  }
}

/// Of a program on the `PATH`.
private func path(of program: String) -> String? {
  let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
  return folders.map { "\($0)/\(program)" }.first(where: FileManager.default.isExecutableFile)
}
