import JourneyQuery
import JourneyTime
import Language
import Rendering
import SourceText

/// A figure that can be held against another: a number (a percent is its hundredth) or a duration.
enum Measure: Equatable {
  case number(Double)
  case share(Double)
  /// Of a hundred, below 0 too: no percentage.
  case points(Double)
  case duration(Duration)

  /// Nil for a cell without a value.
  init?(_ cell: Cell) {
    switch cell {
    case .integer(let value), .bytes(let value): self = .number(Double(value))
    case .number(let value), .probability(let value): self = .number(value)
    case .estimate(let estimate):
      switch estimate.unit {
      case .share: self = .share(estimate.value)
      case .points: self = .points(estimate.value)
      case .mean: self = .number(estimate.value)
      }
    case .share, .rate: self = .share(cell.share ?? 0)
    case .duration(let value): self = .duration(value)
    case .text, .instant, .truth, .course, .unfinished, .missing, .unobserved: return nil
    }
  }

  init(_ literal: ValueSyntax.Content, at span: Range<Int>) throws(Diagnostic) {
    switch literal {
    case .number(let value): self = .number(value)
    case .share(let value): self = .share(value)
    case .duration(let value): self = .duration(value)
    default:
      throw Diagnostic(
        .assertKind, "a figure is held against a number, a percentage or a duration", at: span, hint: "12%")
    }
  }

  var cell: Cell {
    switch self {
    case .number(let value): Int(exactly: value).map(Cell.integer) ?? .number(value)
    case .share(let value): .share(value)
    case .points(let value): .number(value)
    case .duration(let value): .duration(value)
    }
  }

  func holds(_ comparison: Comparison, _ other: Measure, at span: Range<Int>) throws(Diagnostic) -> Bool {
    switch (self, other) {
    case (.duration(let left), .duration(let right)): return comparison.holds(left, right)
    case (.number(let left), .number(let right)), (.number(let left), .share(let right)),
      (.share(let left), .number(let right)), (.share(let left), .share(let right)),
      (.points(let left), .number(let right)), (.points(let left), .points(let right)):
      return comparison.holds(left, right)
    default:
      throw Diagnostic(
        .assertKind, "\(phrase) cannot be held against \(other.phrase)", at: span, hint: example)
    }
  }

  private var phrase: String {
    switch self {
    case .number: "a number"
    case .share: "a percentage"
    case .points: "a score in points"
    case .duration: "a duration"
    }
  }

  private var example: String {
    switch self {
    case .number: "100"
    case .share: "12%"
    case .points: "30"
    case .duration: "2d"
    }
  }
}

extension Comparison {
  func holds<Operand: Comparable>(_ left: Operand, _ right: Operand) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}

extension DiagnosticCode {
  package static let assertKind = DiagnosticCode(
    "assert.kind", "The figure and what it is held against are of different kinds: a duration and a number.")
}
