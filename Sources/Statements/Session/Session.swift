import EventStore
import JourneyEngine
import JourneyModel
import JourneyQuery
import JourneyTime
import Language
import Outside
import Rendering
import SourceText
import Workspace

/// The one door: prompt, script, test and embedding program all hand their statements in here.
///
/// A session belongs to one thread; only `currentRun.cancel()` may be called from another.
package final class Session {
  package private(set) var workspace: Workspace
  /// The person's own workspace and answers, while the session is in another for a while.
  private var home: (workspace: Workspace, results: [Answer])?
  /// Answers of this session: `$1` is the first.
  package private(set) var results: [Answer] = []
  package let currentRun: CurrentRun
  /// The form of the last statement that went well, asserts left out: what `$_ is` looks at.
  var lastForm: String?
  /// What was typed, as far as a notebook can hold it.
  var log = SessionLog()
  /// The names of a moment, as long as nothing that they come from can have changed.
  private var known: (mark: Workspace.Mark, vocabulary: Vocabulary)?
  /// Answers that were asked, by survey, as long as nothing that they come from can have changed.
  var knownAnswers: (mark: Workspace.Mark, sources: [String: SurveySource])?
  /// What answers came from last, as long as nothing that they come from can have changed.
  var knownMarks: (mark: Workspace.Mark, marks: WorkspaceMarks)?
  /// What a running question listens to; another at every statement.
  package var run: Run { currentRun.value }
  /// The people of saved answers that the running statement has asked for.
  private var peopleFound: [PeopleQuery: [String]] = [:]
  /// Where relative paths start.
  var files: Files
  /// Where a notebook has its dates read, whatever the zone of the workspace.
  var ownZone: Zone? { didSet { known = nil } }
  /// Whether the workspace is a copy that is thrown away: no other is gone on in, and nothing is kept.
  package var isOnCopy = false
  /// Whether no workspace is changed, whichever is opened.
  let isReadOnly: Bool
  /// The time for the map's history; nothing else depends on it.
  let now: () -> Instant
  /// Told how much of a long load is done: share, and a few words.
  package var progress: (@Sendable (Double, String) -> Void)?
  /// In CSV and TSV.
  var formulas = Formulas.plain
  /// Whether rates have their intervals beside them.
  var hasIntervals = false
  /// The share of rows of a load that may be bad.
  var maxBadShare = 0.01
  /// Bytes that the columns of events may take while questions read them, and a load while it runs.
  package var memory: Int {
    get { workspace.columnBudget }
    set { workspace.columnBudget = newValue }
  }
  /// Asks a person before something unsaved is lost; nil answers yes, as in a script.
  package var confirm: ((String) -> Bool)?
  /// Begins a walk at the prompt; false where nobody is there to take it. The shell sets it.
  var takeWalk: ((_ persona: NameSyntax?) throws(Diagnostic) -> Bool)?
  /// Does what a statement asks of the lessons; the shell sets it.
  var takeLesson: ((LessonRequest) throws(Diagnostic) -> Reply)?
  /// Runs the statements of a file, showing the reply to each; the shell sets it.
  var runScript: ((_ bytes: [UInt8], _ name: String) throws(Diagnostic) -> Void)?

  /// - Parameter door: what statements reach beyond the workspace; it is open already.
  package init(
    workspace: Workspace, readOnly: Bool = false, directory: String, door: Door = .open, now: @escaping () -> Instant
  ) {
    (self.workspace, isReadOnly, self.now) = (workspace, readOnly, now)
    currentRun = CurrentRun(interruption: workspace.interruption)
    files = Files(directory: directory, door: door, run: currentRun)
  }

  /// Carries out one statement.
  package func execute(_ text: String) throws(Diagnostic) -> Reply {
    currentRun.begin()
    defer { currentRun.end() }
    let parsed = try parsed(text)
    do {
      let reply = try perform(parsed)
      if !parsed.form.hasPrefix(AssertStatement.form.name) { lastForm = parsed.form }
      return reply
    } catch {
      throw Advice(completer: Completer(self), text: text).on(meaningOf: parsed, error)
    }
  }

  /// Reads one statement. Names need not be there: only its words count.
  func parsed(_ text: String) throws(Diagnostic) -> ParsedStatement {
    do {
      return try Forms.grammar.parse(text)
    } catch {
      throw Advice(completer: Completer(self), text: text).on(error)
    }
  }

  func perform(_ parsed: ParsedStatement) throws(Diagnostic) -> Reply {
    guard let statement = Forms.statement(named: parsed.form) else { throw .notYet(parsed) }
    try Forms.grammar.check(parsed)
    peopleFound = [:]
    return try statement.run(parsed, in: self)
  }

  /// The question that a parsed statement asks.
  func question(_ parsed: ParsedStatement) throws(Diagnostic) -> any Question.Type {
    guard let statement = Forms.statement(named: parsed.form) else { throw .notYet(parsed) }
    guard let question = statement as? any Question.Type else {
      throw Diagnostic(.statementNoQuestion, "'\(parsed.form)' is not a question", at: parsed.span)
    }
    try Forms.grammar.check(parsed)
    return question
  }

  /// Answers a question without keeping the answer; the answer carries the canonical sentence.
  ///
  /// - Parameters:
  ///   - name: what it will be kept as, besides by its own `as`.
  ///   - saved: what it was kept as, where it was not just typed.
  func ask(
    _ parsed: ParsedStatement, keptAs name: NameSyntax? = nil, savedAs saved: NameSyntax? = nil
  ) throws(Diagnostic) -> Answer {
    let question = try question(parsed)
    var resolver = try resolver()
    if let saved { resolver = try resolver.inside(saved.text, at: saved.span) }
    var canonical = try question.canonical(parsed, resolver, in: self)
    if let name = name ?? canonical.clauses.name {
      try resolver.checkOutlives(canonical, kept: name)
    }
    canonical.clauses.remove(.as)
    var answer = try question.answer(canonical, resolver, in: self)
    answer.question = Forms.grammar.canonical(canonical)
    answer.warnings = warningsOfUnknownValues(in: canonical) + answer.warnings
    return answer
  }

  /// Keeps an answer as the next `$n`, and for good under a name.
  func keep(_ answer: Answer, as name: NameSyntax?) throws(Diagnostic) {
    results.append(answer)
    guard let name else { return }
    try attempt(at: name.span) { () throws(WorkspaceError) in
      try workspace.removeSaved(name.text, .value)
      try workspace.save(SavedText(name: name.text, text: answer.question, at: now()), as: .result)
    }
  }

  /// Asks before edits that are in memory only are lost.
  func leave(at span: Range<Int>) throws(Diagnostic) {
    let own = home?.workspace ?? workspace
    guard own.hasUnsavedChanges, let confirm, !confirm("leave without saving what is in memory?") else { return }
    throw Diagnostic(.workspaceUnsaved, "still here", at: span, hint: "save \"shop.waymark\"")
  }

  /// Goes on in another workspace; answers of the old one are gone.
  func move(to other: Workspace) {
    other.columnBudget = memory
    workspace = other
    results = []
    home = nil
  }

  /// Goes on in another workspace until `comeHome`; what is unsaved in that one is no loss.
  func visit(_ other: Workspace) {
    let own = home ?? (workspace, results)
    move(to: other)
    home = own
  }

  /// Goes back to the workspace and the answers before `visit`; stays where there was none, or another was opened since.
  func comeHome() {
    guard let home else { return }
    (workspace, results) = home
    self.home = nil
  }

  var isVisiting: Bool { home != nil }
}

// MARK: What statements look at

extension Session {
  /// Where dates and days are read.
  package var zone: Zone {
    get throws(Diagnostic) {
      if let ownZone { return ownZone }
      return try attempt(workspace.zone() ?? .utc)
    }
  }

  func setZone(_ zone: Zone) throws(Diagnostic) {
    ownZone = nil
    try attempt(workspace.setZone(zone))
  }

  /// The map that is meant where none is named.
  func activeMap(at span: Range<Int>? = nil) throws(Diagnostic) -> JourneyMap {
    guard let map = try attempt(workspace.activeMapName().map(workspace.map)) else { throw .noMap(at: span) }
    return map
  }

  /// A map by name, or the active one.
  func map(_ name: NameSyntax?, at span: Range<Int>? = nil) throws(Diagnostic) -> JourneyMap {
    guard let name else { return try activeMap(at: span) }
    let names = try attempt(workspace.mapNames())
    guard names.contains(name.text) else { throw .unknown(.mapUnknown, "map", name, among: names) }
    return try attempt(workspace.map(name.text))
  }

  /// The events that statements ask; nil where none are loaded.
  var activeSource: (any EventSource)? {
    get throws(Diagnostic) {
      try attempt(workspace.activeEventsName().map { StoredSource(workspace: workspace, name: $0) })
    }
  }

  /// Where questions of the store with this name are answered; of the active one without a name.
  func executor(for name: NameSyntax? = nil, at span: Range<Int>? = nil) throws(Diagnostic) -> any Executor {
    if let name { try checkStore(name) }
    let active = try activeSource
    guard let source = name.map({ StoredSource(workspace: workspace, name: $0.text) }) ?? active else {
      throw .noEvents(at: span)
    }
    return try attempt(at: span, source.executor)
  }

  func checkStore(_ name: NameSyntax) throws(Diagnostic) {
    let stores = try attempt(workspace.storedEvents().map(\.name))
    if !stores.contains(name.text) { throw .unknown(.eventsUnknown, "store of events", name, among: stores) }
  }

  /// A survey by name, or the one in use.
  func survey(_ name: NameSyntax?, at span: Range<Int>? = nil) throws(Diagnostic) -> StoredSurvey {
    let surveys = try attempt(workspace.surveys())
    let active = try attempt(workspace.activeSurveyName())
    guard let wanted = name?.text ?? active else {
      let names = surveys.map { "use survey " + $0.name.writtenAsName() }
      throw Diagnostic(
        .surveyNone, surveys.isEmpty ? "no survey is loaded" : "several surveys are loaded, and none is in use",
        at: span,
        hint: names.isEmpty ? "load survey \"FILE\"" : names.joined(separator: ", or "))
    }
    if let found = surveys.first(where: { $0.name == wanted }) { return found }
    throw .unknown(
      .surveyUnknown, "survey", name ?? NameSyntax(text: wanted, isQuoted: false, span: span ?? 0..<0),
      among: surveys.map(\.name))
  }

  /// What the names of a moment come from; equal to an earlier one where the names are the same.
  package struct NameMark: Hashable {
    /// What all but the names of answers come from.
    let workspace: Workspace.Mark
    private let results: Int

    fileprivate init(_ session: Session) throws(WorkspaceError) {
      (workspace, results) = (try session.workspace.mark(), session.results.count)
    }
  }

  package func nameMark() throws(Diagnostic) -> NameMark { try attempt(NameMark(self)) }

  /// Every name of the moment.
  package func vocabulary() throws(Diagnostic) -> Vocabulary {
    var vocabulary = try lastingVocabulary()
    for (index, answer) in results.enumerated() { vocabulary.variables[String(index + 1)] = answer.question }
    if let last = results.last { vocabulary.variables["_"] = last.question }
    return vocabulary
  }

  /// All but the names of answers, of which each question makes one; read once for each state of the workspace.
  private func lastingVocabulary() throws(Diagnostic) -> Vocabulary {
    let mark = try attempt(workspace.mark())
    if let known, known.mark == mark { return known.vocabulary }
    let vocabulary = try readVocabulary()
    known = (mark, vocabulary)
    return vocabulary
  }

  private func readVocabulary() throws(Diagnostic) -> Vocabulary {
    let source = try activeSource
    return try attempt { () throws(WorkspaceError) in
      var vocabulary = Vocabulary()
      let zone = try workspace.zone()
      vocabulary.zone = ownZone ?? zone ?? .utc
      vocabulary.map = try workspace.activeMapName().map(workspace.map)
      if let catalog = try source?.catalog { vocabulary.know(catalog) }
      for saved in try workspace.saved(.step) { vocabulary.steps[saved.name] = saved.text }
      for saved in try workspace.saved(.segment) { vocabulary.segments[saved.name] = saved.text }
      for kind in [Workspace.SavedKind.value, .result] {
        for saved in try workspace.saved(kind) { vocabulary.variables[saved.name] = saved.text }
      }
      return vocabulary
    }
  }

  /// Who is behind an answer, by id; asked once for a statement.
  private func customers(behind query: PeopleQuery) throws(Diagnostic) -> [String] {
    if let known = peopleFound[query] { return known }
    let executor = try executor()
    let report = try apart { [run = run] () throws(ExecutionError) in try query.ask(executor, run) }
    let customers = report.people.map(\.customer)
    peopleFound[query] = customers
    return customers
  }

  /// - Parameter map: whose names are known in place of the active one's.
  func resolver(of map: JourneyMap? = nil) throws(Diagnostic) -> Resolver {
    var vocabulary = try vocabulary()
    if let map { vocabulary.map = map }
    var resolver = Resolver(vocabulary, run)
    resolver.customers = { [unowned self] (query) throws(Diagnostic) in try customers(behind: query) }
    return resolver
  }
}

extension DiagnosticCode {
  package static let workspaceUnsaved = DiagnosticCode(
    "workspace.unsaved", "What is in memory would be lost, and you chose to stay. save FILE keeps it.")
  package static let statementNoQuestion = DiagnosticCode(
    "statement.no-question", "Only a question can stand here: funnel, count, describe, people, check map.")
  package static let surveyNone = DiagnosticCode(
    "survey.none", "The question is of answers, and no survey is loaded, or none of several is in use.")
  package static let surveyUnknown = DiagnosticCode(
    "survey.unknown", "The workspace has no survey of this name.")
  package static let mapUnknown = DiagnosticCode(
    "map.unknown", "The workspace has no map of this name.")
}
