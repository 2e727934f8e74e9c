import SourceText

/// Colours for the text at the prompt, for dark and for light backgrounds, or none. Blue and orange carry the meaning, which eyes that
/// do not tell red from green keep apart too; brightness, underlines and boldness say the same again.
package enum Theme: String, CaseIterable, Sendable {
  case dark, light, mono

  /// Parameters of ANSI's "select graphic rendition"; empty for text as it is.
  func rendition(_ style: TextStyle, of colours: ColourDepth) -> String {
    switch style {
    case .unknownName: return "4"
    case .bracket: return "1;4"
    case .match: return "1;7"
    case .chosen: return "7"
    case .faint: return self == .mono || colours == .none ? "2" : self == .dark ? "90" : "38;5;244"
    default: break
    }
    guard self != .mono, colours != .none else { return style == .keyword ? "1" : style == .wrong ? "4" : "" }
    if colours == .sixteen { return sixteen(style) }
    let (dark, light): (String, String) =
      switch style {
      case .keyword: ("1;38;5;75", "1;38;5;25")
      case .name: ("38;5;152", "38;5;23")
      case .text: ("38;5;222", "38;5;94")
      case .number: ("38;5;216", "38;5;130")
      case .variable: ("38;5;183", "38;5;54")
      case .comment: ("38;5;245", "38;5;243")
      case .wrong: ("4;38;5;209", "4;38;5;166")
      default: ("", "")
      }
    return self == .dark ? dark : light
  }

  private func sixteen(_ style: TextStyle) -> String {
    switch style {
    case .keyword: self == .dark ? "1;94" : "1;34"
    case .name: self == .dark ? "96" : "36"
    case .text, .number: self == .dark ? "93" : "33"
    case .variable: self == .dark ? "95" : "35"
    case .comment: "90"
    case .wrong: self == .dark ? "4;93" : "4;33"
    default: ""
    }
  }
}

/// How many colours a terminal has.
package enum ColourDepth: Sendable {
  case none, sixteen, many

  /// By `TERM` and `COLORTERM`; none for a dumb terminal and with `NO_COLOR` (no-color.org: set and not empty).
  package init(_ environment: [String: String]) {
    let terminal = environment["TERM"] ?? ""
    if terminal.isEmpty || terminal == "dumb" || !(environment["NO_COLOR"] ?? "").isEmpty {
      self = .none
    } else if terminal.contains("256color") || terminal.contains("kitty") || terminal.contains("direct")
      || ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "")
    {
      self = .many
    } else {
      self = .sixteen
    }
  }
}
