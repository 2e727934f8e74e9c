import JourneyModel
import JourneyQuery
import Language
import Rendering
import SourceText

extension Session {
  /// What the questions of kpis, goals and wins come to; of none without events.
  ///
  /// - Parameter clauses: of whom and when they are asked, where they do not say so themselves.
  func measures(
    of elements: [Element], with clauses: ClausesSyntax = ClausesSyntax()
  ) throws(Diagnostic) -> [ElementReference: Measured] {
    var measures: [ElementReference: Measured] = [:]
    for element in elements { measures[element.reference] = try measured(element, with: clauses) }
    return measures
  }

  /// Nil for what has no question, and without events.
  func measured(
    _ element: Element, with clauses: ClausesSyntax = ClausesSyntax()
  ) throws(Diagnostic) -> Measured? {
    guard ElementKind.measured.contains(element.kind), let meaning = element.meaning, try activeSource != nil else {
      return nil
    }
    return try measured(meaning, of: element.name, target: element.attributes[.target]?.first, clauses)
  }

  /// What is wrong with one question is said of it, and stops no other; what is wrong with the events or the workspace is thrown.
  private func measured(
    _ meaning: String, of name: String, target: AttributeValue?, _ clauses: ClausesSyntax
  ) throws(Diagnostic) -> Measured {
    do {
      var question = try Forms.grammar.parse(meaning)
      let asked = Forms.statement(named: question.form) as? any Question.Type
      for clause in asked?.severalBy ?? [] where question.clauses[clause] != nil {
        return Measured(fault: "an answer with '\(clause)' has several figures")
      }
      for (clause, operand) in clauses.all {
        guard question.clauses[clause] == nil else {
          return Measured(fault: "its question has a '\(clause)' of its own")
        }
        question.clauses[clause] = operand
      }
      let saved = NameSyntax(text: name, isQuoted: true, span: 0..<meaning.utf8.count)
      let figures = try ask(question, savedAs: saved).figures
      guard let figure = figures.first else { return Measured(fault: "its question has no figure") }
      var unfinished = 0
      if case .integer(let count)? = figures.first(where: { $0.name == "unfinished" })?.value { unfinished = count }
      return Measured(
        figure.value, isMet: try target.flatMap { target throws(Diagnostic) in try isMet(target, by: figure.value) },
        unfinished: unfinished)
    } catch {
      guard error.isOfQuestion else { throw error.pointingNowhere }
      return Measured(fault: error.message)
    }
  }

  /// A target is the least that is to be reached, unless it says `at most`.
  private func isMet(_ target: AttributeValue, by value: Cell) throws(Diagnostic) -> Bool? {
    if case .atMost(let most) = target { return try holds(.lessOrEqual, most, value) }
    return try holds(.greaterOrEqual, target, value)
  }

  private func holds(_ comparison: Comparison, _ target: AttributeValue, _ value: Cell) throws(Diagnostic) -> Bool? {
    guard let measure = Measure(value), let wanted = Measure(target) else { return nil }
    return try measure.holds(comparison, wanted, at: 0..<0)
  }
}

extension Diagnostic {
  /// Whether it is of what was asked, and not of where it was asked.
  var isOfQuestion: Bool {
    ![.runInterrupted, .storeDamaged, .storeReplaced].contains(code) && !code.name.hasPrefix("workspace.")
  }

  /// The same of a question that stands on the map: the statement that is run has no such place.
  var pointingNowhere: Diagnostic {
    var copy = self
    copy.span = nil
    return copy
  }
}

extension Measure {
  /// Nil for what is no figure.
  fileprivate init?(_ value: AttributeValue) {
    switch value {
    case .integer(let value): self = .number(Double(value))
    case .number(let value): self = .number(value)
    case .share(let value): self = .share(value)
    case .duration(let microseconds): self = .duration(.init(microseconds: microseconds))
    case .text, .date, .atMost: return nil
    }
  }
}
