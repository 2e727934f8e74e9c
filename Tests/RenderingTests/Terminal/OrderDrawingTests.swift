import JourneyQuery
import JourneyTime
import SourceText
import Testing

@testable import Rendering

@Suite struct OrderDrawingTests {
  private let query = ConformQuery(
    stages: ["Look", "Choose", "Buy", "Wait for the parcel", "届く"].map { Step(label: $0, alternatives: []) },
    unmeasured: ["Shelf"],
    touchpoints: [ConformQuery.Touchpoint(step: Step(label: "Home", alternatives: []), stage: "Look", emotion: 1)])

  private func answer(thousands: Int = 1) -> Answer {
    let counts = [(9_572, 0, 3), (5_254, 1_204, 312), (4_318, 12, 0), (20, 0, 0), (7, 3, 0)]
    let stages = zip(query.stages, counts).map { step, counts in
      ConformReport.Stage(
        name: step.label, seen: counts.0 * thousands, joined: 0, skipped: counts.1, returned: counts.2, left: 0)
    }
    let deviations: [(ConformQuery.Deviation, Int)] = [
      (.skipped(1), 1_204), (.visited(1, from: 2), 312), (.visited(0, from: 3), 80), (.visited(3, from: 4), 41),
      (.visited(2, from: nil), 12), (.visited(0, from: 1), 3),
    ]
    return ConformReport(
      figures: Cut(
        ConformFigures(customers: 9_600, straight: 8_000, fitness: 0.93, several: 6_000, fitnessOfSeveral: 0.9),
        basis: Basis(people: 9_700)),
      customers: 9_700, stages: stages, touchpoints: [.init(name: "Home", seen: nil)],
      deviations: deviations.map { .init($0, customers: $1, converted: 2, others: 100, othersConverted: 40) },
      distinct: 6, elsewhere: [.init(name: "help", events: 5)]
    ).answer(to: query)
  }

  @Test(arguments: [("plain", 100, RenderingContext.Style.plain), ("ascii", 80, .ascii), ("narrow", 60, .plain)])
  func `stages stand in a row where there is room`(name: String, width: Int, style: RenderingContext.Style) throws {
    let text = try render(answer(), as: .table, in: RenderingContext(width: width, style: style)).words
    try expectGolden(text, "conform.\(name)")
  }

  @Test func `no line is wider than the width, and every figure of an arc is whole`() throws {
    for width in Array(30...130) {
      for thousands in [1, 1_000] {
        let context = RenderingContext(width: width)
        let text = try render(answer(thousands: thousands), as: .table, in: context).words
        for line in text.split(separator: "\n") { try #require(line.displayWidth <= width, "\(width): \(line)") }
        guard text.contains("▲") else { continue }
        for figure in ["─ 1,204 ", "─ 312 ", "─ 41 ", "─ 80 "] {
          try #require(text.contains(figure), "\(width): \(figure) in\n\(text)")
        }
      }
    }
  }
}
