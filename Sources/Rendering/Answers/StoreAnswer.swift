import JourneyQuery
import JourneyTime

extension StoreDescription {
  /// Three tables: `store` (one row), `events`, `properties`; the last two only where there are any. Figures: events, customers.
  package func answer() -> Answer {
    var tables = [
      Table(
        title: "store",
        columns: [
          Table.Column("customers"), Table.Column("events"), Table.Column("first"), Table.Column("last"),
        ],
        rows: [
          [
            .integer(customers), .integer(events), span.map { .instant($0.lowerBound) } ?? .missing,
            span.map { .instant($0.upperBound) } ?? .missing,
          ]
        ])
    ]
    if !eventNames.isEmpty { tables.append(eventTable) }
    if !properties.isEmpty { tables.append(propertyTable) }
    return Answer(
      tables: tables,
      figures: [Answer.Figure("events", .integer(events)), Answer.Figure("customers", .integer(customers))])
  }

  /// `show events`: the event names alone.
  package func eventsAnswer() -> Answer {
    Answer(
      tables: [eventTable],
      figures: [Answer.Figure("events", .integer(events)), Answer.Figure("customers", .integer(customers))])
  }

  private var eventTable: Table {
    Table(
      title: "events",
      columns: [
        Table.Column("event"), Table.Column("events"), Table.Column("share", isBar: true, priority: 1),
        Table.Column("customers"), Table.Column("first", priority: 3), Table.Column("last", priority: 2),
      ],
      rows: eventNames.map {
        [
          .text($0.name), .integer($0.events), .quotient($0.events, events), .integer($0.customers),
          .instant($0.first), .instant($0.last),
        ]
      })
  }

  var propertyTable: Table {
    Table(
      title: "properties",
      columns: [
        Table.Column("property"), Table.Column("kind"), Table.Column("filled"),
        Table.Column("distinct", priority: 1), Table.Column("most frequent"),
      ],
      rows: properties.map { property in
        [
          .text(property.name), .text(property.kind), .quotient(property.filled, events),
          .integer(property.distinct),
          property.top.isEmpty
            ? .missing
            : .text(property.top.map { "\($0.value) (\(HumanText.integer($0.count)))" }.joined(separator: ", ")),
        ]
      })
  }
}
