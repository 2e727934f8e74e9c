import JourneyEngine
import JourneyModel
import JourneyQuery
import JourneyTime
import Language
import SourceText
import Workspace

/// The one door: prompt, script, test and embedding program all hand their statements in here.
///
/// A session belongs to one thread; only `run.cancel()` may be called from another or from a signal handler.
package final class Session {
  package let workspace: Workspace
  /// Answers of this session: `$1` is the first.
  package private(set) var results: [Answer] = []
  /// What a running question listens to; replaced at every statement.
  package private(set) var run = Run()
  /// The time for the map's history; nothing else depends on it.
  let now: () -> Instant
  /// Scripts that run scripts, so that a circle ends.
  var scriptDepth = 0
  private var executorOfStore: (store: String, executor: any Executor)?

  package init(workspace: Workspace, now: @escaping () -> Instant) {
    self.workspace = workspace
    self.now = now
  }

  /// Carries out one statement.
  package func execute(_ text: String) throws(Diagnostic) -> Reply {
    run = Run()
    let parsed = try Parser(forms: Forms.all).statement(text)
    return try perform(parsed)
  }

  package func perform(_ parsed: ParsedStatement) throws(Diagnostic) -> Reply {
    guard let statement = Forms.statement(named: parsed.form) else { throw .notYet(parsed) }
    return try statement.run(parsed, in: self)
  }

  /// The question a parsed statement asks; forms that are no question, or not due yet, are an error there.
  package func question(_ parsed: ParsedStatement) throws(Diagnostic) -> any Question.Type {
    guard let statement = Forms.statement(named: parsed.form) else { throw .notYet(parsed) }
    guard let question = statement as? any Question.Type else {
      throw Diagnostic("statement.no-question", "'\(parsed.form)' is not a question", at: parsed.span)
    }
    return question
  }

  /// Keeps an answer as the next `$n`, and for good under a name.
  func keep(_ answer: Answer, under name: NameSyntax?) throws(Diagnostic) {
    results.append(answer)
    if let name { try workspace.keep(result: answer.question, as: name.text) }
  }
}
