/// What a piece of terminal text is for; style and colours decide how it looks.
enum Ink: Hashable, Sendable {
  case normal, strong, dim, bar, good, caution, bad
  /// One of several lines that are to be told apart, from 0.
  case series(Int)
  /// On a ground that shows a share, from 0 for nothing to 8 for the largest; see `Shade`.
  case shade(Int)

  /// Parameters of the "select graphic rendition" sequence; nil for text as it is. Hues are those that eyes which do not tell red from
  /// green keep apart too: blue stands against orange or red.
  func parameters(_ colours: RenderingContext.Colours) -> String? {
    switch self {
    case .normal: return nil
    case .strong: return "1"
    case .dim: return "2"
    case .series(let index): return Self.series(colours)[index % 5]
    case .shade(let level): return colours == .sixteen || level == 0 ? nil : Self.ground(level, colours)
    case .bar, .good, .caution, .bad: break
    }
    let (sixteen, dark, light): (String, String, String) =
      switch self {
      case .good: ("94", "38;5;79", "38;5;30")
      case .caution: ("33", "38;5;221", "38;5;130")
      case .bad: ("31", "38;5;209", "38;5;166")
      default: ("36", "38;5;74", "38;5;25")
      }
    return colours == .sixteen ? sixteen : colours == .dark ? dark : light
  }

  /// Blue, orange, green, pink, yellow: after Okabe and Ito's palette.
  private static func series(_ colours: RenderingContext.Colours) -> [String] {
    switch colours {
    case .sixteen: ["94", "33", "36", "35", "90"]
    case .dark: ["38;5;75", "38;5;214", "38;5;79", "38;5;175", "38;5;229"]
    case .light: ["38;5;25", "38;5;166", "38;5;29", "38;5;132", "38;5;94"]
    }
  }

  /// One hue, from the colour of the screen to its opposite; the text on it black or white.
  private static func ground(_ level: Int, _ colours: RenderingContext.Colours) -> String {
    let ramp =
      colours == .dark
      ? [17, 18, 24, 25, 31, 32, 38, 74] : [195, 159, 153, 117, 75, 33, 26, 19]
    let index = min(max(level, 1), ramp.count) - 1
    let isLightGround = colours == .dark ? index >= 6 : index < 5
    return "38;5;\(isLightGround ? 16 : 231);48;5;\(ramp[index])"
  }
}
