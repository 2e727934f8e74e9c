import JourneyQuery
import JourneyTime
import SourceText
import Testing

@testable import Rendering

@Suite struct JourneyTests {
  private let touchpoint: (Journey.Event) -> String? = { $0.name == "view_item" ? "Product page" : nil }

  @Test(arguments: [30, 80, 200]) func wholeTimelines(_ width: Int) throws {
    let timeline = JourneyTimeline(Samples.journey, touchpoint: touchpoint)
    try expectGolden(timeline.text(in: RenderingContext(width: width)).forTerminal, "timeline.\(width)")
  }

  @Test func aTimelineIsReadInItsZone() throws {
    let oslo = try #require(Zone("Asia/Tokyo"))
    let text = try JourneyTimeline(Samples.journey).text(in: RenderingContext(zone: oslo, style: .ascii)).forTerminal
    #expect(text.contains("19:00:15  visit"))
    #expect(text.contains("2h 1m later"))
  }

  @Test func aTimelineIsATableToo() throws {
    let answer = JourneyTimeline(Samples.journey, touchpoint: touchpoint).answer(asked: "show customer u42")
    try expectGolden(render(answer, as: .csv, in: RenderingContext()).words, "timeline.csv")
  }

  @Test func aJourneyWithoutEvents() throws {
    let text = try JourneyTimeline(Journey(customer: "nobody", events: [])).text(in: RenderingContext()).forTerminal
    #expect(text == "nobody: no events\n")
  }

  @Test(arguments: [30, 80, 200]) func wholeTraces(_ width: Int) throws {
    let text = try trace.text(for: Samples.query, asked: Samples.sentence, in: RenderingContext(width: width))
      .forTerminal
    try expectGolden(text, "trace.\(width)")
  }

  @Test func noLineIsWiderThanTheWidth() throws {
    for width in Array(10...60) + [200] {
      for style in [RenderingContext.Style.plain, .ascii] {
        let context = RenderingContext(width: width, style: style)
        let texts = [
          try trace.text(for: Samples.query, asked: Samples.sentence, in: context).forTerminal,
          try JourneyTimeline(Samples.journey, touchpoint: touchpoint).text(in: context).forTerminal,
        ]
        for line in texts.joined().split(separator: "\n") {
          #expect(line.displayWidth <= width, "\(width): \(line)")
        }
      }
    }
  }

  private var trace: FunnelTrace {
    let verdicts: [FunnelTrace.Verdict] = [
      .taken(0), .taken(1),
      .passedOver([3], reason: "more than 30d after the first step, so the window had closed by then"), .filtered,
      .excluded(forbids: true), .noStep,
    ]
    return FunnelTrace(
      customer: "u42", isAsked: true,
      lines: zip(Samples.journey.events, verdicts).map { FunnelTrace.Line(event: $0, verdict: $1) }, depth: 2,
      outcome: "reached 2 of 4: no add_to_cart within 30d of visit", isUnfinished: true)
  }
}
