import JourneyQuery
import JourneyStatistics
import JourneyTime

/// A query that can be asked of two groups of people: its report has figures whose difference can be tested.
package protocol ComparedQuery: AnsweredQuery {
  associatedtype Figures: Hashable & Sendable & Codable

  var breakdown: Breakdown? { get set }
  /// What is counted: `customers`, `entries`. Only of customers each is independent of the others.
  var counted: String { get }
  /// Whether the figures of a customer may grow for as long as the data goes on: no window ends it.
  var isOpenEnded: Bool { get }

  /// Has the report hold all that a comparison takes, which its own answer may do without.
  mutating func keepSamples()
  func cut(_ report: Report) -> Cut<Figures>
  /// The main figure first; always the same ones of one question, but for those that only some have.
  func compared(_ figures: Figures) -> [ComparedFigure]
  /// How many of those counted may still complete what they began.
  func unfinished(_ report: Report) -> Int
}

extension ComparedQuery {
  package var counted: String { "customers" }
  package var isOpenEnded: Bool { false }
  package mutating func keepSamples() {}
  package func unfinished(_ report: Report) -> Int { 0 }
}

extension ComparedQuery where Report == Cut<Figures> {
  package func cut(_ report: Report) -> Cut<Figures> { report }
}

/// A compared query that is cut by a `Split` of its own.
package protocol SplitComparedQuery: ComparedQuery {
  var split: Split { get set }
}

extension SplitComparedQuery {
  package var breakdown: Breakdown? {
    get { split.breakdown }
    set { split.breakdown = newValue }
  }
}

/// One figure of a group, as what a test of its difference needs.
package struct ComparedFigure: Hashable, Sendable {
  package enum Sample: Hashable, Sendable {
    /// So many of so many.
    case rate(Int, of: Int)
    /// Nil without values; a variance needs two.
    case mean(Double?, variance: Double?, of: Int, Estimate.Unit)
    case promoters(PromoterCounts)
    /// Rising, with their median; nil of none.
    case times([Duration], median: Duration?)
  }
  package var name: String
  package var sample: Sample

  package init(_ name: String, _ sample: Sample) {
    (self.name, self.sample) = (name, sample)
  }
}

/// What one of two groups, or one of two periods, answered.
package struct ComparedSide: Sendable {
  /// As it was written: `device = phone`.
  package var label: String
  /// Of all of it.
  package var figures: [ComparedFigure]
  /// The main figure of each group of `by`, in the order of the report.
  package var groups: [(key: GroupKey, figure: ComparedFigure)]
  package var basis: Basis
  /// How many people it is asked of: those of the group, or those of the period.
  package var people: Int
  package var unfinished: Int
  /// The half of its customers were first seen at least so long before the data ends; nil where that is not asked.
  package var exposure: Duration?

  /// Of one figure.
  package init(_ label: String, _ figure: ComparedFigure, basis: Basis, unfinished: Int) {
    (self.label, self.basis, self.unfinished) = (label, basis, unfinished)
    (figures, groups, people) = ([figure], [], basis.people)
  }

  /// What a report says; groups that stand together as `(other)` are no group.
  package init<Query: ComparedQuery>(_ label: String, _ query: Query, _ report: Query.Report) {
    let cut = query.cut(report)
    (self.label, basis, unfinished) = (label, cut.basis, query.unfinished(report))
    people = basis.people
    figures = query.compared(cut.total.figures)
    groups = cut.groups.compactMap { group in
      group.key == .other ? nil : query.compared(group.figures).first.map { (group.key, $0) }
    }
  }

  /// The share of those that began who still may complete it.
  package var openShare: Double {
    let begun: Int
    switch figures.first?.sample {
    case .rate(_, let whole): begun = whole
    case let sample: begun = (sample?.size ?? 0) + unfinished
    }
    return begun > 0 ? Double(unfinished) / Double(begun) : 0
  }
}
