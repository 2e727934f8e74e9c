import Foundation
import Language
import SourceText
import Testing

@testable import Statements

/// The list of codes against the sources that use them, the docs that show them and the tests that meet them.
@Suite struct CodeListTests {
  private let codes = DiagnosticCode.all.map(\.code)

  @Test func everyCodeIsListedOnceWithASentence() {
    #expect(Set(codes).count == codes.count)
    for code in DiagnosticCode.all {
      #expect(Self.isCode(code.code), "\(code.code)")
      #expect(code.meaning.last == ".", "\(code.code)")
    }
  }

  @Test func theListIsWhatTheSourcesUse() throws {
    var used: [String: String] = [:]
    for (path, text) in try Self.texts(under: "Sources", ending: ".swift") where !Self.isList(path) {
      for piece in text.utf8.split(separator: UInt8(ascii: "\"")) where piece.count < 40 {
        let literal = String(Substring(piece))
        if Self.isCode(literal) { used[literal] = path }
      }
    }
    for (literal, path) in Self.otherLiterals {
      #expect(used.removeValue(forKey: literal) == path, "\(literal) is not in \(path) any more")
    }
    for (code, path) in used where !codes.contains(code) { Issue.record("\(path) uses \(code), which is not listed") }
    for code in codes where used[code] == nil { Issue.record("\(code) is listed and nowhere used") }
  }

  /// In a transcript of Tests or the docs with its message, or by name in a test of its module.
  @Test func everyCodeIsMetByATest() throws {
    let transcripts = try Self.texts(under: "Tests/Transcripts", ending: ".txt").flatMap { Self.words(of: $0.text) }
    let documents = try Self.texts(under: "docs", ending: ".md").filter { $0.path != "docs/ERRORS.md" }
      .flatMap { $0.text.split(separator: "[").dropFirst().map { $0.prefix { $0 != "]" } } }
    let tests = try Self.texts(under: "Tests", ending: ".swift").filter { !$0.path.contains("CodeListTests") }
      .flatMap { Self.words(of: $0.text) }
    let met = Set((transcripts + documents + tests).map(String.init))
    for code in codes {
      let isException = Self.unreached[code] != nil
      #expect(met.contains(code) != isException, "\(code) \(isException ? "is met now" : "is met by no test")")
    }
  }

  /// What may be a code: runs of lower-case letters, digits, dots and hyphens.
  private static func words(of text: String) -> [Substring] {
    text.utf8.split { byte in
      switch UInt8(byte) {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): false
      default: byte != UInt8(ascii: ".") && byte != UInt8(ascii: "-")
      }
    }.filter { $0.contains(UInt8(ascii: ".")) }.map { Substring($0) }
  }

  @Test func helpKnowsEveryCode() throws {
    let help = HelpText(Forms.grammar, codes: DiagnosticCode.all)
    for code in codes { #expect(try help.about(code).hasPrefix(code + "\n")) }
  }

  @Test func theDocumentIsTheList() throws {
    let file = TranscriptRunner.root.appendingPathComponent("docs/ERRORS.md")
    if ProcessInfo.processInfo.environment["WAYMARK_RECORD"] == "1" {
      try Data(CodeArea.document.utf8).write(to: file)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == CodeArea.document, "scripts/record writes it anew")
  }

  /// Codes that no test can meet, and why.
  private static let unreached = [
    "store.damaged": "needs a file with a flipped byte; EventsTests and StreamedStoreTests meet the fault",
    "store.replaced": "needs two processes; SharingTests meets the fault",
    "statement.no-question": "the grammar reads nothing but questions where one is due",
    "load.too-many": "needs a file of four thousand million rows",
  ]

  /// Literals that look like a code and are none, with their file.
  private static let otherLiterals = [
    "memory.max": "Sources/Terminal/ProcessLimits.swift",
    "shop.yaml": "Sources/Statements/Data/Sample.swift",
    "properties.time": "Sources/Interchange/ExportShape.swift",
  ]

  private static func isList(_ path: String) -> Bool {
    path.hasPrefix("Sources/Statements/Diagnostics/") || path == "Sources/Language/DiagnosticCode.swift"
  }

  /// Two words in lower case with a dot between them; each may have hyphens.
  private static func isCode(_ text: some StringProtocol) -> Bool {
    let words = text.split(separator: ".", omittingEmptySubsequences: false)
    return words.count == 2
      && words.allSatisfy { word in
        word.first.map { ("a"..."z").contains($0) } == true && word.last != "-"
          && word.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" }
      }
  }

  private static func texts(under folder: String, ending: String) throws -> [(path: String, text: String)] {
    let root = TranscriptRunner.root
    let found = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)?.allObjects ?? []
    let paths = found.compactMap { $0 as? String }.filter { $0.hasSuffix(ending) }.sorted()
    try #require(!paths.isEmpty, "nothing under \(folder)")
    return try paths.map { path in
      ("\(folder)/\(path)", try String(contentsOf: root.appendingPathComponent("\(folder)/\(path)"), encoding: .utf8))
    }
  }
}
