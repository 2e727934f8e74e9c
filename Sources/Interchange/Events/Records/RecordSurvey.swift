import EventStore
import JourneyTime
import SourceText

/// What the records of a file hold: the columns they make together, and of what kind each is.
///
/// Kinds are the file's own: a property is a number or a truth value if all of its values are, a time if all are text that
/// reads so, else text. Whole numbers beyond 2⁵³ make it text.
struct RecordSurvey: Sendable {
  struct Column: Sendable {
    /// The names that lead to it, with dots between them.
    var path: String
    fileprivate var kinds: Set<Property.Kind> = []
    fileprivate var mayBeTime = true
    /// The first values as text, as far as they are short.
    fileprivate(set) var samples: [String] = []

    /// No value so far has one: what comes decides.
    var isUndecided: Bool { kinds.isEmpty }

    /// Text if there are no values.
    var kind: Property.Kind {
      guard kinds.count == 1, let only = kinds.first else { return .text }
      return only == .text && mayBeTime ? .time : only
    }
  }

  /// It is of the first records of the file alone: what comes behind them may prove it wrong.
  private(set) var isGuess = false
  /// In the order in which they were met.
  private(set) var columns: [Column] = []
  private(set) var records = 0
  /// How many the file has, about.
  var expectedRecords: Int { max(records, estimate) }
  private var estimate = 0
  /// What is no record.
  var badRows = BadRows()
  /// Line breaks passed.
  var lines = 0
  private var indexOf: [String: Int] = [:]
  /// The column of each path of the reader; −1 for one that no record has had so far.
  private var columnOf: [Int] = []
  private var writer = CellWriter()
  private let zone: Zone

  /// Records that a guess is made of, at most.
  static let mostFirst = 2_000
  /// Values of a column that are kept to tell its layout from.
  static let samples = 200

  init(zone: Zone) { self.zone = zone }

  /// Says that these are the first records of a file that has about `count`.
  mutating func become(guessOf count: Int) { (isGuess, estimate) = (true, count) }

  /// Adds the record that was read last.
  mutating func add(_ reader: some RecordReader) {
    records += 1
    while columnOf.count < reader.paths.count { columnOf.append(-1) }
    for value in 0..<reader.count {
      let path = reader.path(of: value)
      if columnOf[path] < 0 { columnOf[path] = column(reader.paths[path]) }
      let index = columnOf[path]
      switch reader.value(value) {
      case .missing: continue
      case .number: columns[index].kinds.insert(.number)
      case .truth: columns[index].kinds.insert(.truth)
      case .array, .big:
        columns[index].kinds.insert(.text)
        columns[index].mayBeTime = false
      case .text:
        let zone = zone
        reader.withText(value) { columns[index].note($0, in: zone) }
      }
      if columns[index].samples.count < Self.samples { sample(value, of: reader, in: index) }
    }
  }

  private mutating func sample(_ value: Int, of reader: some RecordReader, in column: Int) {
    let text = reader.withWritten(value, &writer) { $0.count < 64 ? String($0) : "" }
    if !text.isEmpty { columns[column].samples.append(text) }
  }

  private mutating func column(_ path: String) -> Int {
    if let known = indexOf[path] { return known }
    indexOf[path] = columns.count
    columns.append(Column(path: path))
    return columns.count - 1
  }

  /// Adds what the part of the file holds that follows.
  mutating func absorb(_ later: RecordSurvey) {
    records += later.records
    badRows.absorb(later.badRows, lines: lines)
    lines += later.lines
    for other in later.columns {
      let index = column(other.path)
      columns[index].kinds.formUnion(other.kinds)
      columns[index].mayBeTime = columns[index].mayBeTime && other.mayBeTime
      columns[index].samples += other.samples.prefix(Self.samples - columns[index].samples.count)
    }
  }
}

extension RecordSurvey.Column {
  /// An empty text is a missing value.
  fileprivate mutating func note(_ text: Span<UInt8>, in zone: Zone) {
    guard !text.isEmpty else { return }
    kinds.insert(.text)
    if mayBeTime, Instant(iso: text, in: zone) == nil { mayBeTime = false }
  }
}
