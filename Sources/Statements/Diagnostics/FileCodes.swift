import Language

extension DiagnosticCode {
  /// Files as such, whatever they hold.
  static let ofFiles: [DiagnosticCode] = [
    .init("file.missing", "No file is there; the hint is one beside it with a similar name."),
    .init("file.pattern", "No file has this name, which files fit as a pattern; one of them is due."),
    .init("file.path", "No file can be there: the path holds a NUL, is too long, or its links lead in a circle."),
    .init("file.directory", "A directory stands where a file is due."),
    .init("file.unreadable", "The file cannot be read: its permissions, or the disk."),
    .init(
      "file.unwritable",
      "The file cannot be written: its permissions, its folder, or a full disk. It was left as it was."),
    .init("file.workspace", "A workspace or another database stands there. Exports go to a file of their own."),
    .init("format.unknown", "The ending of the file name says no format; as FORMAT does."),
    .init("format.unfit", "The format cannot hold this: a map is no list of people, an answer is no diagram."),
    .init(
      "export.formulas",
      "A warning: texts begin with =, +, - or @, and a spreadsheet would run them. .formulas safe puts ' in front."),
    .init(
      "safe.refused", "The shell was started with --safe, which keeps statements and commands from files and programs."),
    .init("save.file", "The workspace is in memory, and save needs the name of a file."),
  ]

  /// What `load events` refuses. Nothing of a refused file is kept.
  static let ofEventFiles: [DiagnosticCode] = [
    .init("load.again", "The same contents were loaded before; again loads them a second time."),
    .init("load.empty", "The file has no bytes."),
    .init("load.no-rows", "The file has at most a header."),
    .init("load.format", "The file is no table, no JSON and no XES: an archive, a document. Export it as CSV first."),
    .init("load.tables", "The database has several tables. The file string names one: \"shop.duckdb#events\"."),
    .init("load.no-table", "The file has no table of this name, or none at all."),
    .init(
      "load.sqlite", "SQLite cannot read the database, or the query in the file string; the message has its own words."),
    .init(
      "duckdb.missing", "The file is one that DuckDB's command line reads or writes for us, and it is not installed."),
    .init("duckdb.extension", "DuckDB reads the file with an extension that is not installed."),
    .init("duckdb.failed", "DuckDB cannot read or write the file; the message has its own words."),
    .init("load.binary", "The file holds bytes that no text has."),
    .init("load.encoding", "The text is not UTF-8. iconv converts it."),
    .init("load.no-header", "The first row is data. Say the roles by number: customer 1 time 2 event 3."),
    .init("load.no-column", "The file has no column of this name or number."),
    .init("load.role-missing", "No column looks like the customer, the time or the event. Say which is."),
    .init("role.repeated", "A role is given twice."),
    .init(
      "load.time-ambiguous",
      "01/02/2025 may be February or January, and no row of the file decides. Write dates as 2025-02-01."),
    .init("load.time-mixed", "Some dates of the column have the day in front, others the month."),
    .init(
      "load.bad-rows", "More rows are bad than .max-bad allows, 1% unless changed. The message has the first of them."),
    .init("load.open-quote", "A quote opens in the line named and never closes."),
    .init("load.row-too-long", "A row is longer than any row should be; most likely a quote is open."),
    .init("load.cut", "The file ends in the middle of a row or record: it was not copied whole."),
    .init("load.gz-cut", "The compressed file ends too early: it was not copied whole."),
    .init("load.gz-damaged", "The compressed file fails its checksum."),
    .init("load.zst-cut", "The compressed file ends too early: it was not copied whole."),
    .init("load.zst-damaged", "The compressed file fails its checksum, or needs more memory than is given to it."),
    .init("load.xml", "The XML cannot be read at the line named."),
    .init("load.too-many-names", "The records have so many different names that these are data, not columns."),
    .init("load.name-too-long", "A column has a name of more than 1,024 bytes, which is no name."),
    .init("load.too-many", "One load takes at most 4,294,967,294 events."),
    .init(
      "load.spill", "Rows that memory has no room for go to a file beside the workspace, and it cannot be written."),
    .init("load.cancelled", "The load was stopped. Nothing has changed."),
  ]

  /// What `load map` refuses, and what it or `export map` warns of.
  static let ofMapFiles: [DiagnosticCode] = [
    .init("map.format-unknown", "The file is in no format of maps: YAML, JSON, Mermaid, Markdown, CSV."),
    .init("map.too-large", "The file is larger than any map, or holds more values."),
    .init("map.too-deep", "The file is nested deeper than a map can be."),
    .init("map.shape", "A list, a text or a mapping stands where another of these is due."),
    .init("map.key-unknown", "The key has no meaning here; the hint is the nearest."),
    .init("map.key-missing", "A key that must be there is not."),
    .init("map.key-repeated", "One key stands twice in one place."),
    .init("map.kind-unknown", "The kind column of a CSV map holds no kind of element."),
    .init("map.yaml", "The text is no YAML."),
    .init("map.yaml-alias", "Aliases (*name) of YAML are not read; write it out."),
    .init("map.json", "The text is no JSON."),
    .init("map.csv-quote", "A quoted field of a CSV map is not closed."),
    .init("map.markdown", "The Markdown document holds no Mermaid journey diagram to read."),
    .init("mermaid.not-a-journey", "The diagram does not begin with journey."),
    .init("mermaid.unclosed", "The description in braces is not closed."),
    .init("mermaid.section-colon", "The name of a section holds a colon; #58; stands for one."),
    .init("mermaid.section-name", "A section has no name."),
    .init("mermaid.section-missing", "A warning: tasks stand before the first section and are put in a stage Start."),
    .init("mermaid.task-name", "A task has no name."),
    .init("mermaid.task-score", "A task has no score; NAME: 3 is a neutral one."),
    .init("mermaid.score-unread", "A warning: the score is no number, so the touchpoint has no emotion."),
    .init("mermaid.score-rounded", "A warning: the score is not one of 1 to 5 and is taken as the nearest."),
    .init("mermaid.name-repeated", "A warning: a name occurs twice, and the second one gets a number."),
    .init("mermaid.emotion-assumed", "A warning: touchpoints without an emotion are drawn as neutral, score 3."),
    .init("mermaid.left-out", "A warning: a Mermaid journey has stages, tasks and actors only; the rest is left out."),
  ]

  /// What a workspace file refuses. Whatever happened, it holds what it held before.
  static let ofWorkspaces: [DiagnosticCode] = [
    .init("workspace.missing", "No workspace file is there."),
    .init("workspace.exists", "A file is there already; open it, or choose another name."),
    .init("workspace.is-directory", "A directory stands where a workspace file is due."),
    .init("workspace.not-a-workspace", "The file is something else. load events and load map read data files."),
    .init("workspace.newer-version", "A newer waymark wrote the file, and this one would not understand it."),
    .init("workspace.older-format", "An older waymark wrote the file, and it may not be brought up to date."),
    .init(
      "workspace.untrusted",
      "A trigger, a view or a table that another program made stands where a table of the workspace should, or in its way."
    ),
    .init("workspace.damaged", "A part of the file fails its checksum or its form; the message says which."),
    .init(
      "workspace.altered",
      "A warning: something other than waymark has changed the file, by hand or by a fault of the disk. What is there counts."
    ),
    .init("workspace.locked", "Another process is writing to the file."),
    .init("workspace.disk-full", "The disk is full."),
    .init("workspace.unreadable", "The file cannot be read: its permissions, or the disk."),
    .init("workspace.unwritable", "The file cannot be written: its permissions, its folder, or the disk."),
    .init("workspace.read-only", "The file is open for reading only; save FILE makes a copy that can be changed."),
    .init("workspace.replaced", "The file was moved, deleted or replaced while it was open."),
    .init("workspace.unknown-name", "The workspace has no map, snapshot or store of this name."),
    .init("workspace.name-taken", "The workspace has a map or snapshot of this name already."),
    .init("workspace.unsaved", "What is in memory would be lost, and you chose to stay. save FILE keeps it."),
  ]
}
