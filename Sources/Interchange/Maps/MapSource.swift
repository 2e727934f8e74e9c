import JourneyModel
import SourceText

/// A line and a column of a text, both from 1; columns count Unicode scalars.
struct Mark: Hashable, Sendable {
  var line: Int
  var column: Int
}

/// The file that a map is read from, for the places of errors.
struct MapSource: Sendable {
  var file: String

  func place(_ mark: Mark) -> String { "\(file):\(mark.line):\(mark.column)" }

  func error(_ code: DiagnosticCode, _ message: String, at mark: Mark, hint: String? = nil) -> Diagnostic {
    Diagnostic(code, message, hint: hint, place: place(mark))
  }

  func error(_ error: MapError, at mark: Mark) -> Diagnostic {
    Diagnostic(error.diagnosticCode, error.message, hint: error.suggestion, place: place(mark))
  }

  func warning(_ code: DiagnosticCode, _ message: String, at mark: Mark) -> Diagnostic {
    Diagnostic(code, message, place: place(mark), severity: .warning)
  }
}
