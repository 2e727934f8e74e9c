import JourneyQuery
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
  private let precision: ClockReading.Precision
  private let zone: Zone
  private let glyphs: Glyphs

  /// `column` is the index of a cell in each row; rows that are too short count as missing there.
  init(_ table: Table, column: Int, in context: RenderingContext) {
    zone = context.zone
    glyphs = context.glyphs
    var (values, figures, durations, texts) = (0, 0, 0, 0)
    var numbers: [Double] = []
    var finest = ClockReading.Precision.day
    for row in table.rows {
      let cell = row.cell(column)
      if cell != .missing, cell != .unobserved { values += 1 }
      switch cell {
      case .integer, .share, .bytes: figures += 1
      case .number(let number):
        figures += 1
        numbers.append(number)
      case .duration:
        figures += 1
        durations += 1
      case .instant(let instant): finest = max(finest, ClockReading(instant, in: context.zone).precision)
      case .text: texts += 1
      case .truth, .missing, .unobserved: break
      }
    }
    isFigure = values > 0 && figures == values
    isDuration = durations == values && (durations > 0 || table.columns[column].isDuration)
    hasText = texts > 0
    decimals = HumanText.decimals(for: numbers)
    // Parts of a second are for programs.
    precision = min(finest, .second)
  }

  /// For people; text is as it is, control characters included.
  func human(_ cell: Cell) -> String {
    switch cell {
    case .text(let text): text
    case .integer(let value): HumanText.integer(value)
    case .bytes(let value): ByteCount(bytes: value).description
    case .number(let value): HumanText.number(value, decimals: decimals)
    case .share(let value): HumanText.share(value)
    case .duration(let value): HumanText.duration(value, micro: glyphs.micro)
    case .instant(let value): ClockReading(value, in: zone).text(precision)
    case .truth(let value): HumanText.truth(value)
    case .unobserved: glyphs.ellipsis
    case .missing: glyphs.missing
    }
  }
}

extension [Cell] {
  func cell(_ column: Int) -> Cell { indices.contains(column) ? self[column] : .missing }
}
