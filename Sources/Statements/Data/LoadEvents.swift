import Language

/// `load events FILE`: reads events into a store.
package enum LoadEventsStatement {
  static let form = Form(
    "load events", in: .data,
    [
      "load", "events", .slot("file", .file), .roles, .optional(["zone", .slot("zone", .text)]), .optional(["again"]),
      .named,
    ],
    summary: "read events from a CSV or TSV file, plain or gzipped",
    meaning: """
      Columns are found by their names, or given: customer, time and event are needed, order and session are \
      used when there, and all others become properties. A column is a name or its number from 1. Times without \
      an offset are read in the zone given, else in the zone of the workspace. A file that was loaded before is \
      refused unless again is said. Without as, the store is called main.
      """,
    examples: [
      "load events \"events.csv\"",
      "load events \"events.csv\" customer uid time ts event name zone \"Europe/Oslo\" as web",
      "load events \"headless.tsv\" customer 1 time 2 event 3",
    ])
}
