import SourceText

/// A format of events: how it is known, and what reads it. To add one is to write its value, and to name it in `all`.
struct EventFormat: Sendable {
  /// What it is called where all are listed: `XES`.
  let name: String
  /// What names of such files usually end with; what a file is, its bytes say.
  let endings: [String]
  /// It takes DuckDB's command line.
  var isReadByDuckDB = false
  /// It is one text: compressed files of it are read too, and no part of it has a name.
  var isText = false
  /// Whether an input is of it, by the head. One that an earlier format takes is not asked about.
  let fits: @Sendable (EventInput) -> Bool
  /// Throws for what is damaged, or has no part of the name given.
  let open: @Sendable (EventInput) throws(Diagnostic) -> any EventContents

  /// In the order in which they are asked. The last one takes what is left, and says what is wrong with it.
  static let all: [EventFormat] = [
    .avro, .arrow, .postgres, .excel, .duckDB, .parquet, .sqlite, .xes, .accessLog, .json, .delimited,
  ]

  static func of(_ input: EventInput) -> EventFormat {
    all.first { ($0.isText || !input.source.isCompressed) && $0.fits(input) } ?? .delimited
  }
}

/// Events that are open, to be loaded.
protocol EventContents: Sendable {
  /// As messages name them: the last part of the path, and the table behind it where the file has several.
  var name: String { get }
  /// The table, where the file has several.
  var part: String? { get }
  /// How much came from a server and its checksum, once it was loaded: nothing is known of it before. Nil of a file.
  var received: (length: Int, sum: UInt32)? { get }

  /// Reads everything. Throws for missing roles, times that read two ways, too many bad rows and files that end too
  /// early; nothing has changed then.
  func load(_ options: LoadOptions, progress: LoadProgress) throws(Diagnostic) -> LoadedEvents
}

extension EventContents {
  var part: String? { nil }
  var received: (length: Int, sum: UInt32)? { nil }
}
