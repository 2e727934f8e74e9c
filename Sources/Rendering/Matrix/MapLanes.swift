import JourneyModel
import JourneyQuery
import JourneyTime

/// A journey map read for drawing: per stage and lane, what stands there.
struct MapLanes: Sendable {
  /// One entry in a cell.
  struct Item: Hashable, Sendable {
    var name: String
    /// What is said below the name: channels, where a pain belongs, how bad it is.
    var details: [String] = []
    /// Said after these where a cell has room.
    var more: [String] = []
  }

  struct Lane: Sendable {
    let kind: ElementKind
    /// Parallel to the map's stages.
    let cells: [[Item]]
  }

  let stages: [Element]
  /// Per stage its touchpoints in order.
  let touchpoints: [[Element]]
  /// Only lanes with something in them, in the order to draw; touchpoints are first.
  let lanes: [Lane]
  /// Personas that feel something of their own at a touchpoint.
  let feeling: [String]
  /// KPIs and goals of the map itself.
  let wholeMap: [Element]

  init(_ map: JourneyMap, _ reading: MapReading?, _ run: Run) throws(ExecutionError) {
    let tree = MapTree(map)
    let stages = map.all(.stage)
    let index = Dictionary(stages.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    var cells: [ElementKind: [[Item]]] = [:]
    var wholeMap: [Element] = []
    for kind in Self.order {
      var columns = [[Item]](repeating: [], count: stages.count)
      for element in map.all(kind) {
        try run.check()
        guard let stage = tree.stage(of: element).flatMap({ index[$0.name] }) else {
          wholeMap.append(element)
          continue
        }
        var item = Self.item(element, reading?.touchpoint(element.name), isLast: stage == stages.count - 1)
        if kind == .touchpoint, let felt = reading?.emotions[element.name] { item.details.append(felt.shortText) }
        if let measured = reading?.measures[element.reference] { item.details.append(measured.text) }
        if kind == .pain, let price = reading?.price(of: element, in: tree) { item.details.append(Self.priced(price)) }
        columns[stage].append(item)
      }
      cells[kind] = columns
    }
    self.stages = stages
    self.wholeMap = wholeMap
    feeling = map.feeling
    touchpoints = stages.map { tree.children(of: $0.reference, .touchpoint) }
    lanes = Self.order.compactMap { kind in
      guard let columns = cells[kind], columns.contains(where: { !$0.isEmpty }) else { return nil }
      return Lane(kind: kind, cells: columns)
    }
  }

  private static let order: [ElementKind] = [
    .touchpoint, .action, .question, .need, .motivation, .quote, .pain, .opportunity, .win, .kpi, .goal, .backstage,
  ]

  /// `at most 38,200 lost`
  static func priced(_ price: Double) -> String { "at most \(Cell.number(price.rounded()).text()) lost" }

  private static func item(_ element: Element, _ figures: MapMetrics.Touchpoint?, isLast: Bool) -> Item {
    var item = Item(name: element.name)
    if element.kind == .touchpoint {
      if let channels = element.attributeText(.channel) { item.details.append(channels) }
      if let figures {
        item.details.append(HumanText.integer(figures.seen))
        if !isLast, figures.seen > 0 {
          item.details.append("\(HumanText.share(Double(figures.wentOn) / Double(figures.seen))) go on")
        }
      }
    } else {
      if let parent = element.parent, parent.kind != .stage { item.details.append("on \(parent.name)") }
      if let personas = element.attributeText(.persona) { item.details.append("for \(personas)") }
      item.details += [Attribute.severity, .impact, .effort, .since, .target].compactMap { attribute in
        element.attributeText(attribute).map { "\(attribute.rawValue) \($0)" }
      }
    }
    if let owner = element.attributeText(.owner) { item.more.append(owner) }
    return item
  }
}

extension MeasuredEmotion {
  /// `felt −0.6 (214 answers)`
  var text: String { "felt \(signedMean) (\(AnswerNotes.count(answers, "answer", "answers")))" }

  /// `felt −0.6 (214)`
  var shortText: String { "felt \(signedMean) (\(HumanText.integer(answers)))" }

  /// To hundredths.
  var cell: Cell { .number((mean * 100).rounded() / 100) }

  /// `+1.2`, `−0.6`, `0.0`
  var signedMean: String {
    let rounded = (mean * 10).rounded() / 10
    return (rounded > 0 ? "+" : rounded < 0 ? "−" : "") + HumanText.number(rounded.magnitude, decimals: 1)
  }
}

extension Element {
  /// The values of an attribute as people read them; nil where it has none.
  package func attributeText(_ attribute: Attribute) -> String? {
    guard let values = attributes[attribute], !values.isEmpty else { return nil }
    return values.map(\.text).joined(separator: ", ")
  }

  /// −2…+2; nil where it is not known.
  package var emotion: Int? {
    guard case .integer(let value)? = attributes[.emotion]?.first else { return nil }
    return min(max(value, -2), 2)
  }
}
