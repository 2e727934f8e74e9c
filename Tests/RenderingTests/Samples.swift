import JourneyModel
import JourneyQuery
import JourneyTime

@testable import Rendering

/// Answers the tests look at from all sides.
enum Samples {
  static let march = Instant(microseconds: 1_740_823_215_000_000)  // 2025-03-01T10:00:15Z

  static let query = FunnelQuery(
    path: Path([
      PathStep(Step(label: "visit", alternatives: [])), PathStep(Step(label: "view_item", alternatives: [])),
      PathStep(Step(label: "quote", alternatives: []), isOptional: true),
      PathStep(Step(label: "add_to_cart", alternatives: [])), PathStep(Step(label: "purchase", alternatives: [])),
    ]))

  static let rows = [
    FunnelRow(label: "visit", count: 18_234, lost: 6_012),
    FunnelRow(label: "view_item", count: 12_222, lost: 7_180, medianFromPrevious: .seconds(95)),
    FunnelRow(label: "quote", isOptional: true, count: 300, medianFromPrevious: .hours(3)),
    FunnelRow(label: "add_to_cart", count: 5_042, lost: 3_019, medianFromPrevious: Duration(microseconds: 1_250_000)),
    FunnelRow(label: "purchase", count: 2_023, lost: 0, medianFromPrevious: .hours(52)),
  ]

  static let funnel = FunnelReport(
    FunnelFigures(rows: rows, unfinished: 214, medianToComplete: .hours(60)),
    basis: Basis(span: march...march.advanced(by: .days(120)), people: 20_000))

  static let sentence =
    "funnel visit -> view_item -> quote? -> add_to_cart -> purchase within 30d order path entry best counting customers"

  static var answer: Answer { funnel.answer(to: query).asked(sentence) }

  /// Texts that break careless writers.
  static let nasty = [
    "", " ", "plain", "カート追加", "👩‍👩‍👧‍👦 family", "e\u{301}te\u{301}", "a\tb\nc\rd", "\u{1B}[31mred\u{1B}[0m", "nul\u{0}",
    "\u{202E}drawkcab",
    "\"quoted\", comma", "=SUM(A1)", "-1+1", "@x", "a|b", "<script>alert('x')</script>", "*bold* _it_ `code` \\",
    String(repeating: "long ", count: 60), String(repeating: "長", count: 200), "\u{85}\u{9B}x", "🇳🇴🇦🇹", "\u{2028}line",
  ]

  static var nastyAnswer: Answer {
    Answer(
      question: "count \"\u{1B}[2J\" by \"a|b\"",
      tables: [
        Table(
          columns: [
            Table.Column("text \u{1B}[1m|名前"), Table.Column("count"), Table.Column("share", isBar: true),
            Table.Column("again", priority: 3),
          ],
          rows: nasty.enumerated().map { [.text($1), .integer($0 * 1_000), .share(Double($0) / 22), .text($1)] })
      ],
      notes: ["note with \u{7} bell"], warnings: [Answer.Warning(code: .fewCustomers, message: "a\u{1B}b")])
  }

  /// Every kind of cell, two tables, missing values.
  static var mixed: Answer {
    Answer(
      question: "describe",
      tables: [
        Table(
          title: "values",
          columns: [
            Table.Column("name"), Table.Column("value"), Table.Column("took"), Table.Column("at"), Table.Column("name"),
          ],
          rows: [
            [
              .text("whole"), .integer(-1_234_567), .duration(Duration(microseconds: 90_250_000)), .instant(march),
              .truth(true),
            ],
            [.text("number"), .number(0.1), .duration(.days(3)), .missing, .truth(false)],
            [
              .text("share"), .share(1.0 / 3), .missing, .instant(march.advanced(by: Duration(microseconds: 250_000))),
              .missing,
            ],
            [.text("length"), .duration(.minutes(90)), .duration(Duration(microseconds: 12)), .missing, .missing],
            [.text("infinite"), .number(.infinity), .missing, .missing, .missing],
          ]),
        Table(title: "empty", columns: [Table.Column("nothing")], rows: []),
        Table(title: "one", columns: [Table.Column("only")], rows: [[.missing], [.text("")], [.text("x")]]),
      ],
      figures: [
        Answer.Figure("median", .duration(Duration(microseconds: 1_500_000))),
        Answer.Figure("conversion", .share(0.25)),
      ])
  }
}

extension Samples {
  /// A shop's journey in five stages.
  static var map: JourneyMap {
    get throws {
      var elements: [Element] = []
      func add(
        _ kind: ElementKind, _ name: String, _ parent: (ElementKind, String)? = nil,
        _ attributes: [Attribute: [AttributeValue]] = [:]
      ) {
        elements.append(Element(kind, name, under: parent.map { ElementReference($0.0, $0.1) }, attributes: attributes))
      }
      let stages = ["Awareness", "Interest", "Consideration", "Purchase", "Post-purchase"]
      for stage in stages { add(.stage, stage) }
      add(.persona, "Newcomer")
      add(.persona, "Regular")
      let touchpoints: [(String, String, String, Int?, String?)] = [
        ("Instagram ad", "Awareness", "social", 1, "Marketing"), ("Friend's tip", "Awareness", "word of mouth", 2, nil),
        ("Landing page", "Interest", "web", 0, "Marketing"), ("Product page", "Interest", "web", 1, "Shop"),
        ("商品比較ページ", "Consideration", "web", -1, "Shop"), ("Size guide 📏", "Consideration", "web", nil, nil),
        ("Cart", "Purchase", "web", 0, "Shop"), ("Checkout", "Purchase", "web", -2, "Payments"),
        ("Payment", "Purchase", "web", -1, "Payments"), ("Thank-you email", "Post-purchase", "email", 1, "Marketing"),
        ("Parcel arrives", "Post-purchase", "post", 2, "Logistics"),
      ]
      for (name, stage, channel, emotion, owner) in touchpoints {
        var attributes: [Attribute: [AttributeValue]] = [.channel: [.text(channel)]]
        if let emotion { attributes[.emotion] = [.integer(emotion)] }
        if let owner { attributes[.owner] = [.text(owner)] }
        add(.touchpoint, name, (.stage, stage), attributes)
      }
      let checkout = (ElementKind.touchpoint, "Checkout")
      add(.question, "Is it safe to pay here?", checkout)
      add(.question, "Does it match my coat?", (.touchpoint, "Product page"))
      add(
        .pain, "Shipping cost appears late", checkout, [.severity: [.integer(4)], .owner: [.text("Logistics")]])
      add(.pain, "No size for scarves", (.stage, "Consideration"))
      add(.opportunity, "Show it early", (.pain, "Shipping cost appears late"))
      add(.win, "Guest checkout", checkout, [.since: [.date("2025-08-01")], .target: [.share(0.05)]])
      add(.goal, "NPS over 30", nil, [.target: [.number(30)]])
      return try JourneyMap(
        name: "shop", title: "Buying a scarf", notes: ["second workshop: ask Legal"], elements: elements)
    }
  }

  /// Half of what is on the map is measured.
  static let reading = MapReading(
    MapMetrics(
      customers: 20_000, onMap: 19_400,
      stages: [
        .init(name: "Awareness", seen: 16_000, joined: 16_000, passed: 0, left: 1_200, medianToNext: .seconds(95)),
        .init(name: "Interest", seen: 15_234, joined: 3_000, passed: 2_566, left: 6_100, medianToNext: .days(2)),
        .init(name: "Consideration", seen: 9_120, joined: 400, passed: 2_980, left: 5_010, medianToNext: .hours(3)),
        .init(name: "Purchase", seen: 4_510, joined: 0, passed: 2_580, left: 3_067, medianToNext: .days(4)),
        .init(name: "Post-purchase", seen: 4_023, joined: 0, passed: 0, left: 4_023),
      ],
      touchpoints: [
        .init(name: "Landing page", seen: 14_234, wentOn: 9_034), .init(name: "Checkout", seen: 4_100, wentOn: 1_443),
      ],
      basis: Basis(span: march...march.advanced(by: .days(100)), people: 20_000)),
    of: Scope())

  static let journey = Journey(
    customer: "u42",
    events: [
      event(0, "visit", ["page": "/"]), event(65, "view_item", ["page": "/scarf", "item": "blue \u{1B}[1mscarf"]),
      event(7_300, "add_to_cart", ["item": "青いスカーフ"]), event(3 * 86_400, "visit", ["page": "/"]),
      event(3 * 86_400 + 40, "checkout_started_from_mini_basket_overlay", [:]),
      event(4 * 86_400, "purchase", ["item": "blue scarf"]),
    ])

  static func event(_ second: Int64, _ name: String, _ texts: KeyValuePairs<String, String>) -> Journey.Event {
    Journey.Event(
      instant: march.advanced(by: .seconds(second)), name: name,
      properties: [Journey.Property("country", .text("NO"))] + texts.map { Journey.Property($0.key, .text($0.value)) }
        + [Journey.Property("amount", .number(99.5))])
  }
}

extension Answer {
  /// With the sentence of its question.
  func asked(_ sentence: String) -> Answer {
    var copy = self
    copy.question = sentence
    return copy
  }
}
