import SourceText

/// All forms, read once: what the parser, completion, printing and help work from.
package struct Grammar: Sendable {
  package let forms: [Form]
  /// Any statement, any question, and any question that can be asked of two groups.
  let statements: FormSet
  let asks: FormSet
  let questions: FormSet

  package init(_ forms: [Form]) {
    self.forms = forms
    statements = FormSet(forms)
    asks = FormSet(forms.filter { $0.group == .ask })
    questions = FormSet(
      asks.forms.filter { form in
        form.clauses != nil && !form.syntax.contains { if case .choice = $0 { Self.asksQuestion($0) } else { false } }
      }, offering: \.isCompared)
  }

  package func form(named name: String) -> Form? {
    forms.first { $0.name == name }
  }

  /// Whether a question is an operand of it, as in `compare`.
  private static func asksQuestion(_ syntax: Syntax) -> Bool {
    switch syntax {
    case .slot(_, let slot): slot == .question
    case .choice(let alternatives): alternatives.joined().contains(where: asksQuestion)
    default: false
    }
  }
}

/// Forms among which the first word decides. A form that does not open with a word is none of them.
struct FormSet: Sendable {
  let forms: [Form]
  /// What they open with, each once, in their order.
  let verbs: [Expectation]
  /// The same of those that are offered; of all, if none is.
  let dueVerbs: [Expectation]
  private let byVerb: [String: [Form]]

  init(_ forms: [Form], offering isOffered: (Form) -> Bool = \.isDue) {
    self.forms = forms
    byVerb = Dictionary(grouping: forms.filter { $0.verb != nil }) { $0.verb ?? "" }
    verbs = Self.verbs(of: forms)
    let due = forms.filter(isOffered)
    dueVerbs = due.isEmpty ? verbs : Self.verbs(of: due)
  }

  /// The forms that open with the keyword, in their order.
  subscript(verb: String) -> [Form] { byVerb[verb] ?? [] }

  private static func verbs(of forms: [Form]) -> [Expectation] {
    var seen: Set<String> = []
    return forms.compactMap(\.verb).filter { seen.insert($0).inserted }.map(Expectation.keyword)
  }
}

extension Form {
  /// The word it opens with.
  var verb: String? {
    if case .word(let verb)? = syntax.first { verb } else { nil }
  }
}

// MARK: First sets

extension Grammar {
  /// What `items` may begin with; where all of them may be absent, also what follows them.
  func first(_ items: ArraySlice<Syntax>, then follow: [Expectation] = []) -> [Expectation] {
    var result: [Expectation] = []
    for item in items {
      result += first(item)
      switch item {
      case .optional, .repeated, .clauses: continue
      default: return result
      }
    }
    return result + follow
  }

  private func first(_ item: Syntax) -> [Expectation] {
    switch item {
    case .word(let word): [.keyword(word)]
    case .symbol(let symbol): [.symbol(symbol)]
    case .slot(_, let slot): slot.first(self)
    case .optional(let content), .repeated(let content): first(content[...])
    case .choice(let alternatives): alternatives.flatMap { first($0[...]) }
    case .clauses: Clause.allCases.map { .keyword($0.word) }
    }
  }

  var binding: [Expectation] {
    asks.verbs + [
      .keyword("last"), .keyword("true"), .keyword("false"), .literal(.duration), .literal(.date), .literal(.number),
      .literal(.percent), .literal(.text),
    ] + Expectation.one
  }

  /// After `as`.
  var meaning: [Expectation] { asks.verbs + Expectation.peopleTest + [.literal(.variable)] }
}
