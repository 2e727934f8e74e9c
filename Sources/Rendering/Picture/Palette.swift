/// Five hues from the colour-blind-safe set of Okabe and Ito (2008), each with one meaning wherever it occurs. No meaning rests on
/// hue alone: every note also has a glyph and a word.
enum Hue: Hashable, Sendable, CaseIterable {
  /// Blue: stages, customers, good feelings.
  case journey
  /// Vermillion: pains, bad feelings.
  case pain
  /// Bluish green: opportunities.
  case opportunity
  /// Orange: small wins.
  case win
  /// Reddish purple: questions.
  case question

  /// As published.
  var solid: String {
    switch self {
    case .journey: "#0072b2"
    case .pain: "#d55e00"
    case .opportunity: "#009e73"
    case .win: "#e69f00"
    case .question: "#cc79a7"
    }
  }

  /// Darkened until text in it has at least 4.5 : 1 against white and against its tint.
  var deep: String {
    switch self {
    case .journey: "#005a8e"
    case .pain: "#a84300"
    case .opportunity: "#00694d"
    case .win: "#835600"
    case .question: "#96426f"
    }
  }

  /// The ground of notes.
  var tint: String {
    switch self {
    case .journey: "#e9f3f9"
    case .pain: "#fdf1e9"
    case .opportunity: "#e8f6f1"
    case .win: "#fdf5e3"
    case .question: "#faf0f5"
    }
  }
}

/// What text and glyphs are drawn in.
enum Paint: Hashable, Sendable {
  case text, quiet, white
  case hue(Hue)

  var color: String {
    switch self {
    case .text: "#1c2733"
    case .quiet: "#586675"
    case .white: "#ffffff"
    case .hue(let hue): hue.deep
    }
  }
}

/// The greys.
enum Neutral {
  static let line = "#d5dce3"
  static let faint = "#e9edf1"
  static let ghost = "#f3f6f8"
  static let unknown = "#8794a1"
}
