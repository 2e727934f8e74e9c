import Foundation
import Language
import SourceText
import Testing

@testable import Statements

/// The list of codes against the sources that use them, the docs that show them and the tests that meet them.
@Suite struct CodeListTests {
  private let codes = DiagnosticCode.all.map(\.name)

  @Test func everyCodeIsListedOnceWithASentence() {
    #expect(Set(codes).count == codes.count)
    for code in DiagnosticCode.all {
      #expect(Self.isCode(code.name), "\(code)")
      #expect(code.meaning.last == ".", "\(code)")
    }
  }

  /// A code that is declared and not listed would be in no docs; one that nothing reports would promise what there is not.
  @Test func theListIsWhatTheSourcesDeclareAndReport() throws {
    var declared: [String: String] = [:]
    var reported: Set<Substring> = []
    for (path, text) in try Self.texts(under: "Sources", ending: ".swift") where !Self.isList(path) {
      for match in text.matches(of: /static let (\w+) = DiagnosticCode\(\s*"([^"]+)"/) {
        let (name, code) = (String(match.1), String(match.2))
        #expect(name == Self.name(of: code), "\(path)")
        #expect(declared.updateValue(path, forKey: code) == nil, "\(code) is declared twice")
      }
      for match in text.matches(of: /\.(\w+)/) { reported.insert(match.1) }
    }
    for (code, path) in declared where !codes.contains(code) {
      Issue.record("\(path) declares \(code), which is not listed")
    }
    for code in codes where declared[code] == nil { Issue.record("\(code) is listed and nowhere declared") }
    for code in codes where !reported.contains(Substring(Self.name(of: code))) {
      Issue.record("nothing reports \(code)")
    }
  }

  /// `loadNoTable` for `load.no-table`.
  private static func name(of code: String) -> String {
    let words = code.split { $0 == "." || $0 == "-" }
    return words.dropFirst().reduce(into: String(words[0])) { $0 += $1.prefix(1).uppercased() + $1.dropFirst() }
  }

  /// In a transcript of Tests or the docs with its message, or by name in a test of its module.
  @Test func everyCodeIsMetByATest() throws {
    let transcripts = try Self.texts(under: "Tests/Transcripts", ending: ".txt").flatMap { Self.words(of: $0.text) }
    let documents = try Self.texts(under: "docs", ending: ".md").filter { $0.path != "docs/ERRORS.md" }
      .flatMap { $0.text.split(separator: "[").dropFirst().map { $0.prefix { $0 != "]" } } }
    let tests = try Self.texts(under: "Tests", ending: ".swift").filter { !$0.path.contains("CodeListTests") }
      .flatMap { Self.words(of: $0.text) + $0.text.matches(of: /\.(\w+)/).map(\.1) }
    let met = Set((transcripts + documents + tests).map(String.init))
    for code in codes {
      let isException = Self.unreached[code] != nil
      #expect(
        (met.contains(code) || met.contains(Self.name(of: code))) != isException,
        "\(code) \(isException ? "is met now" : "is met by no test")")
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
    "properties.time": "Sources/Interchange/Events/JSON/ExportShape.swift",
  ]

  private static func isList(_ path: String) -> Bool {
    path.hasPrefix("Sources/Statements/Diagnostics/")
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
