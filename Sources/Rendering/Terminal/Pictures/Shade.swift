/// How dark the ground of a share is, from 0 for nothing to 8 for the largest. By square root: small shares differ, too.
struct Shade: Hashable {
  let level: Int

  init(_ share: Double, of largest: Double) {
    guard share > 0, largest > 0, share.isFinite else {
      level = 0
      return
    }
    level = min(8, max(1, Int(((share / largest).squareRoot() * 8).rounded())))
  }

  /// One column, for where grounds cannot be coloured.
  func sign(_ style: RenderingContext.Style) -> String {
    let signs = style == .ascii ? [" ", ":", "-", "+", "#"] : [" ", "░", "▒", "▓", "█"]
    return signs[(level + 1) / 2]
  }

  /// Text on such a ground; plain where grounds cannot be coloured.
  func ink(in context: RenderingContext) -> Ink { context.hasGrounds ? .shade(level) : .normal }
}
