import EventStore
import JourneyTime
import SourceText

/// Turns the records of one part of a file into events. Parts can be parsed at once and joined in the order of the
/// file.
struct RecordEventParser: Sendable {
  /// What a path is for.
  private struct Use: Sendable {
    /// Index among the values that roles are taken from; −1 for none.
    var slot = -1
    /// Index of the builder's property; −1 for none.
    var property = -1
    var kind = Property.Kind.text
    /// What the survey tells of its values; nil if it does not know the path.
    var known: Known?
  }

  /// How far a survey that is a guess can be trusted with a column.
  private enum Known: Sendable {
    /// There were no values.
    case undecided
    case decided
  }

  var parsed: ParsedEvents
  /// Told when the survey is not what the file holds; what is parsed is of no use then.
  var surprise: Surprise?

  let isGuess: Bool
  /// Which column of a table of plain objects is what.
  let plain: PlainColumns
  /// Slots whose names another slot has already.
  private let twins: [(slot: Int, first: Int)]
  private let uses: [String: Use]
  private let kind: RowKind
  /// Slots of the roles, the best first.
  private let keys: [Int]
  private let whens: [Int]
  private let events: [Int]
  private let figure: Int?
  private let roles: TableRoles
  /// As `roles` has them, by slots.
  private let joints: [IdentityJoint]
  /// The value in each slot of the record in hand; −1 for none.
  private var slots: [Int] = []
  /// The use of each path of the reader.
  private var useOf: [Use] = []
  private var writer = CellWriter()

  /// - Parameter parsed: without events and properties.
  init(_ plan: ColumnPlan, _ survey: RecordSurvey, _ parsed: ParsedEvents) {
    var uses: [String: Use] = [:]
    var (slots, next): ([RowKind.Slot: [Int]], Int) = ([:], 0)
    var twins: [(slot: Int, first: Int)] = []
    func slot(of column: Int) -> Int {
      let path = survey.columns[column].path
      if let first = uses[path]?.slot {
        twins.append((next, first))
      } else {
        uses[path] = Use(slot: next)
      }
      next += 1
      return next - 1
    }
    for kind in RowKind.Slot.allCases {
      for column in plan.columns(of: kind) { slots[kind, default: []].append(slot(of: column)) }
    }
    var joints = plan.joints
    for index in joints.indices {
      joints[index].id = slot(of: joints[index].id)
      joints[index].person = slot(of: joints[index].person)
    }
    (self.joints, self.twins) = (joints, twins)
    self.parsed = parsed
    for column in plan.properties {
      let kind = plan.isText(column) ? .text : survey.columns[column].kind
      let property = self.parsed.builder.addProperty(plan.names[column], declared: kind)
      uses[survey.columns[column].path, default: Use()].property = property
      uses[survey.columns[column].path]?.kind = kind
      if column == plan.column(of: .session) { self.parsed.builder.session = property }
    }
    for column in survey.columns {
      uses[column.path, default: Use()].known = column.isUndecided ? .undecided : .decided
    }
    (isGuess, plain) = (survey.isGuess, PlainColumns(plan, survey))
    kind = plan.kind
    (keys, whens, events) = (slots[.key] ?? [], slots[.time] ?? [], slots[.event] ?? [])
    figure = slots[.figure]?.first
    roles = plan.tableRoles()
    self.uses = uses
    self.slots = Array(repeating: -1, count: next)
  }

  /// Adds the record that was read last, or notes why it is no event. `text` is its text, `line` where it begins. Gives how
  /// many events there are; throws where the survey has proved wrong.
  mutating func take(
    _ reader: some RecordReader, _ fault: String?, _ text: Span<UInt8>, line: Int
  ) throws(Diagnostic) -> Int {
    if let fault = fault ?? take(reader, line: line) { parsed.badRows.add(fault, text, line: line) }
    if surprise?.hasCome == true { throw .cancelled }
    return parsed.builder.eventCount
  }

  private mutating func take(_ reader: some RecordReader, line: Int) -> String? {
    var writer = CellWriter()
    swap(&writer, &self.writer)
    defer { swap(&writer, &self.writer) }
    learn(reader.paths)
    for slot in slots.indices { slots[slot] = -1 }
    for value in 0..<reader.count {
      let slot = useOf[reader.path(of: value)].slot
      if slot >= 0, hasText(value, of: reader) { slots[slot] = value }
      // Of bad rows too: the survey knows no good ones and bad ones.
      if isGuess, isSurprise(value, of: reader) { surprise?.come() }
    }
    for twin in twins { slots[twin.slot] = slots[twin.first] }
    let (key, event, when) = (first(keys), first(events), first(whens))
    if key == nil, kind.needsKey { return RowFault.noKey(of: kind) }
    if event == nil, !events.isEmpty { return RowFault.noEvent }
    if when == nil, !whens.isEmpty { return "no time" }
    var instant: Int64 = 0
    if let when {
      let read = reader.withWritten(when, &writer) { parsed.times.read($0, line: line) }
      guard let read else { return reader.withWritten(when, &writer) { RowFault.time($0) } }
      instant = read
    }
    var rank = Double.nan
    if let figure, slots[figure] >= 0 {
      let number = reader.withWritten(slots[figure], &writer) { roles.figure($0) }
      if number == nil, roles.isFigureChecked {
        return reader.withWritten(slots[figure], &writer) { RowFault.figure($0, roles) }
      }
      rank = number ?? .nan
    } else if kind.needsFigure {
      return RowFault.figure([UInt8]().span, roles)
    }
    append(reader, key, event, instant, rank, &writer)
    return nil
  }

  /// Finds out what the paths of a reader are for, so far as they are new.
  private mutating func learn(_ paths: [String]) {
    while useOf.count < paths.count {
      useOf.append(uses[paths[useOf.count]] ?? Use())
    }
  }

  private mutating func append(
    _ reader: some RecordReader, _ key: Int?, _ event: Int?, _ instant: Int64, _ rank: Double,
    _ writer: inout CellWriter
  ) {
    var name = CellWriter()
    written(key, of: reader, &writer) { key in
      written(event, of: reader, &name) { event in
        parsed.builder.append(customer: key, event: event, instant: instant, order: rank)
        join(reader, of: event)
      }
    }
    for value in 0..<reader.count {
      let use = useOf[reader.path(of: value)]
      guard use.property >= 0 else { continue }
      if use.kind == .number {
        if reader.value(value) == .number { parsed.builder.set(use.property, to: .number(reader.number(value))) }
      } else {
        reader.withWritten(value, &writer) { parsed.builder.set(use.property, to: $0) }
      }
    }
  }

  private mutating func join(_ reader: some RecordReader, of event: Span<UInt8>) {
    for (number, joint) in joints.enumerated() where joint.holds(of: event) {
      let (id, person) = (slots[joint.id], slots[joint.person])
      guard id >= 0, person >= 0, reader.value(id) != .array, reader.value(person) != .array else { continue }
      var (one, other) = (CellWriter(), CellWriter())
      reader.withWritten(id, &one) { id in
        reader.withWritten(person, &other) { parsed.pairs.add(id, $0, rule: number) }
      }
    }
  }

  /// A value as text; of none, no text.
  private func written(
    _ value: Int?, of reader: some RecordReader, _ writer: inout CellWriter, _ body: (Span<UInt8>) -> Void
  ) {
    if let value { reader.withWritten(value, &writer, body) } else { body([UInt8]().span) }
  }

  /// Whether the column is of another kind than the survey says.
  private func isSurprise(_ value: Int, of reader: some RecordReader) -> Bool {
    let use = useOf[reader.path(of: value)]
    guard use.known != nil else { return true }
    guard use.property >= 0, hasText(value, of: reader) else { return false }
    if case .undecided = use.known { return true }
    switch (use.kind, reader.value(value)) {
    case (.text, _), (.number, .number), (.truth, .truth): return false
    case (.time, .text): return reader.withText(value) { Instant(iso: $0, in: parsed.builder.zone) == nil }
    default: return true
    }
  }

  private func hasText(_ value: Int, of reader: some RecordReader) -> Bool {
    switch reader.value(value) {
    case .missing: false
    case .text, .array, .big: reader.withText(value) { !$0.isEmpty }
    case .number, .truth: true
    }
  }

  private func first(_ some: [Int]) -> Int? {
    for slot in some where slots[slot] >= 0 { return slots[slot] }
    return nil
  }
}
