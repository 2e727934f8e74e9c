import EventStore
import Foundation
import JourneyEngine
import JourneyQuery
import Testing

/// Against optimal alignments by pm4py 2.7.23 (`Alignments/make.py`).
@Suite struct AlignmentTests {
  private struct Aligned {
    var visits: [Int]
    /// The stages it is held against.
    var run: ClosedRange<Int>
    var cost: Int
  }

  private func aligned() throws -> [Aligned] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Alignments/alignments.tsv")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: "\t")
      let numbers = try cells.dropFirst().map { try #require(Int($0)) }
      return Aligned(
        visits: try cells[0].split(separator: " ").map { try #require(Int($0)) }, run: numbers[0]...numbers[1],
        cost: numbers[2])
    }
  }

  @Test func fitnessIsThatOfAnOptimalAlignment() throws {
    let all = try aligned()
    #expect(all.count >= 400)
    let stages = (0..<6).map { Step(label: "S\($0)", alternatives: [EventPattern(event: "e\($0)")]) }
    for found in all {
      let rows = found.visits.enumerated().map { place, stage in
        EventRow(customer: "u", instant: Int64(place) * 1_000_000, name: "e\(stage)")
      }
      // The first stage of a run is that of the trace where nothing else is said.
      let isStrict = found.run.lowerBound != found.visits.min()
      #expect(!isStrict || found.run.lowerBound == 0)
      let report = try EmbeddedEngine(EventStore(rows: rows)).conform(
        ConformQuery(stages: stages, isStrict: isStrict), Run())
      let whole = found.visits.count + found.run.count
      let expected = 1 - Double(found.cost) / Double(whole)
      let fitness = try #require(report.figures.total.figures.fitness)
      #expect(abs(fitness - expected) < 1e-12, "\(found)")
      #expect((report.figures.total.figures.straight == 1) == (found.cost == 0), "\(found)")
    }
  }
}
