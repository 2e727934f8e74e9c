import JourneyModel
import JourneyQuery
import JourneyTime

extension JourneyMap {
  /// `show pains`: a row per element in map order; only the columns in which something stands. Touchpoints name their stage, others what
  /// they hang on. With a reading of events, stages and touchpoints tell who was there and where they went.
  package func listing(of kind: ElementKind, reading: MapReading? = nil, measures: [ElementReference: Measured] = [:])
    -> Answer
  {
    var listing = ElementColumns(all(kind), named: kind.rawValue)
    let tree = MapTree(self)
    listing.add(kind == .touchpoint ? "stage" : "on", priority: 1) { element in
      guard let parent = element.parent else { return .missing }
      return .text(kind == .touchpoint ? parent.name : "\(parent.kind.rawValue) \(parent.name)")
    }
    if kind == .stage {
      listing.add("touchpoints", priority: 1) { .integer(tree.children(of: $0.reference, .touchpoint).count) }
    }
    listing.addAttributes()
    if let reading, kind == .stage { listing.addStages(reading) }
    if let reading, kind == .touchpoint { listing.addTouchpoints(reading) }
    listing.addMeasures(measures)
    return Answer(
      tables: [listing.table(titled: kind.plural)], figures: [Answer.Figure(kind.plural, .integer(listing.count))])
  }

  /// `show map with metrics` for programs: the stages, and the touchpoints.
  package func measured(_ reading: MapReading) -> Answer {
    Answer(
      tables: listing(of: .stage, reading: reading).tables + listing(of: .touchpoint, reading: reading).tables
        + ElementKind.measured.filter { !all($0).isEmpty }.flatMap {
          listing(of: $0, measures: reading.measures).tables
        },
      notes: [reading.sentence],
      figures: [
        Answer.Figure("customers", .integer(reading.metrics.customers)),
        Answer.Figure("on the map", .integer(reading.metrics.onMap)),
      ])
  }

  /// `show pains by price`: the dearest first; those without a price, or what their rank is worked out of, last.
  package func priced(_ kind: ElementKind, _ reading: MapReading) -> Answer {
    let tree = MapTree(self)
    let prices = Dictionary(
      all(kind).compactMap { element in reading.price(of: element, in: tree).map { (element, $0) } }
    ) { first, _ in first }
    var ranks = prices
    if kind == .opportunity { for (element, price) in prices { ranks[element] = element.rank(at: price) } }
    let sorted = all(kind).enumerated().sorted {
      let (left, right) = (ranks[$0.element] ?? -1, ranks[$1.element] ?? -1)
      return left == right ? $0.offset < $1.offset : left > right
    }
    var listing = ElementColumns(sorted.map(\.element), named: kind.rawValue)
    listing.add("on", priority: 1) { $0.parent.map { .text("\($0.kind.rawValue) \($0.name)") } ?? .missing }
    listing.add("price", priority: 1) { prices[$0].map(Cell.number) ?? .missing }
    if kind == .opportunity { listing.add("rank", priority: 1) { ranks[$0].map(Cell.number) ?? .missing } }
    listing.addAttributes()
    return Answer(
      tables: [listing.table(titled: kind.plural)],
      notes: [reading.sentence] + (prices.isEmpty ? [] : [MapReading.priceExplanation]))
  }

  /// `show map` for programs: a row per element in map order with its kind, the stage it stands under, what it hangs on, and all that
  /// is said of it.
  package func outline() -> Answer {
    var listing = ElementColumns(elements, named: "name")
    let tree = MapTree(self)
    listing.add("kind", priority: 0) { .text($0.kind.rawValue) }
    listing.add("stage", priority: 1) { element in
      element.kind == .stage ? .missing : tree.stage(of: element).map { .text($0.name) } ?? .missing
    }
    listing.add("on", priority: 2) { element in
      guard let parent = element.parent, parent.kind != .stage else { return .missing }
      return .text("\(parent.kind.rawValue) \(parent.name)")
    }
    listing.addAttributes()
    return Answer(
      tables: [listing.table(titled: name)], notes: notes,
      figures: [Answer.Figure("elements", .integer(elements.count))])
  }

  /// `show links`: a row per link of a touchpoint, those without any too: they match the event of their own name.
  package func links() -> Answer {
    let rows = all(.touchpoint).flatMap { touchpoint -> [[Cell]] in
      let stage = touchpoint.parent.map { Cell.text($0.name) } ?? .missing
      guard !touchpoint.links.isEmpty else { return [[.text(touchpoint.name), stage, .missing]] }
      return touchpoint.links.map { [.text(touchpoint.name), stage, .text($0)] }
    }
    let hasUnlinked = rows.contains { $0[2] == .missing }
    return Answer(
      tables: [
        Table(
          title: "links",
          columns: [Table.Column("touchpoint"), Table.Column("stage", priority: 1), Table.Column("linked to")],
          rows: rows)
      ],
      notes: hasUnlinked ? ["a touchpoint without a link matches the event of its own name"] : [],
      figures: [Answer.Figure("links", .integer(rows.count { $0[2] != .missing }))])
  }
}

/// A table that grows by columns; one in which nothing stands is left out.
private struct ElementColumns {
  private let elements: [Element]
  private var columns: [Table.Column]
  private var rows: [[Cell]]

  init(_ elements: [Element], named name: String) {
    self.elements = elements
    columns = [Table.Column(name)]
    rows = elements.map { [.text($0.name)] }
  }

  var count: Int { elements.count }

  func table(titled title: String) -> Table { Table(title: title, columns: columns, rows: rows) }

  mutating func add(_ name: String, priority: Int, isBar: Bool = false, _ value: (Element) -> Cell) {
    let cells = elements.map(value)
    guard cells.contains(where: { $0 != .missing }) else { return }
    columns.append(Table.Column(name, isBar: isBar, priority: priority))
    for index in rows.indices { rows[index].append(cells[index]) }
  }

  /// Who was seen at stages, and where they came from and went.
  mutating func addStages(_ reading: MapReading) {
    func add(_ name: String, isBar: Bool = false, _ value: (MapMetrics.Stage) -> Cell) {
      self.add(name, priority: 1, isBar: isBar) { reading.stage($0.name).map(value) ?? .missing }
    }
    add("seen") { .integer($0.seen) }
    add("share", isBar: true) { .rate($0.seen, of: max(1, reading.metrics.customers)) }
    add("joined") { .integer($0.joined) }
    add("passed by") { .integer($0.passed) }
    add("left") { .integer($0.left) }
    add("median to a later stage") { $0.medianToNext.map(Cell.duration) ?? .missing }
  }

  /// Who was seen at touchpoints, and how many of them at a later stage, too.
  mutating func addTouchpoints(_ reading: MapReading) {
    func add(_ name: String, isBar: Bool = false, _ value: (MapMetrics.Touchpoint) -> Cell) {
      self.add(name, priority: 1, isBar: isBar) { reading.touchpoint($0.name).map(value) ?? .missing }
    }
    add("seen") { .integer($0.seen) }
    add("share", isBar: true) { .rate($0.seen, of: max(1, reading.metrics.customers)) }
    add("went on") { .integer($0.wentOn) }
    add("left") { .integer($0.left) }
    self.add("felt", priority: 1) { reading.emotions[$0.name]?.cell ?? .missing }
    self.add("answers", priority: 1) { reading.emotions[$0.name].map { .integer($0.answers) } ?? .missing }
  }

  /// What questions came to, and whether that is as it was meant to be.
  mutating func addMeasures(_ measures: [ElementReference: Measured]) {
    add("measured", priority: 1) { measures[$0.reference]?.value ?? .missing }
    add("verdict", priority: 1) { measures[$0.reference]?.verdict.map(Cell.text) ?? .missing }
    add("not measured", priority: 20) { measures[$0.reference]?.fault.map(Cell.text) ?? .missing }
  }

  /// Attributes in their order, links, the meaning.
  mutating func addAttributes() {
    for (index, attribute) in Attribute.allCases.enumerated() {
      add(attribute.rawValue, priority: 2 + index) { $0.cell(attribute) }
      guard attribute == .emotion else { continue }
      add("emotion for", priority: 2 + index) { element in
        element.emotions.isEmpty
          ? .missing
          : .text(
            element.emotions().map { "\($0.persona) \(EmotionText.signed($0.emotion))" }.joined(separator: ", "))
      }
    }
    add("links", priority: 2) { $0.links.isEmpty ? .missing : .text($0.links.joined(separator: ", ")) }
    add("meaning", priority: 2) { $0.meaning.map(Cell.text) ?? .missing }
  }
}

extension Element {
  /// Of an opportunity whose pain costs so much; nil without impact or effort.
  fileprivate func rank(at price: Double) -> Double? {
    guard let impact = scale(.impact), let effort = scale(.effort) else { return nil }
    return price * Double(impact) / Double(effort)
  }

  /// One value as itself, several as text.
  func cell(_ attribute: Attribute) -> Cell {
    guard let values = attributes[attribute], let first = values.first else { return .missing }
    return values.count == 1 ? first.cell : .text(values.map(\.text).joined(separator: ", "))
  }
}

extension AttributeValue {
  var cell: Cell {
    switch self {
    case .text(let text), .date(let text): .text(text)
    case .atMost: .text(text)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .share(let value): .share(value)
    case .duration(let value): .duration(Duration(microseconds: value))
    }
  }
}
