import JourneyQuery
import JourneyTime

extension StoreDescription {
  /// Of people, each of whom was held as one event: how many there are, how many of them are customers of the events in use, and what is
  /// known of them.
  ///
  /// - Parameter met: how many of them have events, and how many customers these events have; nil without events.
  package func customersAnswer(_ met: (found: Int, all: Int)?) -> Answer {
    let known = Table(
      title: "customers",
      columns: [
        Table.Column("known"), Table.Column("with events"), Table.Column("without events"),
        Table.Column("customers of events not known"),
      ],
      rows: [
        [
          .integer(customers), met.map { .integer($0.found) } ?? .missing,
          met.map { .integer(customers - $0.found) } ?? .missing, met.map { .integer($0.all - $0.found) } ?? .missing,
        ]
      ])
    return Answer(
      tables: [known] + (properties.isEmpty ? [] : [propertyTable]),
      figures: [Answer.Figure("customers", .integer(customers))])
  }

  /// Of answers held as events.
  ///
  /// - Parameter nameless: how many name nobody.
  package func surveyAnswer(_ name: String, _ scale: ScoreScale, nameless: Int) -> Answer {
    let told = Table(
      title: "survey",
      columns: ["survey", "scale", "answers", "customers", "without a customer", "first", "last"].map {
        Table.Column($0, priority: $0 == "without a customer" ? 1 : 0)
      },
      rows: [
        [
          .text(name), .text("\(scale.rawValue) \(scale.scores.lowerBound) to \(scale.scores.upperBound)"),
          .integer(events), .integer(customers - (nameless > 0 ? 1 : 0)), .integer(nameless),
          span.map { .instant($0.lowerBound) } ?? .missing, span.map { .instant($0.upperBound) } ?? .missing,
        ]
      ])
    return Answer(tables: [told, propertyTable], figures: [Answer.Figure("answers", .integer(events))])
  }
}

extension Spend {
  /// A row per channel, the dearest first.
  package func answer(in zone: Zone) -> Answer {
    func day(_ instant: Instant) -> Cell {
      .text(CalendarUnit.day.label(of: CalendarUnit.day.start(of: instant, in: zone), in: zone))
    }
    let channels = Dictionary(grouping: costs, by: \.channel).map { channel, costs in
      (channel: channel, costs: costs, sum: costs.reduce(0) { $0 + $1.cost })
    }.sorted { ($1.sum, $0.channel) < ($0.sum, $1.channel) }
    let sum = channels.reduce(0) { $0 + $1.sum }
    return Answer(
      tables: [
        Table(
          columns: [
            Table.Column("channel"), Table.Column("cost"), Table.Column("share", isBar: true), Table.Column("costs"),
            Table.Column("first"), Table.Column("last"),
          ],
          rows: channels.map { channel in
            [
              .text(channel.channel), .number(channel.sum), sum > 0 ? .share(channel.sum / sum) : .missing,
              .integer(channel.costs.count),
              channel.costs.map(\.dates.lowerBound).min().map(day) ?? .missing,
              channel.costs.map { Instant(microseconds: $0.dates.upperBound.microseconds - 1) }.max()
                .map(day) ?? .missing,
            ]
          })
      ], figures: [Answer.Figure("cost", .number(sum))])
  }
}
