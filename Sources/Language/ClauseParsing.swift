import SourceText

// The clauses of a question: each opened by a word of its own, in any order, `where` as often as wanted.

extension Parser {
  mutating func clauses() throws(Diagnostic) {
    while true {
      expectClauses()
      guard let clause = next.keyword.flatMap(Clause.init) else { return }
      let start = index
      if let earlier = frame.clauses.spans[clause], clause != .where {
        throw Diagnostic(
          "clause.repeated", "'\(clause)' is given twice, first at column \(column(of: earlier.lowerBound))",
          at: next.span)
      }
      take(as: .keyword)
      try read(clause)
      frame.clauses.spans[clause] = frame.clauses.spans[clause] ?? span(from: start)
    }
  }

  private mutating func expectClauses() {
    for clause in frame.used where clause == .where || frame.clauses.spans[clause] == nil {
      expect(.keyword(clause.rawValue))
    }
  }

  private func column(of offset: Int) -> Int { text.position(ofUTF8: offset).column }

  private mutating func read(_ clause: Clause) throws(Diagnostic) {
    switch clause {
    case .within: frame.clauses.within = takes("forever") ? .forever : .duration(try duration())
    case .order: frame.clauses.order = try oneOf(["any", "strict"])
    case .entry: frame.clauses.entry = try oneOf(["best", "first"])
    case .counting: frame.clauses.counting = try oneOf(["customers", "entries", "sessions"])
    case .gap: frame.clauses.gap = try duration()
    case .without:
      repeat { frame.clauses.without.append(try one()) } while takes(.comma)
    case .holding: frame.clauses.holding = try name(.property)
    case .where: frame.clauses.filters.append(try condition())
    case .for: frame.clauses.people = try people()
    case .by:
      repeat { frame.clauses.by.append(try name(.grouping)) } while takes(.comma)
    case .at: frame.clauses.at = try spot()
    case .during: frame.clauses.during = try range()
    case .vs: frame.clauses.versus = try range()
    case .per: frame.clauses.per = try unit(isPlural: false)
    case .depth: frame.clauses.depth = try wholeNumber(atLeast: 1)
    case .top: frame.clauses.top = try wholeNumber(atLeast: 1)
    case .using:
      repeat { frame.clauses.using.append(try oneOf(Self.models)) } while takes(.comma)
    case .as: frame.clauses.name = try name(.new)
    }
  }

  /// Attribution models, then what steps are named by.
  static let models = [
    "first", "last", "linear", "position", "decay", "markov", "shapley", "touchpoints", "stages", "events",
  ]
}
