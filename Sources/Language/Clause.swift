import JourneyQuery
import JourneyTime
import SourceText

/// A clause of questions: the word that opens it, what stands behind, what holds where it is left out, what it means. A form may
/// give its own version of it. Two clauses of one word are the same clause.
package struct Clause: Hashable, Sendable, CaseIterable, CustomStringConvertible {
  package let word: String
  package let slot: Slot
  /// What a question that always has it takes where it is left out, as it would be typed.
  package let standard: String?
  /// What it means, in a few sentences; the standard is said by itself.
  package let meaning: String
  /// The clause that it says more of, without which it is not used.
  package let qualified: String?

  private init(_ word: String, _ slot: Slot, standard: String? = nil, of qualified: String? = nil, _ meaning: String) {
    (self.word, self.slot, self.standard, self.qualified, self.meaning) = (word, slot, standard, qualified, meaning)
  }

  package static func == (left: Clause, right: Clause) -> Bool { left.word == right.word }
  package func hash(into hasher: inout Hasher) { hasher.combine(word) }

  /// The clause as one form has it.
  package func taking(_ meaning: String, _ slot: Slot? = nil, standard: String? = nil) -> Clause {
    Clause(word, slot ?? self.slot, standard: standard, meaning)
  }

  /// The clause that the word opens, if any does.
  package init?(_ word: String) {
    guard let clause = Self.allCases.first(where: { $0.word == word }) else { return nil }
    self = clause
  }

  /// Whether a form has its own version of it.
  var isOfForm: Bool {
    Clause(word).map { $0.grammarLine != grammarLine || $0.explanation != explanation } ?? true
  }

  /// Whether what stands behind its word is one property or several.
  var namesProperties: Bool {
    [.name(.property), .list(of: .name(.property)), .list(of: .name(.grouping))].contains(slot)
  }

  /// How it is written.
  package var grammarLine: String { "\(word) \(slot.operand ?? "WORD")" }

  package var description: String { word }

  /// What it means, its standard said.
  package var explanation: String { meaning + (standard.map { " Unless said otherwise: \($0)." } ?? "") }
}

// MARK: All of them

extension Clause {
  /// In the order the canonical sentence writes them.
  package static let allCases: [Clause] = [
    within, order, entry, counting, gap, without, holding, `where`, `for`, by, at, during, vs, per, depth, sort, top,
    with, expected, using, `as`,
  ]

  package static let within = Clause(
    "within", .window, standard: FunnelQuery.defaultWindow.literal,
    "The most that may lie between the first step and the last; forever sets no limit. Days have 24 hours.")

  package static let order = Clause(
    "order", .oneOf(["any", "strict"]),
    """
    Without it, steps follow each other and two events of one moment may stand in either order. Strict: instants must \
    increase. Any: the first step comes first, the others in any order.
    """)

  package static let entry = Clause(
    "entry", .oneOf(["best", "first"]), standard: FunnelQuery.Entry.best.rawValue,
    "Best takes the entry that gets a customer furthest; first looks only at the earliest entry.")

  package static let counting = Clause(
    "counting", .oneOf(["customers", "entries", "sessions"]), standard: FunnelQuery.Counting.customers.rawValue,
    """
    What one is: a customer, each entry at the first step, or each session. Sessions are cut by the session column, or \
    where nothing happens for longer than gap.
    """)

  package static let gap = Clause(
    "gap", .duration, standard: FunnelQuery.defaultGap.literal,
    "The silence that ends a session where the data has no session column.")

  package static let without = Clause(
    "without", .list(of: .one), "No event matching these may stand between the first and the last step.")

  package static let holding = Clause(
    "holding", .name(.property),
    "All steps have the same value of the property, say one and the same product; an event without it starts nothing.")

  package static let `where` = Clause(
    "where", .condition,
    "Keeps the events that pass and drops the others, before anything is matched. A test on a missing value keeps nothing."
  )

  package static let `for` = Clause(
    "for", .people, "Keeps the people who pass, judged by their whole journeys, whatever where and during say.")

  package static let by = Clause(
    "by", .list(of: .name(.grouping)),
    "One group per value of the property at the first step, largest first; several properties make pairs.")

  package static let at = Clause(
    "at", .spot,
    "Reads the property of by at this step instead of the first. A step that occurs twice is named by its number.")

  package static let during = Clause(
    "during", .range,
    "Keeps entries whose first step lies in these dates; of a count, the events that do. A range holds its last date whole."
  )

  package static let vs = Clause(
    "vs", .rangeOrPrevious,
    """
    Asks the same of other dates and sets both side by side; it needs during. Previous is as many calendar units right \
    before these: of 2025-03 it is 2025-02, of ten days the ten days before.
    """)

  package static let per = Clause(
    "per", .unit,
    "A row per unit of the calendar, empty ones too. Weeks are ISO weeks; units are cut in the workspace's zone.")

  package static let depth = Clause("depth", .count, "How many steps are shown.")

  package static let top = Clause(
    "top", .count, standard: "10", of: "by", "How many groups are shown; the rest stand together as (other).")

  package static let sort = Clause(
    "sort", .sorting,
    """
    The column that rows are sorted by, the smallest first unless descending; missing values come last, (other) and \
    (none) behind them. A column of several words stands in quotes.
    """)

  package static let with = Clause("with", .list(of: .name(.property)), "The properties that are shown of each row.")

  package static let expected = Clause(
    "expected", .percent,
    "The share of both groups that the first was meant to hold: groups of other sizes were not made by chance alone.")

  package static let using = Clause(
    "using",
    .list(
      of: .oneOf([
        "first", "last", "linear", "position", "decay", "markov", "shapley", "touchpoints", "stages", "events",
      ])), "What the answer is computed with or named by.")

  package static let `as` = Clause("as", .name(.new), "Keeps the answer under a name: as main makes $main.")
}

// MARK: As they were written

/// The clauses of a statement, each with what stands behind its word.
package struct ClausesSyntax: Hashable, Sendable, CustomStringConvertible {
  private var operands: [Clause: Argument] = [:]
  /// Where each clause that was written stands.
  package var spans: [Clause: Range<Int>] = [:]

  package init() {}

  package subscript(clause: Clause) -> Argument? {
    get { operands[clause] }
    set { operands[clause] = newValue }
  }

  /// What stands behind each, in canonical order.
  package var all: [(clause: Clause, operand: Argument)] {
    Clause.allCases.compactMap { clause in operands[clause].map { (clause, $0) } }
  }

  package var description: String { "\(all)" }

  package mutating func remove(_ clause: Clause) {
    operands[clause] = nil
    spans[clause] = nil
  }

  package var filter: ConditionSyntax? { self[.where]?.asCondition }
  package var people: PeopleSyntax? { self[.for]?.asPeople }
  package var by: [NameSyntax] { self[.by]?.asList.compactMap(\.asName) ?? [] }
  package var at: SpotSyntax? { self[.at]?.asSpot }
  package var during: RangeSyntax? { self[.during]?.asRange }
  package var per: CalendarUnit? { self[.per]?.asWord.flatMap(CalendarUnit.init) }
  package var without: [OneSyntax] { self[.without]?.asList.compactMap(\.asOne) ?? [] }
  package var holding: NameSyntax? { self[.holding]?.asName }
  package var gap: DurationSyntax? { self[.gap]?.asDuration }
  package var sort: (name: NameSyntax, isDescending: Bool)? {
    self[.sort]?.asList.first?.asName.map { ($0, self[.sort]?.asList.count == 2) }
  }
  package var with: [NameSyntax] { self[.with]?.asList.compactMap(\.asName) ?? [] }
  package var depth: Int? { self[.depth]?.asNumber }
  package var top: Int? { self[.top]?.asNumber }
  package var name: NameSyntax? { self[.as]?.asName }
}

extension Grammar {
  /// Clauses in canonical form, joined by blanks; empty if there are none. Where a comparison follows, a group that ends them
  /// without its word is put in brackets, else it would read as a property.
  func canonical(_ clauses: ClausesSyntax, isCompared: Bool) -> String {
    let all = clauses.all
    return all.enumerated().map { index, clause in
      let text = canonical(clause.operand, as: clause.clause.slot)
      let isBracketed = isCompared && index == all.count - 1 && clause.operand.asPeople?.endsWithBareName == true
      return "\(clause.clause.word) " + (isBracketed ? "(\(text))" : text)
    }.joined(separator: " ")
  }
}

// MARK: Reading

extension Parser {
  /// Clauses of a question in any order, `where` as often as wanted: all must hold.
  mutating func clauses() throws(Diagnostic) {
    while true {
      for clause in frame.used where clause == .where || frame.clauses[clause] == nil { expect(.keyword(clause.word)) }
      guard let known = next.keyword.flatMap({ Clause($0) }) else { return }
      // A word of the form itself, which comes before: `people $x at 2`.
      let isOfForm = grammar.form(named: frame.form)?.syntax.contains { $0.holds(known.word) } ?? false
      if isOfForm, !frame.used.contains(known) { return }
      let clause = frame.used.first { $0 == known } ?? known
      let (start, earlier) = (index, frame.clauses[clause])
      if earlier != nil, clause != .where {
        let column = text.position(ofUTF8: frame.clauses.spans[clause]?.lowerBound ?? 0).column
        throw Diagnostic(
          .clauseRepeated, "'\(clause.word)' is given twice, first at column \(column)", at: next.span)
      }
      take(as: .keyword)
      var operand = try clause.slot.read(&self, [])
      if case .condition(let more) = operand, let first = earlier?.asCondition {
        operand = .condition(.all(of: [first, more]))
      }
      frame.clauses[clause] = operand
      frame.clauses.spans[clause] = frame.clauses.spans[clause] ?? span(from: start)
    }
  }
}

extension DiagnosticCode {
  package static let clauseRepeated = DiagnosticCode(
    "clause.repeated", "A clause other than where stands twice. Join what belongs together by commas, or by and.")
}
