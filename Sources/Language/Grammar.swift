import SourceText

/// All forms, read once: what the parser, completion, printing and help work from.
package struct Grammar: Sendable {
  package let forms: [Form]
  /// What any question, any comparable question and any statement may begin with.
  let askForms: [Form]
  let questionForms: [Form]
  let askVerbs: [Expectation]
  let questionVerbs: [Expectation]
  let verbs: [Expectation]
  /// Those of `askVerbs` that only open questions not yet answered; empty if none is.
  let askVerbsNotDue: Set<Expectation>

  package init(_ forms: [Form]) {
    self.forms = forms
    askForms = forms.filter { $0.group == .ask }
    questionForms = askForms.filter { form in
      form.clauses != nil && !form.syntax.contains { if case .choice = $0 { Self.asksQuestion($0) } else { false } }
    }
    (askVerbs, questionVerbs, verbs) = (Self.verbs(of: askForms), Self.verbs(of: questionForms), Self.verbs(of: forms))
    let due = Self.verbs(of: askForms.filter(\.isDue))
    askVerbsNotDue = due.isEmpty ? [] : Set(askVerbs).subtracting(due)
  }

  package func form(named name: String) -> Form? {
    forms.first { $0.name == name }
  }

  private static func verbs(of forms: [Form]) -> [Expectation] {
    var verbs: [Expectation] = []
    for form in forms {
      if case .word(let verb)? = form.syntax.first, !verbs.contains(.keyword(verb)) { verbs.append(.keyword(verb)) }
    }
    return verbs
  }

  /// Whether a question is an operand of it, as in `compare`.
  private static func asksQuestion(_ syntax: Syntax) -> Bool {
    switch syntax {
    case .slot(_, .question): true
    case .choice(let alternatives): alternatives.joined().contains(where: asksQuestion)
    default: false
    }
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
    case .slot(_, let slot): first(slot)
    case .optional(let content), .repeated(let content): first(content[...])
    case .choice(let alternatives): alternatives.flatMap { first($0[...]) }
    case .oneWord(_, let words): words.map(Expectation.keyword)
    case .clauses: Clause.allCases.map { .keyword($0.rawValue) }
    }
  }

  func first(_ slot: Slot) -> [Expectation] {
    switch slot {
    case .name(let names): [.name(names)]
    case .file: [.literal(.file)]
    case .text: [.literal(.text)]
    case .number: [.literal(.wholeNumber)]
    case .variable: [.literal(.variable)]
    case .column: [.name(.column), .literal(.wholeNumber)]
    case .customer: [.name(.customer), .literal(.wholeNumber)]
    case .one: Expectation.one
    case .path: Expectation.one + [.literal(.variable)]
    case .spot: Expectation.one + [.literal(.wholeNumber)]
    case .duration: [.literal(.duration), .literal(.variable)]
    case .range: [.literal(.date), .keyword("last"), .literal(.variable)]
    case .date: [.literal(.date)]
    case .condition: Expectation.check
    case .people, .test: Expectation.peopleTest
    case .value: Expectation.value(nil)
    case .figure: [.literal(.number), .literal(.percent), .literal(.duration)]
    case .comparison: Expectation.comparison
    case .place: [.keyword("to"), .keyword("after"), .keyword("before")]
    case .node: Expectation.node
    case .setting: Expectation.attribute
    case .meaning: [.keyword("as")]
    case .binding: binding
    case .ask: askVerbs
    case .askOrVariable: askVerbs + [.literal(.variable)]
    case .question: questionVerbs
    case .statement: verbs
    }
  }

  var binding: [Expectation] {
    askVerbs + [
      .keyword("last"), .keyword("true"), .keyword("false"), .literal(.duration), .literal(.date), .literal(.number),
      .literal(.percent), .literal(.text),
    ] + Expectation.one
  }

  /// After `as`.
  var meaning: [Expectation] { askVerbs + Expectation.peopleTest + [.literal(.variable)] }
}
