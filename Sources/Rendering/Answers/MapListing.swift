import JourneyModel
import JourneyQuery
import JourneyTime

extension JourneyMap {
  /// `show pains`: a row per element in map order; only the columns in which something stands. Touchpoints name their stage, others what
  /// they hang on. With metrics, stages and touchpoints tell how many customers they reach.
  package func listing(of kind: ElementKind, metrics: MapMetrics? = nil) -> Answer {
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
    if let metrics, kind == .stage || kind == .touchpoint {
      let reach = kind == .stage ? metrics.stages : metrics.touchpoints
      let customers = Dictionary(reach.map { ($0.name, $0.customers) }, uniquingKeysWith: { first, _ in first })
      listing.add("customers", priority: 1) { customers[$0.name].map(Cell.integer) ?? .missing }
      listing.add("share", priority: 1, isBar: true) {
        customers[$0.name].map { .quotient($0, metrics.customers) } ?? .missing
      }
    }
    return Answer(
      tables: [listing.table(titled: kind.plural)], figures: [Answer.Figure(kind.plural, .integer(listing.count))])
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

  /// Attributes in their order, links, the meaning.
  mutating func addAttributes() {
    for (index, attribute) in Attribute.allCases.enumerated() {
      add(attribute.rawValue, priority: 2 + index) { $0.cell(attribute) }
    }
    add("links", priority: 2) { $0.links.isEmpty ? .missing : .text($0.links.joined(separator: ", ")) }
    add("meaning", priority: 2) { $0.meaning.map(Cell.text) ?? .missing }
  }
}

extension Element {
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
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .share(let value): .share(value)
    case .duration(let value): .duration(Duration(microseconds: value))
    }
  }
}
