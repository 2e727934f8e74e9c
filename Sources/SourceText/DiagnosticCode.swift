/// A code that ends an error message, for `help CODE` and the docs. Each is declared beside what reports it, and listed in
/// `CodeArea`.
package struct DiagnosticCode: Hashable, Sendable, CustomStringConvertible {
  /// Stable: `statement.unknown`.
  package let name: String
  /// What is wrong and what to do, in a sentence or two.
  package let meaning: String

  package var description: String { name }

  package init(_ name: String, _ meaning: String) {
    self.name = name
    self.meaning = meaning
  }
}
