import Interchange
import Language
import SourceText

extension Notebook {
  /// The statements of a block, each with where it stands in the file.
  func pieces(of block: Block) -> [StatementReader.Piece] {
    StatementReader.pieces(of: statements(of: block)).map { piece in
      var piece = piece
      piece.line += block.line
      return piece
    }
  }

  /// The names that it gives to values, as statements; values that were given with the command come in place of its own.
  ///
  /// Throws for one that it does not name.
  func bindings(with given: [(name: String, value: String)]) throws(Diagnostic) -> [Binding] {
    for (name, _) in given where !front.parameters.contains(where: { $0.name == name }) {
      let known = front.parameters.map(\.name)
      throw Diagnostic(
        .notebookParameter, "'\(file)' has no parameter '\(name)'",
        hint: nearest(to: name, among: known).map { "--param \($0)=…" }
          ?? (known.isEmpty ? "params: { \(name): … } in its front matter" : known.joined(separator: ", ")))
    }
    return front.parameters.map { parameter in
      let value = given.last { $0.name == parameter.name }?.value
      return Binding(
        name: parameter.name, value: value ?? parameter.value, isText: parameter.isQuoted, line: parameter.line)
    }
  }

  struct Binding {
    var name: String
    var value: String
    /// A text whatever it looks like.
    var isText: Bool
    /// Of the front matter.
    var line: Int
  }
}

extension Session {
  /// Names the values of a notebook.
  func bind(_ bindings: [Notebook.Binding], of file: String) throws(Diagnostic) {
    for binding in bindings {
      do {
        _ = try execute("let $\(binding.name) = \(written(binding))")
      } catch {
        var error = error
        (error.source, error.span) = (nil, nil)
        error.place = error.place ?? "\(file):\(binding.line)"
        throw error
      }
    }
  }

  /// As a statement has it: what is no value is a text.
  private func written(_ binding: Notebook.Binding) -> String {
    let isValue = !binding.isText && (try? parsed("let $x = \(binding.value)")).map { $0.form == "let" } ?? false
    let isOne = StatementReader.pieces(of: "let $x = " + binding.value).count == 1
    return isValue && isOne ? binding.value : binding.value.quoted
  }
}

extension DiagnosticCode {
  package static let notebookParameter = DiagnosticCode(
    "notebook.parameter",
    "A notebook names its parameters in its front matter, under params; --param gives one of them another value.")
}
