import JourneyModel
import Language
import Rendering
import SourceText

/// A walk at the prompt: where it is, and as whom it goes.
struct Walking {
  let persona: NameSyntax?
  fileprivate var survey: WalkSurvey
  /// What the figures were counted of.
  fileprivate var basis: Basis
  /// Index of the stop that is shown.
  fileprivate var stop = 0

  /// Where any of this changed, it is counted anew.
  fileprivate struct Basis: Hashable {
    var elements: [Element]
    var events: String?
    var count: Int

    init(_ map: JourneyMap, in session: Session) throws(Diagnostic) {
      let counted: Set<ElementKind> = [.stage, .touchpoint, .persona]
      elements = map.elements.filter { counted.contains($0.kind) || $0.meaning != nil }
      let name = try session.attempt(session.workspace.activeEventsName())
      (events, count) = (
        name, try session.attempt(session.workspace.storedEvents()).first { $0.name == name }?.events ?? 0
      )
    }
  }
}

extension Shell {
  /// What is typed at a stop that is not a statement.
  private enum Move {
    case on, back, leave
    /// A statement that puts something on the map there.
    case add(String)
  }

  /// Begins a walk if somebody is there to take it.
  func begin(walkAs persona: NameSyntax?) throws(Diagnostic) -> Bool {
    guard isConversing else { return false }
    let map = try session.activeMap()
    let survey = try WalkSurvey(of: map, as: persona, in: session, at: persona?.span ?? 0..<0)
    walking = Walking(persona: persona, survey: survey, basis: try .init(map, in: session))
    try showStop()
    return true
  }

  /// Leaves the walk, if there is one.
  package func leaveWalk() {
    guard let walking else { return }
    self.walking = nil
    say("left the walk at \(walking.stop + 1) of \(walking.survey.walk.stops.count)")
  }

  /// Whether what is typed is for the walk, and no statement to be read as one.
  package func isOfWalk(_ text: String) -> Bool { walking != nil && !text.isEmpty && move(text) != nil }

  /// Takes what is typed at a stop; false for a statement, and where there is no walk.
  func walk(typed text: String) throws(Diagnostic) -> Bool {
    guard walking != nil, let move = move(text) else { return false }
    switch move {
    case .on: try go(by: 1)
    case .back: try go(by: -1)
    case .leave: leaveWalk()
    case .add(let statement):
      do { try perform(statement) } catch {
        var error = error
        error.source = statement
        throw error
      }
    }
    return true
  }

  private func go(by step: Int) throws(Diagnostic) {
    session.currentRun.begin()
    defer { session.currentRun.end() }
    guard var walking else { return }
    let map = try session.activeMap()
    let basis = try Walking.Basis(map, in: session)
    let before = walking.survey.walk
    guard map.name == before.map.name else { return leaveWalk() }
    let place = before.stops.indices.contains(walking.stop) ? before.stops[walking.stop].place.reference : nil
    if map != before.map || basis != walking.basis {
      walking.survey =
        try basis == walking.basis
        ? walking.survey.on(map)
        : WalkSurvey(of: map, as: walking.persona, in: session, at: walking.persona?.span ?? 0..<0)
      walking.basis = basis
    }
    let stops = walking.survey.walk.stops
    // What was added before the place moves it on; where the place itself is gone, what stands there now is next.
    let now = stops.firstIndex { $0.place.reference == place }
    walking.stop = max(0, (now ?? walking.stop - max(step, 0)) + step)
    self.walking = walking
    guard walking.stop < stops.count else {
      self.walking = nil
      return say("the walk is over")
    }
    try showStop()
  }

  private func showStop() throws(Diagnostic) {
    guard let walking else { return }
    var walk = walking.survey.walk
    guard walk.stops.indices.contains(walking.stop) else {
      self.walking = nil
      return say("map '\(walk.map.name)' has no stages to walk through")
    }
    walk.measure(walking.stop, try walking.survey.figures(of: walk.stops[walking.stop].place, in: session))
    try show(.walk(walk, stop: walking.stop))
    say(walking.stop == 0 ? Self.instruction : "Enter goes on, b back, q leaves")
  }

  private static let instruction = """

    Enter goes on, b back, q leaves; note, \(kinds.prefix(4).map(\.rawValue).joined(separator: ", ")) or the like with a text puts it on the map here
    """

  /// Kinds of what can be put on the map at a stop.
  private static let kinds = ElementKind.allCases.filter { $0.parents.contains(.touchpoint) }

  private func move(_ text: String) -> Move? {
    switch text.trimmingBlanks {
    case "": return .on
    case "b": return .back
    case "q": return .leave
    default: return addition(text.trimmingBlanks).map { .add($0) }
    }
  }

  /// `pain Too slow` and `pain "Too slow" severity 4` as the statement that they stand for here; nil for what begins with no kind,
  /// and for a note that says itself what it is on.
  private func addition(_ text: String) -> String? {
    guard let walking, walking.survey.walk.stops.indices.contains(walking.stop), !text.contains(where: \.isNewline),
      let blank = text.firstIndex(where: \.isWhitespace)
    else { return nil }
    let word = text[..<blank].lowercased()
    let (content, rest) = Self.content(of: String(text[blank...]).trimmingBlanks)
    let place = walking.survey.walk.stops[walking.stop].place
    let here = "\(place.kind.rawValue) \(place.name.writtenAsName())"
    if word == "note" { return rest.isEmpty ? "note \(content.quoted) on \(here)" : nil }
    guard Self.kinds.contains(where: { $0.rawValue == word }) else { return nil }
    let persona = walking.survey.walk.persona.map { " persona \($0.name.writtenAsName())" } ?? ""
    return "add \(word) \(content.quoted) to \(here)\(rest.isEmpty ? "" : " " + rest)\(persona)"
  }

  /// What is said, and what follows it where it stands in quotes.
  private static func content(of text: String) -> (content: String, rest: String) {
    guard let first = Lexer.tokens(of: text).first, first.span.lowerBound == 0, case .string(let content) = first.kind
    else { return (text, "") }
    return (content, String(decoding: text.utf8.dropFirst(first.span.upperBound), as: UTF8.self).trimmingBlanks)
  }
}
