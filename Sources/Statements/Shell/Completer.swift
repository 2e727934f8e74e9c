import Interchange
import JourneyModel
import JourneyQuery
import Language
import SourceText
import Workspace

/// What Tab offers: the parser's accept set, with names from the map and the data and their counts beside them.
package struct Completer {
  package struct Candidate: Hashable, Sendable {
    /// As it is to be typed, quotes included.
    package var text: String
    /// A count or a kind, shown beside it; may be empty.
    package var note: String
    /// Whether something else follows in another word; not so for a folder.
    package var endsWord = true
  }

  /// Names as of when they were first asked for, until they are forgotten: a key costs no reading of the workspace.
  package final class KnownNames {
    fileprivate var vocabulary: Vocabulary?
    fileprivate var lists: [List: [(text: String, note: String)]] = [:]
    fileprivate var ofRows: [Rows: Vocabulary] = [:]

    /// Names of one kind: of some rows, or of the session.
    fileprivate struct List: Hashable {
      let names: Names
      let rows: Rows?
    }

    package init() {}

    package func forget() { (vocabulary, lists, ofRows) = (nil, [:], [:]) }

    /// No list holds names of answers.
    func forgetVariables() { (vocabulary, ofRows) = (nil, [:]) }
  }

  /// Rows beside events: those that statements of a form ask, of the survey that is named.
  fileprivate struct Rows: Hashable {
    let form: String
    let survey: String?

    init(askedBy asked: ParsedStatement) { (form, survey) = (asked.form, asked.name("survey")?.text) }
  }

  package let session: Session
  private let known: KnownNames?

  /// With `known` names are read once until they are forgotten there; else each time.
  package init(_ session: Session, known: KnownNames? = nil) {
    self.session = session
    self.known = known
  }

  /// Every name of the moment; nil where the workspace cannot be read.
  var vocabulary: Vocabulary? {
    if let vocabulary = known?.vocabulary { return vocabulary }
    let vocabulary = try? session.vocabulary()
    known?.vocabulary = vocabulary
    return vocabulary
  }

  /// Words that questions begin with.
  private static let questions = Set(
    Forms.all.filter { $0.group == .ask }.compactMap { $0.name.split(separator: " ").first.map(String.init) })

  /// As many candidates as anybody looks through.
  package static let mostCandidates = 1_000

  /// What may stand at the cursor, a UTF-8 offset, and which bytes it would replace: the first of it, where there is more than
  /// `most`. Empty where nothing can be offered.
  package func candidates(
    in text: String, at cursor: Int, most: Int = mostCandidates
  ) -> (range: Range<Int>, candidates: [Candidate]) {
    if text.hasPrefix(".") { return dotCommands(in: text, at: cursor) }
    let start = StatementReader.start(ofStatementAt: cursor, in: text)
    let statement = String(decoding: text.utf8.dropFirst(start), as: UTF8.self)
    guard let completion = Forms.grammar.completion(of: statement, at: cursor - start),
      let vocabulary
    else { return (cursor..<cursor, []) }
    if let lead = completion.lead {
      let further = candidates(in: text.prefix(upTo: cursor) + lead, at: cursor + lead.utf8.count, most: most)
        .candidates
      guard further.isEmpty else {
        return (
          cursor..<cursor,
          further.map { Candidate(text: lead + $0.text, note: $0.note, endsWord: $0.endsWord) }
        )
      }
    }
    var seen: Set<String> = []
    var found: [Candidate] = []
    // Questions, then names: the other words of the grammar are few and known, and names are what is looked for.
    let isQuestion = { (expectation: Expectation) in
      if case .keyword(let word) = expectation { Self.questions.contains(word) } else { false }
    }
    let expected = completion.expected
    for expectation in expected.filter(isQuestion) + expected.filter(\.isName)
      + expected.filter({ !isQuestion($0) && !$0.isName })
    {
      for candidate in candidates(for: expectation, completion, in: statement, vocabulary, most)
      where found.count < most && seen.insert(candidate.text).inserted { found.append(candidate) }
    }
    return (completion.range.lowerBound + start..<completion.range.upperBound + start, found)
  }

  /// The symbol that alone may stand at the text's end; see `Completion.lead`.
  func lead(in text: String) -> String? {
    let start = StatementReader.start(ofStatementAt: text.utf8.count, in: text)
    let statement = String(decoding: text.utf8.dropFirst(start), as: UTF8.self)
    return text.hasPrefix(".") ? nil : Forms.grammar.completion(of: statement, at: statement.utf8.count)?.lead
  }

  private func candidates(
    for expectation: Expectation, _ completion: Completion, in statement: String, _ vocabulary: Vocabulary, _ most: Int
  ) -> [Candidate] {
    switch expectation {
    case .keyword(let word): return [Candidate(text: word, note: "")]
    case .symbol(let symbol): return completion.opening == .nothing ? [Candidate(text: symbol.rawValue, note: "")] : []
    case .literal(.variable):
      return vocabulary.variables.keys.filter { $0.hasPrefix(completion.typed) }.sorted()
        .map { Candidate(text: "$" + $0, note: "") }
    case .literal(.file): return completion.opening == .quote ? files(completion, fitting: statement) : []
    case .literal, .end: return []
    case .name(.answerColumn):
      return columns(of: completion.begun, vocabulary).filter { $0.hasPrefixIgnoringCase(completion.typed) }
        .map { Candidate(text: completion.written($0), note: "column") }
    case .name(let names):
      let listed = ofRows(names, completion, vocabulary) ?? named(names, vocabulary)
      return listed.lazy.filter { $0.text.hasPrefixIgnoringCase(completion.typed) }.prefix(most)
        .map { Candidate(text: completion.written($0.text), note: $0.note) }
    }
  }

  /// Columns that the answer to a statement begun can be sorted by; empty where they are not known before it is answered.
  private func columns(of begun: ParsedStatement?, _ vocabulary: Vocabulary) -> [String] {
    guard let begun, let statement = Forms.statement(named: begun.form) else { return [] }
    var resolver = Resolver(vocabulary)
    resolver.customers = { (_) throws(Diagnostic) in [] }
    let columns = (try? statement.sortableColumns(begun, resolver, in: session)) ?? []
    return columns + groups(of: begun, among: columns, vocabulary).filter { !columns.contains($0) }
  }

  /// What stands side by side in a row of a calendar unit: all, and the groups, where these are the values of one property and few enough
  /// to have columns of their own.
  private func groups(of begun: ParsedStatement, among columns: [String], _ vocabulary: Vocabulary) -> [String] {
    guard let unit = begun.clauses.per, columns.contains(unit.rawValue), !begun.clauses.by.isEmpty else { return [] }
    guard begun.clauses.by.count == 1, let property = begun.clauses.by.first else { return ["all"] }
    let values = named(.valueOf(property.text), vocabulary).map(\.text)
    let most = begun.clauses.top ?? Clause.top.standard.flatMap { Int($0) } ?? 0
    return ["all"] + (values.count <= most || vocabulary.isByCalendar(begun.clauses.by) ? values : [])
  }

  /// What rows beside events have: properties and their values, where a statement begun asks such rows; nil where it asks of none.
  private func ofRows(
    _ names: Names, _ completion: Completion, _ vocabulary: Vocabulary
  ) -> [(text: String, note: String)]? {
    guard !completion.isOfPeople, let (statement, asked) = completion.begun?.askingRows,
      let other = self.vocabulary(ofRows: asked, vocabulary)
    else { return nil }
    switch names {
    case .property, .grouping: return read(names, other)
    case .valueOf(let name):
      guard let property = other.property(name, of: .event) else { return [] }
      guard property.builtin == nil else { return nil }
      if let own = property.ofEvents { return named(.valueOf(own), vocabulary) }
      return listed(names, Rows(askedBy: asked)) {
        guard let engine = try? statement.source(asked, in: session).engine else { return [] }
        return (other.values(of: property, atMost: 200, engine, Run()) ?? []).sorted().map { ($0, "") }
      }
    default: return nil
    }
  }

  /// The names that a statement begun may use where it asks rows beside events; else nil.
  func vocabulary(ofRows begun: ParsedStatement?, _ known: Vocabulary) -> Vocabulary? {
    guard let (statement, asked) = begun?.askingRows else { return nil }
    let rows = Rows(askedBy: asked)
    if let vocabulary = self.known?.ofRows[rows] { return vocabulary }
    guard let catalog = try? statement.catalog(asked, in: session) else { return nil }
    let vocabulary = known.ofRows(catalog, having: statement.builtins)
    self.known?.ofRows[rows] = vocabulary
    return vocabulary
  }

  /// The names of a kind, each with what to show beside it; empty where they cannot be listed.
  func named(_ names: Names, _ vocabulary: Vocabulary) -> [(text: String, note: String)] {
    listed(names) { read(names, vocabulary) }
  }

  private func listed(
    _ names: Names, _ rows: Rows? = nil, _ read: () -> [(text: String, note: String)]
  ) -> [(text: String, note: String)] {
    let key = KnownNames.List(names: names, rows: rows)
    if let list = known?.lists[key] { return list }
    let list = read()
    known?.lists[key] = list
    return list
  }

  private func read(_ names: Names, _ vocabulary: Vocabulary) -> [(text: String, note: String)] {
    func on(_ kind: ElementKind) -> [(String, String)] {
      vocabulary.map?.all(kind).map { ($0.name, kind.rawValue) } ?? []
    }
    switch names {
    case .map: return ((try? session.workspace.mapNames()) ?? []).map { ($0, "map") }
    case .store: return ((try? session.workspace.storedEvents()) ?? []).map { ($0.name, $0.events.grouped) }
    case .survey: return ((try? session.workspace.surveys()) ?? []).map { ($0.name, "\($0.answers.grouped) answers") }
    case .snapshot:
      guard let map = vocabulary.map?.name else { return [] }
      return ((try? session.workspace.snapshots(of: map)) ?? []).map { ($0.name, "snapshot") }
    case .sample: return [(Sample.name, "sample")]
    case .template: return MapTemplate.allCases.map { ($0.rawValue, "template") }
    case .element(let kind?): return on(kind)
    case .element(nil): return vocabulary.map?.elements.map { ($0.name, $0.kind.rawValue) } ?? []
    case .step: return on(.touchpoint) + on(.stage) + events() + vocabulary.steps.keys.sorted().map { ($0, "step") }
    case .event: return events()
    case .definedStep: return vocabulary.steps.keys.sorted().map { ($0, "step") }
    case .segment: return vocabulary.segments.keys.sorted().map { ($0, "segment") }
    case .segmentOrPersona: return vocabulary.segments.keys.sorted().map { ($0, "segment") } + on(.persona)
    case .property, .grouping:
      let whose = vocabulary.ofEvents == nil ? "of every event" : "of every row"
      let builtins = vocabulary.builtinNames.map { ($0, whose) }
      let ofCustomers = zip(vocabulary.customerNames, vocabulary.people).map {
        ($0, "\($1.kind.rawValue) of customers")
      }
      let ofEvents = zip(vocabulary.eventsNames, vocabulary.ofEvents ?? []).map {
        ($0, "\($1.kind.rawValue) of events")
      }
      return vocabulary.properties.map { ($0.name, $0.kind.rawValue) } + builtins + ofCustomers + ofEvents
    case .valueOf(let property): return values(of: property, vocabulary)
    case .attributeValue(.channel): return on(.channel)
    case .attributeValue(.persona): return on(.persona)
    case .topic: return HelpText(Forms.grammar, codes: DiagnosticCode.all).subjects.map { ($0, "") }
    default: return []
    }
  }

  private func events() -> [(String, String)] {
    guard let store = try? session.workspace.activeEventsName() else { return [] }
    return ((try? session.workspace.eventNames(of: store)) ?? []).sorted { ($1.events, $0.name) < ($0.events, $1.name) }
      .map { ($0.name, $0.events.grouped) }
  }

  /// Values of a text property with few of them; those that have an order of their own stand in it.
  private func values(of property: String, _ vocabulary: Vocabulary) -> [(String, String)] {
    guard let property = vocabulary.property(property, of: .event) else { return [] }
    if let builtin = property.builtin { return (vocabulary.values(of: builtin) ?? []).map { ($0, "") } }
    guard let executor = try? session.activeSource?.executor else { return [] }
    return (vocabulary.values(of: property, atMost: 200, executor, Run()) ?? []).sorted().map { ($0, "") }
  }

  /// Files and folders that go on with the path typed inside an open quote: those that the statement can take.
  private func files(_ completion: Completion, fitting statement: String) -> [Candidate] {
    let words = statement.split(separator: " ", maxSplits: 2).prefix(2).map { $0.lowercased() }
    let endings: [String]? =
      switch (words.first, words.last) {
      case ("load", "events"): EventFile.endings
      case ("load", "map"): MapFormat.endings
      case ("open", _): ["waymark"]
      case ("run", _): ["way"]
      default: nil
      }
    let typed = completion.typed
    let folder = typed.lastIndex(of: "/").map { String(typed[...$0]) } ?? ""
    let begun = String(typed.dropFirst(folder.count))
    let names = session.files.names(in: folder.isEmpty ? "." : folder).filter {
      $0.hasPrefix(begun) && (begun.hasPrefix(".") || !$0.hasPrefix("."))
    }
    return names.compactMap { name in
      let isFolder = session.files.isFolder(folder + name) == true
      if !isFolder, let endings, !endings.contains(where: { name.lowercased().hasSuffix("." + $0) }) { return nil }
      // A folder goes on behind its `/`, inside the quotes.
      return isFolder
        ? Candidate(text: String((folder + name + "/").quoted.dropLast()), note: "folder", endsWord: false)
        : Candidate(text: (folder + name).quoted, note: "")
    }
  }

  private func dotCommands(in text: String, at cursor: Int) -> (Range<Int>, [Candidate]) {
    let before = String(decoding: Array(text.utf8.prefix(cursor)), as: UTF8.self)
    let words = before.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard words.count == 2, let command = DotCommand.all.first(where: { $0.name == words[0] }) else {
      let names = DotCommand.all.filter { $0.name.hasPrefix(before) }
      return (0..<cursor, names.map { Candidate(text: $0.name, note: $0.summary) })
    }
    let choices = command.choices.filter { $0.hasPrefix(words[1]) }
    return ((cursor - words[1].utf8.count)..<cursor, choices.map { Candidate(text: $0, note: "") })
  }
}

extension ParsedStatement {
  /// The question of rows beside events that it is, or has behind it; nil where it asks no such rows.
  fileprivate var askingRows: (statement: any TableQuestion.Type, asked: ParsedStatement)? {
    let asked = statement("question") ?? self
    return (Forms.statement(named: asked.form) as? any TableQuestion.Type).map { ($0, asked) }
  }
}

extension Completion {
  /// The symbol that alone may stand here, as it is typed before what follows; nil where there is more to choose from.
  var lead: String? {
    guard opening == .nothing, expected.count == 1, case .symbol(let symbol)? = expected.first else { return nil }
    return symbol.rawValue + (["(", "[", "{"].contains(symbol.rawValue) ? "" : " ")
  }
}

extension String {
  fileprivate func prefix(upTo offset: Int) -> String { String(decoding: utf8.prefix(offset), as: UTF8.self) }
}

extension Expectation {
  fileprivate var isName: Bool { if case .name = self { true } else { false } }
}

extension String {
  fileprivate func hasPrefixIgnoringCase(_ prefix: String) -> Bool {
    var bytes = utf8.makeIterator()
    for wanted in prefix.utf8 {
      guard let byte = bytes.next() else { return false }
      if byte >= 0x80 || wanted >= 0x80 { return lowercased().hasPrefix(prefix.lowercased()) }
      if byte.lowercasedASCII != wanted.lowercasedASCII { return false }
    }
    // A mark that follows belongs to the letter before it.
    return bytes.next().map { $0 < 0x80 } ?? true || lowercased().hasPrefix(prefix.lowercased())
  }
}

extension UInt8 {
  fileprivate var lowercasedASCII: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }
}
