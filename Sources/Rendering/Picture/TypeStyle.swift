/// The sizes and inks of the one type family. Two weights: regular and semibold.
enum TypeStyle: String, CaseIterable, Hashable, Sendable {
  /// The map's title.
  case title
  /// A stage on its chevron.
  case stage
  /// Customers and rates along the ribbon.
  case figure
  /// Names of touchpoints and personas.
  case name
  /// Running text: questions, pains, notes.
  case body
  /// What a customer said: running text in italics.
  case quote
  /// Running text of lesser weight: channels, owners, captions.
  case quiet
  /// What a note is: `Pain`, `Small win`.
  case label
  /// The number of a touchpoint in its dot.
  case number

  /// In units of the picture.
  var size: Double {
    switch self {
    case .title: 34
    case .stage: 18
    case .figure: 17
    case .name: 15
    case .body, .quote: 13
    case .quiet: 12
    case .label: 12
    case .number: 11.5
    }
  }

  var isSemibold: Bool {
    switch self {
    case .title, .stage, .figure, .name, .label, .number: true
    case .body, .quote, .quiet: false
    }
  }

  var isItalic: Bool { self == .quote }

  /// From one baseline to the next.
  var leading: Double { (size * (self == .title ? 1.2 : 1.36)).rounded() }
  /// Above the baseline, for the tallest letters of the fonts in the stack (CJK included).
  var ascent: Double { size * 0.9 }
  /// Below the baseline.
  var descent: Double { size * 0.26 }

  /// Faces with a full Latin set and close widths first, then the systems' CJK faces. None of emoji: such faces have digits too, and
  /// where one is named, programs that make PDF and PNG of a drawing take them from it. What only they have is found without.
  static let family =
    "Inter,'Noto Sans','Helvetica Neue','Segoe UI',Arial,'PingFang SC','Hiragino Sans','Microsoft YaHei','Malgun Gothic',"
    + "'Noto Sans CJK SC','Noto Sans SC',sans-serif"
}
