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
