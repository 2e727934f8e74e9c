import Outside
import SourceText
import Testing

@testable import Interchange

/// Where librsvg's command line is looked for, and what is not asked of it. What it makes is tested with the statements.
@Suite struct PictureConverterTests {
  @Test(arguments: [
    ["PATH": "/nowhere:/dev"], ["PATH": "/bin", "WAYMARK_RSVG": "/nowhere/rsvg-convert"], ["WAYMARK_RSVG": "/bin"], [:],
  ])
  func aMissingOneIsNamed(environment: [String: String]) throws {
    let error = try #require(throws: Diagnostic.self) { try PictureConverter(.open, environment) }
    #expect(
      error.line
        == "PNG and PDF are made by librsvg's command line, and no 'rsvg-convert' is on the PATH [rsvg.missing]")
    #expect(error.hint == "apt install librsvg2-bin fonts-liberation")
  }

  @Test func aShutDoorRefusesIt() throws {
    let error = try #require(throws: Diagnostic.self) { try PictureConverter(.shut, ["WAYMARK_RSVG": "/bin/sh"]) }
    #expect(error.code == .safeRefused)
  }

  @Test func whatAProgramComplainsOfIsSaid() throws {
    let converter = try PictureConverter(.open, ["WAYMARK_RSVG": "/bin/false"])
    let error = try #require(throws: Diagnostic.self) { try converter.bytes(of: "<svg/>", as: .pdf) {} }
    #expect(error.line == "rsvg-convert ended with status 1 [rsvg.failed]")
  }

  @Test(arguments: [(PictureFormat.png, 32_768, "a PNG can be 32767"), (.pdf, 19_201, "a PDF can be 19200")])
  func whatIsTooLongIsNotBegun(format: PictureFormat, length: Int, limit: String) throws {
    let converter = try PictureConverter(.open, ["WAYMARK_RSVG": "/bin/false"])
    let error = try #require(throws: Diagnostic.self) {
      try converter.bytes(of: "<svg viewBox=\"0 0 800 \(length)\"/>", as: format) {}
    }
    #expect(error.line == "the picture is \(length) pixels long, and \(limit) [rsvg.failed]")
    #expect(error.hint == "as svg")
  }
}
