/// What is wrong with something a person wrote, as facts; `Diagnostic.rendered` writes the sentences.
package struct Diagnostic: Error, Sendable, Equatable {
  package enum Severity: String, Sendable {
    case error, warning
  }

  package var severity: Severity
  /// Stable, listed in docs/ERRORS.md: `statement.unknown`.
  package var code: DiagnosticCode
  /// Lower case, no full stop; names what was found.
  package var message: String
  /// UTF-8 offsets into the text of the statement; nil where no place in it is to blame.
  package var span: Range<Int>?
  /// Text to type instead.
  package var hint: String?
  /// The text that `span` counts in, where it is another than the statement at hand: a line of a script.
  package var source: String?
  /// Where the trouble lies when not in the statement: `events.csv:17:4`.
  package var place: String?

  package init(
    _ code: DiagnosticCode, _ message: String, at span: Range<Int>? = nil, hint: String? = nil, place: String? = nil,
    severity: Severity = .error
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.span = span
    self.hint = hint
    self.place = place
  }

  /// The same with `span` where it had none.
  package func located(at span: Range<Int>?) -> Diagnostic {
    var copy = self
    copy.span = copy.span ?? span
    return copy
  }
}
