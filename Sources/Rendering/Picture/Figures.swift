/// Numbers as the picture writes them. Nothing depends on a locale.
enum Figures {
  /// `12,480`
  static func count(_ number: Int) -> String { HumanText.integer(number) }

  /// A share of one: `62 %`, below ten per cent with one decimal, `<0.1 %` for less than that; held together by a no-break space.
  static func share(_ share: Double) -> String {
    guard share.isFinite else { return "–" }
    if share > 0, share < 0.001 { return "<0.1\u{A0}%" }
    let isSmall = abs(share) < 0.0995 && share != 0
    return fixed(share * 100, decimals: isSmall ? 1 : 0) + "\u{A0}%"
  }

  /// With exactly so many decimals (at most 4), a point and `-`: what SVG reads. Not finite or beyond 10¹² is 0.
  static func fixed(_ number: Double, decimals: Int) -> String {
    let scale = [1, 10, 100, 1000, 10000][min(max(decimals, 0), 4)]
    guard number.isFinite, abs(number) < 1e12 else { return "0" }
    let scaled = Int((number * Double(scale)).rounded())
    let whole = String(scaled.magnitude / UInt(scale))
    let sign = scaled < 0 ? "-" : ""
    guard scale > 1 else { return sign + whole }
    let fraction = String(scaled.magnitude % UInt(scale))
    return sign + whole + "." + String(repeating: "0", count: max(0, decimals - fraction.utf8.count)) + fraction
  }
}
