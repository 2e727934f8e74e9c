import Glibc

/// What there is to know of the terminal, if any, at one file descriptor.
package struct TerminalFacts: Sendable, Equatable {
  package let isTerminal: Bool
  /// Columns to fill: the terminal's, else those of `COLUMNS`, else 80.
  package let columns: Int
  /// Rows of the terminal; 24 where it does not say.
  package let rows: Int
  /// Whether it is a terminal that can do more than print.
  package let takesControls: Bool
  /// Whether what is not ASCII can be shown: by the locale, where one is named.
  package let showsUnicode: Bool
  /// Whether colours are welcome: a terminal that is not dumb, and no `NO_COLOR` (no-color.org: set and not empty).
  package let wantsColour: Bool

  package init(descriptor: Int32, environment: [String: String]) {
    isTerminal = isatty(descriptor) == 1
    let size = Self.size(of: descriptor)
    let columns = size.columns > 0 ? size.columns : environment["COLUMNS"].flatMap { Int($0) }
    rows = size.rows > 0 ? size.rows : 24
    self.columns = columns.flatMap { $0 > 0 ? min($0, 10_000) : nil } ?? 80
    let isDumb = environment["TERM"].map { $0.isEmpty || $0 == "dumb" } ?? true
    takesControls = isTerminal && !isDumb
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    showsUnicode = locale.map { $0.uppercased().replacing("-", with: "").contains("UTF8") } ?? true
    wantsColour = takesControls && (environment["NO_COLOR"] ?? "").isEmpty
  }

  /// Zeros where the descriptor is no terminal or does not know its size.
  private static func size(of descriptor: Int32) -> (rows: Int, columns: Int) {
    var size = winsize()
    // SAFETY: the request fills exactly the one `winsize` it is given.
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 else { return (0, 0) }
    return (Int(size.ws_row), Int(size.ws_col))
  }
}
