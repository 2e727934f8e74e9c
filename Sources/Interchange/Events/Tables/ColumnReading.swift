import EventStore
import JourneyTime
import SourceText

/// How columns are read; what only the whole file tells may prove it wrong.
struct ColumnReading {
  private(set) var layout: TimeLayout
  /// Columns of numbers and times that need no dictionary.
  private(set) var expected: [Int: Property.Kind] = [:]
  /// Columns whose values are text in their file, or times written as such.
  private(set) var texts: Set<Int> = []
  private var isLayoutKnown = false
  private let properties: [Int]

  /// As the first rows suggest, and the types of the columns of a table.
  init(of rows: ArraySlice<[String]>, _ plan: ColumnPlan, _ table: DuckDBTable?, _ options: LoadOptions) {
    properties = plan.properties
    func cells(_ column: Int) -> [String] { rows.compactMap { $0.indices.contains(column) ? $0[column] : nil } }
    layout = plan.column(of: .time).flatMap { TimeLayout.detected(in: cells($0)) } ?? .yearFirst
    for column in plan.properties {
      var kind = Property.Kind(of: cells(column).filter { !$0.isEmpty }, in: options.zone)
      if let table, table.columns.indices.contains(column) {
        let declared = table.columns[column].kind
        if declared == .text { texts.insert(column) }
        if declared != .text || kind != .time { kind = declared }
      }
      if kind == .number || kind == .time { expected[column] = kind }
    }
  }

  /// Whether the file must be read again, another way.
  mutating func learn(from parsed: ParsedEvents, file: String) throws(Diagnostic) -> Bool {
    var isWrong = false
    if !isLayoutKnown, case .instead(let other) = try parsed.times.verdict(file: file) {
      layout = other
      isWrong = true
    }
    isLayoutKnown = true
    for property in parsed.builder.mixedProperties {
      expected[properties[property]] = nil
      isWrong = true
    }
    return isWrong
  }
}
