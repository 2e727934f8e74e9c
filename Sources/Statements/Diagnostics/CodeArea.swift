import Language

/// Codes that belong together, for the docs.
package struct CodeArea: Sendable {
  /// What they are about, as a heading.
  package let title: String
  package let codes: [DiagnosticCode]

  /// Every code a message can end with, each once. The docs and `help CODE` are written from this list.
  package static let all: [CodeArea] = [
    CodeArea(title: "The wording of a statement", codes: DiagnosticCode.ofLanguage),
    CodeArea(title: "Names, values and clauses of a question", codes: DiagnosticCode.ofQuestions),
    CodeArea(title: "Answers, assertions and scripts", codes: DiagnosticCode.ofAnswers),
    CodeArea(title: "The shell", codes: DiagnosticCode.ofTheShell),
    CodeArea(title: "Changing a map", codes: DiagnosticCode.ofMapEdits),
    CodeArea(title: "Findings of check map", codes: DiagnosticCode.ofMapChecks),
    CodeArea(title: "Files", codes: DiagnosticCode.ofFiles),
    CodeArea(title: "Files of events", codes: DiagnosticCode.ofEventFiles),
    CodeArea(title: "Files of maps", codes: DiagnosticCode.ofMapFiles),
    CodeArea(title: "The workspace", codes: DiagnosticCode.ofWorkspaces),
  ]

  /// `docs/ERRORS.md`.
  package static var document: String {
    let head = """
      # Codes of errors and warnings

      Every message ends with a code in brackets. Codes are stable: a script may rely on them, a sentence may become clearer.
      `help CODE` says the same at the prompt. This page is written from the list in `Sources/Statements/Diagnostics`;
      `scripts/record` writes it anew.

      """
    let sections = all.map { area in
      let rows = area.codes.map { "| `\($0.code)` | \($0.meaning.replacing("|", with: "\\|")) |" }
      return "## \(area.title)\n\n| code | meaning |\n|---|---|\n" + rows.joined(separator: "\n") + "\n"
    }
    return ([head] + sections).joined(separator: "\n")
  }
}

extension DiagnosticCode {
  package static let all: [DiagnosticCode] = CodeArea.all.flatMap(\.codes)
}
