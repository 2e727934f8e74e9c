import JourneyQuery
import JourneyStatistics
import JourneyTime

/// What all cells of one table column have in common, so that they are written alike.
struct ColumnText: Sendable {
  /// Every value is a figure (number, share, duration): stands to the right.
  let isFigure: Bool
  /// Every value is a duration: exact formats name the unit in the heading.
  let isDuration: Bool
  /// Some value is a text: may be elided where the width is short. Of other values a part would mislead.
  let hasText: Bool
  private let decimals: Int
  /// Some share is so small that it has more decimals than others: none at all has none.
  private let hasTinyShares: Bool
  private let precision: ClockReading.Precision
  private let zone: Zone
  private let glyphs: Glyphs
  private let hasIntervals: Bool

  /// `column` is the index of a cell in each row; rows that are too short count as missing there.
  init(_ table: Table, column: Int, in context: RenderingContext) throws(ExecutionError) {
    var tally = Tally(zone: context.zone)
    for row in table.rows {
      try context.run.check()
      tally.add(row.cell(column))
    }
    self.init(tally, namesDurations: table.columns[column].isDuration, in: context)
  }

  /// Of one cell by itself.
  init(_ cell: Cell, in context: RenderingContext) {
    var tally = Tally(zone: context.zone)
    tally.add(cell)
    self.init(tally, namesDurations: false, in: context)
  }

  private init(_ tally: Tally, namesDurations: Bool, in context: RenderingContext) {
    zone = context.zone
    glyphs = context.glyphs
    hasIntervals = context.hasIntervals
    isFigure = tally.values > 0 && tally.figures == tally.values
    isDuration = tally.durations == tally.values && (tally.durations > 0 || namesDurations)
    hasText = tally.texts > 0
    hasTinyShares = tally.hasTinyShares
    decimals = HumanText.decimals(for: tally.numbers)
    // Parts of a second are for programs.
    precision = min(tally.finest, .second)
  }

  /// How many cells are what.
  private struct Tally {
    let zone: Zone
    var (values, figures, durations, texts) = (0, 0, 0, 0)
    var numbers: [Double] = []
    var hasTinyShares = false
    var finest = ClockReading.Precision.day

    init(zone: Zone) { self.zone = zone }

    mutating func add(_ cell: Cell) {
      if cell != .missing, cell != .unobserved { values += 1 }
      if let share = cell.share, share > 0, share < 0.001 { hasTinyShares = true }
      switch cell {
      case .integer, .share, .rate, .estimate, .probability, .bytes: figures += 1
      case .number(let number):
        figures += 1
        numbers.append(number)
      case .duration:
        figures += 1
        durations += 1
      case .instant(let instant): finest = max(finest, ClockReading(instant, in: zone).precision)
      case .text, .unfinished: texts += 1
      case .truth, .course, .missing, .unobserved: break
      }
    }
  }

  /// For people; text is as it is, control characters included.
  func human(_ cell: Cell) -> String {
    switch cell {
    case .text(let text): text
    case .unfinished(let label): "\(label) \(glyphs.ellipsis)"
    case .integer(let value): HumanText.integer(value)
    case .bytes(let value): ByteCount(bytes: value).description
    case .number(let value): HumanText.number(value, decimals: decimals)
    case .share(let value): share(value)
    case .rate(let count, let whole): rate(count, of: whole)
    case .estimate(let estimate): estimate.text(glyphs)
    case .probability(let value): HumanText.probability(value)
    case .duration(let value): HumanText.duration(value, micro: glyphs.micro)
    case .instant(let value): ClockReading(value, in: zone).text(precision)
    case .truth(let value): HumanText.truth(value)
    case .course(let values): course(values)
    case .unobserved: glyphs.ellipsis
    case .missing: glyphs.missing
    }
  }

  /// Each as high as it stands between the lowest and the highest; a gap is a blank.
  private func course(_ values: [Double?]) -> String {
    let known = values.compactMap(\.self)
    guard let least = known.min(), let most = known.max() else { return glyphs.missing }
    let levels = glyphs.levels.count
    return values.map { value in
      guard let value else { return " " }
      let height = most > least ? (value - least) / (most - least) : 0.5
      return String(glyphs.levels[min(levels - 1, Int(height * Double(levels)))])
    }.joined()
  }

  private func share(_ value: Double) -> String {
    value == 0 && hasTinyShares ? "0 %" : HumanText.share(value)
  }

  /// `~20.0 % (5.7–51.0)`: one of few is marked, and its interval stands behind it where that is asked.
  private func rate(_ count: Int, of whole: Int) -> String {
    let mark = AnswerNotes.isFew(whole) ? "~" : ""
    let share = mark + share(Double(count) / Double(whole))
    guard hasIntervals else { return share }
    let ends = ScoreInterval(count, of: whole)
    return share + " (\(HumanText.percent(ends.low))\(glyphs.span)\(HumanText.percent(ends.high)))"
  }
}

extension [Cell] {
  func cell(_ column: Int) -> Cell { indices.contains(column) ? self[column] : .missing }
}
