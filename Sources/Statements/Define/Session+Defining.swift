import Language
import SourceText
import Workspace

extension Session {
  /// Keeps a definition of a step or a segment, with variables written out; `use` resolves it as it will be used.
  func define(
    _ name: NameSyntax, as operand: Argument, _ kind: Workspace.SavedKind,
    in names: WritableKeyPath<Vocabulary, [String: String]>, use: (Resolver) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> Reply {
    let resolver = try resolver()
    let text = try resolver.writtenText(of: operand)
    var vocabulary = resolver.vocabulary
    vocabulary[keyPath: names][name.text] = text
    do {
      var trial = Resolver(vocabulary)
      trial.customers = resolver.customers
      try use(trial)
    } catch  where error.code == .definitionCircular || !vocabulary.events.isEmpty {
      throw error
    } catch {
      // Before events are loaded their names cannot be checked.
    }
    try attempt(at: name.span, workspace.save(SavedText(name: name.text, text: text, at: now()), as: kind))
    return .done("\(kind) '\(name.text)' is \(text)")
  }
}
