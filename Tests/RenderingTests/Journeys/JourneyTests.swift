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

  @Test(
    arguments: [
      (.notAsked, "not looked at: 'for' leaves the customer out"), (.inAnotherSession, "in another session"),
      (.takenByAnotherEntry, "taken by another entry"), (.withoutValue(property: "item"), "without a value of item"),
      (.ofAnotherValue(property: "item"), "of another item"), (.outsideDates, "outside the dates of 'during'"),
      (.noStart, "not a start"), (.laterThanFirst, "later than the first visit, at which 'entry first' starts"),
      (.afterCompletion, "after the chain is complete"),
      (.reachesOnly(1, of: 3), "a chain from here reaches only 1 of 3"),
      (.arrivesLater, "a chain from here arrives later"),
      (.takesFewerOptionals, "a chain from here takes fewer optional steps"),
      (.laterStartServes, "a later visit serves as well"), (.earlierEventServes, "an earlier event serves as well"),
      (.aheadOfStart, "ahead of any visit that starts a chain"),
      (.aheadOf(step: 1), "ahead of any view_item that counts"),
      (.earlierServes(step: 1), "an earlier view_item serves as well"),
      (.anotherServes, "another event serves as well"), (.beforeStart, "before the visit that starts the chain"),
      (.before(step: 1), "before the view_item of the chain"),
      (.atSameInstant(step: 0), "at the same instant as visit, where 'order strict' asks for a later one"),
      (.notNext(step: 0), "not the very next event after visit"),
      (.tooLate(.minutes(2), step: 0), "more than 2m after visit"),
      (.outsideWindow(.days(7)), "outside the 7d window"),
      (.forbidden(by: "refund"), "after refund, which 'without' forbids"),
      (.tooEarly(step: 1, .notNext(step: 0)), "too early: view_item would be not the very next event after visit"),
    ] as [(FunnelTrace.Reason, String)])
  func everyReasonInWords(_ reason: FunnelTrace.Reason, _ words: String) {
    #expect(reason.text(Samples.query) == words)
  }

  @Test(
    arguments: [
      (.complete(steps: 4, time: .minutes(5)), "reached all 4 in 5m"),
      (.missing(step: 0, of: 4, .nowhere), "reached 2 of 4: no visit"),
      (.missing(step: 1, of: 4, .within(.hours(1))), "reached 2 of 4: no view_item within 1h of visit"),
      (.missing(step: 1, of: 4, .after(event: "visit")), "reached 2 of 4: no view_item after visit"),
      (
        .missing(step: 1, of: 4, .passedOver(.beforeStart)),
        "reached 2 of 4: view_item is before the visit that starts the chain"
      ),
    ] as [(FunnelTrace.Outcome, String)])
  func everyOutcomeInWords(_ outcome: FunnelTrace.Outcome, _ words: String) {
    #expect(outcome.text(Samples.query, depth: 2) == words)
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
      .passedOver([3], .tooEarly(step: 4, .tooLate(.days(30), step: 3))), .filtered,
      .excluded(forbids: true), .noStep,
    ]
    return FunnelTrace(
      customer: "u42", isAsked: true,
      lines: zip(Samples.journey.events, verdicts).map { FunnelTrace.Line(event: $0, verdict: $1) }, depth: 2,
      outcome: .missing(step: 3, of: 4, .within(.days(30))), isUnfinished: true)
  }
}
