import SourceText
import Testing

@testable import Statements

/// `help recipes` finds what the cookbook has.
@Suite struct RecipeBookTests {
  private func book() throws -> RecipeBook { try RecipeBook(LessonShelf.cookbook, file: "COOKBOOK.md") }

  @Test func allAreListedByGroup() throws {
    let contents = try book().text(on: [], at: nil)
    #expect(contents.split(separator: "\n").count { $0.hasPrefix("  ") } >= 40)
  }

  /// By words as people say them, whatever their endings.
  @Test(arguments: [
    (["devices"], "by device"), (["dropping", "out"], "Where do people drop out?"), (["retention"], "retention"),
    (["NPS"], "nps"),
    (["attribution"], "attribute "), (["snapshots"], "snapshot"), (["CSV"], "load "),
  ])
  func wordsFindStatements(_ words: [String], _ statement: String) throws {
    let found = try book().text(on: words, at: nil)
    #expect(found.contains("\n    ") && found.contains(statement), "\(found)")
    #expect(!found.contains("](") && !found.contains("way>"))
  }

  @Test func whatNobodyWroteIsAnError() throws {
    let error = #expect(throws: Diagnostic.self) { try book().text(on: ["xylophone"], at: 5..<9) }
    #expect(error?.code == .recipeUnknown)
  }

  @Test func titlesWithoutStatementsAndBrokenBooksAreRead() throws {
    let book = try RecipeBook(
      Array("## A\n### One more\ntext [a](b)\n### Two\n```way\nway> count\n...> visit\n1\n```\n".utf8), file: "x.md")
    #expect(try book.text(on: ["one"], at: nil) == "One more\n  text a")
    #expect(try book.text(on: ["visits"], at: nil) == "Two\n    count visit")
    #expect(try RecipeBook([], file: "x.md").text(on: [], at: nil).contains("help recipes"))
  }
}
