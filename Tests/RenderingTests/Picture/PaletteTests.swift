import Testing

@testable import Rendering

@Suite struct PaletteTests {
  @Test(arguments: Hue.allCases) func textReadsWell(hue: Hue) {
    #expect(contrast(hue.deep, "#ffffff") >= 4.5)
    #expect(contrast(hue.deep, hue.tint) >= 4.5)
    #expect(contrast(Paint.text.color, hue.tint) >= 7)
    #expect(contrast(Paint.quiet.color, hue.tint) >= 4.5)
  }

  @Test func whiteReadsOnChevronsAndDots() {
    for ground in [Hue.journey.solid, Hue.pain.deep, Paint.quiet.color] { #expect(contrast("#ffffff", ground) >= 4.5) }
    #expect(contrast(Neutral.unknown, "#ffffff") >= 3)
  }

  /// In light and in dark windows: figures on all shades, names of lines, and lines themselves.
  @Test func chartsReadWell() {
    for level in 0...8 {
      let shade = Shade(Double(level * level) / 64, of: 1)
      let (ground, figure) = (ChartInk.shade(shade), ChartInk.figure(on: shade))
      #expect(shade.level == level)
      #expect(contrast(figure.light, ground.light) >= 4.5 && contrast(figure.dark, ground.dark) >= 4.5, "\(level)")
    }
    let ground = ChartInk.ground
    for index in 0..<ChartInk.mostSeries {
      for (ink, least) in [(ChartInk.series(index), 3.0), (.point(index), 3), (.name(index), 4.5)] {
        #expect(contrast(ink.light, ground.light) >= least && contrast(ink.dark, ground.dark) >= least, "\(ink)")
      }
    }
    for (ink, behind) in [(ChartInk.ink, ChartInk.card), (.soft, .card), (.ink, .loss), (.soft, .ground)] {
      #expect(contrast(ink.light, behind.light) >= 4.5 && contrast(ink.dark, behind.dark) >= 4.5, "\(ink)")
    }
  }

  /// The ratio of WCAG 2: (lighter + 0.05) / (darker + 0.05).
  private func contrast(_ one: String, _ other: String) -> Double {
    let luminances = [luminance(one), luminance(other)].sorted()
    return (luminances[1] + 0.05) / (luminances[0] + 0.05)
  }

  private func luminance(_ color: String) -> Double {
    let number = Int(color.dropFirst(), radix: 16) ?? 0
    let parts = [number >> 16, number >> 8, number].map { Double($0 & 255) / 255 }
    let linear = parts.map { $0 <= 0.04045 ? $0 / 12.92 : power(($0 + 0.055) / 1.055) }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  /// x to the power of 2.4 = x² · (x²)^(1/5), the root by Newton's steps.
  private func power(_ x: Double) -> Double {
    let square = x * x
    var root = 1.0
    for _ in 0..<60 { root -= (root * root * root * root * root - square) / (5 * root * root * root * root) }
    return square * root
  }
}
