import JourneyModel
import JourneyQuery
import JourneyTime

@testable import Rendering

/// A report of every kind of content, with texts that break careless writers.
enum ReportSamples {
  static let markdown = """
    # Checkout in March <script>alert(1)</script>

    What we *asked*, what the events **said**, and ~~what we thought~~. See <https://example.com/a?b=c&d=e>, www.example.com, \
    [the plan](plan.md), [below](#what-we-saw), [nowhere](javascript:alert(1)) and a@example.com.

    A word that no window has room for: \(String(repeating: "Donaudampfschifffahrt", count: 12)), and `\(String(repeating: "code", count: 60))`.

    ## What we saw

    1. First
    2. Second
       - [x] done
       - [ ] open

         with a paragraph of its own

    > Quoted, over
    > two lines
    >
    > > and within

    ### Figures

    | Segment | Share | Why is a long text in a column that may be wrapped, or may not | More | And more | Again | Last one |
    |:--------|------:|:----------:|---|---|---|---|
    | new     | 12 %  | `a b`      | Lorem ipsum dolor | sit amet consectetur | adipiscing elit | sed do eiusmod |
    | `old`   | 3 %   | ![a chart](https://example.com/chart.png) | | | | |

    ```js
    const first = "<b onclick=x()>" \(String(repeating: "// long ", count: 30))
    \tsecond()
    ```

        indented

    ***

    ### What we saw

    ![A red dot](data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==)

    # 商品比較 & “quotes”

    <div onload="x()">no *markup*</div>
    """

  static var sortable: Answer {
    Answer(
      question: "count purchase by country",
      tables: [
        Table(
          columns: [
            .init("country"), .init("customers"), .init("share", isBar: true), .init("took", isDuration: true),
            .init("first"),
          ],
          rows: [
            [.text("NO"), .integer(1_234), .share(0.25), .duration(.minutes(90)), .instant(Samples.march)],
            [.text("=1+1"), .integer(98), .share(0.03), .missing, .missing],
            [
              .text("at\n\"DE\""), .integer(20_000), .share(0.6), .duration(.seconds(95)),
              .instant(Samples.march.advanced(by: .days(-3))),
            ],
            [
              .text("<b>"), .integer(5), .share(0.001), .duration(.days(3)),
              .instant(Samples.march.advanced(by: Duration(microseconds: 5))),
            ],
            [.text("(other)"), .integer(700), .share(0.1), .duration(.hours(2)), .missing],
          ], sortableRows: 4)
      ],
      notes: ["20,000 customers, 1 March – 1 July 2025", "a <note>"],
      warnings: [Answer.Warning(code: .fewCustomers, message: "1 of 4 rates is of fewer than 30 & rough")])
  }

  static func order(_ stages: Int) -> Answer {
    let order = DesignedOrder(
      stages: (1...stages).map { .init(name: "Stage \($0) <i>", seen: 9_000 / $0, skipped: $0 == 2 ? 1_200 : 0) },
      returns: [.init(from: stages - 1, to: 0, customers: 312)])
    return Answer(
      question: "flow in order",
      tables: [
        Table(columns: [.init("stage"), .init("seen")], rows: [[.text("a"), .integer(1)]], picture: .order(order))
      ])
  }

  static var review: Answer {
    var answer = sortable
    answer.heading = "Review of \"March\""
    return answer
  }

  /// Some thirty.
  static var contents: [ReportPage.Content] {
    get throws {
      let shop = try PictureSamples.shop()
      return [
        .markdown(markdown), .statements("funnel visit -> purchase within 30d # why\n\tby country", isFolded: false),
        .answer(Samples.answer), .statements(String(repeating: "count purchase; ", count: 40), isFolded: true),
        .answer(sortable), .markdown("## Stages\n\nThe order that we *designed*:"), .answer(order(3)),
        .answer(order(7)),
        .answer(order(40)), .markdown("## Maps"), .map(shop.map, shop.reading), .map(try Samples.map, nil),
        .markdown("## Replies\n\nSentences and errors."), .text("Loaded 20,000 customers & 3 <tables>."),
        .text(String(repeating: "A long sentence that a window wraps. ", count: 12)),
        .text("visit  ──●────────●───  \(String(repeating: "─", count: 140)) purchase\n        \u{1B}[1m2 d"),
        .failure("unknown event 'purchse'\n  count purchse\n        ^^^^^^^\nDid you mean 'purchase'? <b>"),
        .markdown("## Answers\n\n### Mixed"), .answer(Samples.mixed), .markdown("### Nasty"),
        .answer(Samples.nastyAnswer), .markdown("### Sorted"), .answer(sortable),
        .markdown("### Review"), .answer(review), .statements("", isFolded: false), .text(""), .markdown(""),
        .markdown("##### Deep\n\n<details open ontoggle=alert(1)>\n\n[a]: javascript:x\n\n[a] ![a]"), .answer(Answer()),
      ]
    }
  }

  static var page: String {
    get throws { try ReportPage(title: nil, contents: contents).html(in: RenderingContext()) }
  }
}
