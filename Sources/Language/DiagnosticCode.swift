/// A code that ends an error message, for `help CODE` and the docs.
package struct DiagnosticCode: Hashable, Sendable {
  package var code: String
  /// What is wrong and what to do, in a sentence or two.
  package var meaning: String

  package init(_ code: String, _ meaning: String) {
    self.code = code
    self.meaning = meaning
  }

  /// Codes of everything that can be wrong with the wording of a statement.
  package static let ofLanguage: [DiagnosticCode] = [
    .init("statement.unknown", "No statement begins with this word. Help lists those that there are."),
    .init("statement.incomplete", "The statement ends where something more must stand; the hint is what could."),
    .init(
      "statement.left-over",
      "The statement is complete before this word. Two statements need a ; or a line end between them."),
    .init("statement.too-long", "A statement may have 64 KiB."),
    .init(
      "clause.unknown",
      "No clause begins with this word. A name of several words needs quotes; steps are joined by arrows."),
    .init(
      "clause.repeated", "A clause other than where stands twice. Join what belongs together by commas, or by and."),
    .init("clause.unused", "The clause exists, but this question makes no use of it; the hint lists those it does."),
    .init("word.unknown", "Only certain words can stand here; the hint is the nearest, or lists them."),
    .init("name.expected", "A name must stand here. A name that is a keyword, a number or has blanks needs quotes."),
    .init(
      "literal.wrong",
      "A value of another kind must stand here: durations have units (7d), percents a %, dates are 2025-07-01."),
    .init("symbol.unexpected", "This cannot stand here; the hint is what can."),
    .init("character.unexpected", "No word of the language has this character outside quotes."),
    .init("bracket.unclosed", "The bracket has no partner."),
    .init("string.unclosed", "A quoted text must end on its line; \\n is a line break in it."),
    .init("string.escape", "In a quoted text a backslash stands before a quote, a backslash, n, t or u{…} only."),
    .init("text.not-utf8", "The text holds bytes that are not UTF-8. Save the file as UTF-8."),
    .init("nesting.too-deep", "Brackets, not, and statements within statements may nest 64 deep."),
    .init("topic.unknown", "Help has nothing under this name."),
  ]
}
