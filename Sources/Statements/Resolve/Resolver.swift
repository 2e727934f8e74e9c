import JourneyModel
import JourneyQuery
import Language
import SourceText

/// Turns syntax into query values: every name looked up, every date an instant, every definition written out.
/// What cannot be resolved is a `Diagnostic` at the name or literal to blame.
package struct Resolver {
  package private(set) var vocabulary: Vocabulary
  /// Finds the customers behind a saved answer, by id; nil where no events can be asked.
  var customers: ((PeopleQuery) throws(Diagnostic) -> [String])?
  /// What is asked for beside properties of the store, here and in definitions.
  private(set) var builtins = BuiltinsMet()
  /// By what people are told, where that is not what is asked.
  var others: OtherPeople?
  /// Stops resolving when it is cancelled: a map may hold very many links.
  private let run: Run
  /// The definitions that are being read, the outermost first; one that holds itself comes again and again.
  private var definitions: [String] = []
  private static let mostDefinitions = 16
  /// Whether it reads what was saved, not what was just typed.
  var isInside: Bool { !definitions.isEmpty }

  package init(_ vocabulary: Vocabulary, _ run: Run = Run()) {
    (self.vocabulary, self.run) = (vocabulary, run)
  }

  /// People who are told by the events in use, where something else is asked: what people answered.
  struct OtherPeople {
    let vocabulary: Vocabulary
    /// Finds who of them passes a test, by id, with what it asks for beside properties of the store.
    let find: (People, [Builtin]) throws(Diagnostic) -> [String]
  }

  /// Reads what is asked of rows that have this catalog, and these of what events have: people are still told by the names of this one.
  func ofRows(
    _ catalog: Catalog, having builtins: Set<BuiltinProperty>,
    findingPeople find: @escaping (People, [Builtin]) throws(Diagnostic) -> [String]
  ) -> Resolver {
    var inner = self
    inner.vocabulary = vocabulary.ofRows(catalog, having: builtins)
    (inner.builtins, inner.others) = (BuiltinsMet(), OtherPeople(vocabulary: vocabulary, find: find))
    return inner
  }

  /// Reads what is asked of people: by the names of the events in use.
  var ofPeople: Resolver {
    guard let others else { return self }
    var outer = self
    (outer.vocabulary, outer.builtins, outer.others) = (others.vocabulary, BuiltinsMet(), nil)
    return outer
  }

  /// The people of a test that is read by other names: as a test where it asks for nothing but what is known of customers, else by id.
  func people(
    _ syntax: PeopleSyntax, of owner: PropertyOwner, among others: OtherPeople
  ) throws(Diagnostic) -> People {
    let outer = ofPeople
    let people = try outer.people(syntax, of: owner)
    let met = outer.builtins.all
    let known = Set(met.filter { if case .person = $0.content { true } else { false } }.map(\.name))
    guard people.asks(onlyFor: known) else { return .listed(try others.find(people, met)) }
    for builtin in met { builtins.add(builtin) }
    return people
  }

  /// Throws once the run is cancelled.
  func check() throws(Diagnostic) {
    do { try run.check() } catch { throw Diagnostic(error, at: nil) }
  }

  /// The resolver for the text of a definition, link or persona; throws at `span` when definitions go in circles.
  func inside(_ name: String, at span: Range<Int>) throws(Diagnostic) -> Resolver {
    guard definitions.count < Self.mostDefinitions else {
      let circular = definitions.last { name in definitions.count { $0 == name } > 1 }
      let what = circular.map { "'\($0)' is defined by itself" } ?? "definitions stand too deep in each other"
      throw Diagnostic(.definitionCircular, what, at: span)
    }
    var inner = self
    inner.definitions.append(name)
    return inner
  }

  /// What is made of the text of a definition; what is wrong in it is told at the place that used it.
  func definition<Result>(
    of name: String, at span: Range<Int>, _ read: (Resolver) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    do { return try read(inside(name, at: span)) } catch { throw error.inDefinition(of: name, at: span) }
  }
}

extension People {
  /// Whether these properties are all that it looks at.
  fileprivate func asks(onlyFor names: Set<String>) -> Bool {
    switch self {
    case .property(let test): names.contains(test.property)
    case .did: false
    case .listed: true
    case .not(let inner), .certain(let inner): inner.asks(onlyFor: names)
    case .and(let parts), .or(let parts): parts.allSatisfy { $0.asks(onlyFor: names) }
    }
  }
}

extension Diagnostic {
  /// The same trouble inside a definition's text, told at the place that used the definition.
  func inDefinition(of name: String, at span: Range<Int>) -> Diagnostic {
    if code == .runInterrupted { return self }
    // The innermost definition says enough.
    let isSaid = message.hasPrefix("in the definition of") || code == .definitionCircular
    return Diagnostic(code, isSaid ? message : "in the definition of '\(name)': \(message)", at: span)
  }

  /// A name that nothing has, with the nearest one to type instead.
  static func unknown(
    _ code: DiagnosticCode, _ what: String, _ name: NameSyntax, among candidates: some Sequence<String>
  ) -> Diagnostic {
    let near = nearest(to: name.text, among: candidates)
    return Diagnostic(
      code, "no \(what) is called '\(name.text)'", at: name.span, hint: near.map { $0.writtenAsName() })
  }
}

extension DiagnosticCode {
  package static let definitionCircular = DiagnosticCode(
    "definition.circular", "A definition leads back to itself, or definitions stand more than 16 deep in each other.")
}
