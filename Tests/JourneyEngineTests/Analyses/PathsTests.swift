import EventStore
import JourneyEngine
import JourneyQuery
import JourneyTime
import TestSupport
import Testing

/// Paths by their definition: each journey written out as names, equal ones side by side made one, and cut.
struct DefinedPaths {
  let rows: [EventRow]
  let query: PathsQuery

  private struct Taken {
    var steps: [String]
    var anchor: Int
    var key: [String?]
  }

  var report: PathsReport {
    let sequences = DefinedSequence.all(
      of: rows, query.naming, filter: query.scope.filter, people: query.scope.people,
      during: query.anchor == nil ? query.scope.during : nil)
    let taken = sequences.compactMap(path)
    var report = PathsReport(
      figures(taken), basis: Basis(span: span(of: rows), people: sequences.count))
    if let breakdown = query.breakdown {
      report.groups = groups(taken.map { ($0.key, $0) }, breakdown, size: \.count).map {
        Slice($0.key, figures($0.items))
      }
    }
    return report
  }

  private func path(of sequence: DefinedSequence) -> Taken? {
    let names = sequence.events.map(\.name)
    let index = sequence.events.indices.first { index in
      guard let anchor = query.anchor else { return true }
      let row = sequence.events[index].row
      return matches(anchor.step, row) && (query.scope.during?.contains(Instant(microseconds: row.instant)) ?? true)
    }
    guard let index else { return nil }
    // A run of equal names is one step; `run[i]` is the step that event i belongs to.
    var (steps, run): ([String], [Int]) = ([], [])
    for name in names {
      if steps.last != name { steps.append(name) }
      run.append(steps.count - 1)
    }
    let anchor = run[index]
    let range: Range<Int>
    switch query.anchor?.side {
    case nil, .from: range = anchor..<anchor + query.depth
    case .to: range = anchor - query.depth..<anchor + 1
    case .around: range = anchor - query.depth..<anchor + query.depth + 1
    }
    let shown = range.clamped(to: steps.indices)
    return Taken(
      steps: Array(steps[shown]), anchor: anchor - shown.lowerBound,
      key: query.breakdown.map { sequence.key($0, at: sequence.events[index].row) } ?? [])
  }

  private func figures(_ taken: [Taken]) -> PathsFigures {
    let variants = Dictionary(grouping: taken) { $0.steps + ["\($0.anchor)"] }.values
      .map { PathsFigures.Variant(steps: $0[0].steps, anchor: $0[0].anchor, customers: $0.count) }
      .sorted { left, right in
        if left.customers != right.customers { return left.customers > right.customers }
        if left.steps != right.steps {
          return left.steps.lexicographicallyPrecedes(right.steps) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
        return left.anchor < right.anchor
      }
    return PathsFigures(
      customers: taken.count, distinct: variants.count,
      variants: Array(variants.prefix(query.top)))
  }
}

@Suite struct PathsTests {
  @Test(arguments: 0..<4) func `the variants are those of the definition`(seed: Int) throws {
    try expectDefined(seed: seed, stores: 500, PathsQuery.random) {
      DefinedPaths(rows: $0, query: $1).report
    } answer: {
      try $0.paths($1, Run())
    }
  }

  /// Answers worked out by hand.
  @Test(
    arguments: [
      ("A0 A1 B2 B3 A4", nil, 5, "A B A"),
      ("A0 B1 C2 A3 B4", nil, 2, "A B"),
      ("A0 B1 B2 C3 A4", .from, 2, "[B] C"),
      ("C0 A1 A2 C3 B4 A5", .to, 2, "A C [B]"),
      ("C0 A1 A2 C3 B4 A5", .to, 9, "C A C [B]"),
      ("C0 A1 B2 B3 A4 C5 A6", .around, 2, "C A [B] A C"),
      ("A0 C1", .to, 2, ""),
    ] as [(String, PathsQuery.Side?, Int, String)])
  func `a path is cut at its anchor, runs first made one`(
    events: String, side: PathsQuery.Side?, depth: Int, expected: String
  ) throws {
    let query = PathsQuery(anchor: side.map { .init($0, step("B")) }, depth: depth)
    let report = try EmbeddedEngine(journey(events)).paths(query, Run())
    let words = report.total.figures.variants.first.map { variant in
      variant.steps.indices.map { index in
        side != nil && index == variant.anchor ? "[\(variant.steps[index])]" : variant.steps[index]
      }.joined(separator: " ")
    }
    #expect(words ?? "" == expected)
    #expect(report.total.figures.customers == (expected.isEmpty ? 0 : 1))
  }

  @Test func `the first rule in map order names an event, and the anchor is an event and no name`() throws {
    let naming = Naming(
      .touchpoints,
      rules: [
        .init(name: "Look", patterns: [EventPattern(event: "A"), EventPattern(event: "B")]),
        .init(name: "Choose", patterns: [EventPattern(event: "B"), EventPattern(event: "C")]),
      ])
    let query = PathsQuery(anchor: .init(.from, step("B")), naming: naming)
    let report = try EmbeddedEngine(journey("A0 B1 C2 D3")).paths(query, Run())
    #expect(report.total.figures.variants == [.init(steps: ["Look", "Choose", "D"], customers: 1)])
  }
}

extension PathsQuery {
  static func random(using random: inout SeededRandom) -> PathsQuery {
    var query = PathsQuery(naming: .random(using: &random), depth: random.pick([1, 2, 3, 5]))
    if !random.one(in: 4) { query.anchor = Anchor(random.pick(Side.allCases), .random(using: &random)) }
    if random.one(in: 3) { query.scope.filter = .random(depth: 1, using: &random) }
    if random.one(in: 3) { query.scope.people = .random(depth: 1, using: &random) }
    if random.one(in: 2) { query.breakdown = .random(steps: 1, using: &random) }
    if random.one(in: 3) { query.scope.during = .random(using: &random) }
    query.top = random.pick([1, 2, 10])
    return query
  }
}
