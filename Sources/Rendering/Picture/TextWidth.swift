/// Estimates the width of text without a font engine. Meant to err on the wide side: a text is never wider than its estimate in
/// any face of `TypeStyle.family`.
enum TextWidth {
  /// Width in the picture's units.
  static func of(_ text: some StringProtocol, _ style: TypeStyle) -> Double {
    text.reduce(0) { $0 + of($1, style) }
  }

  static func of(_ character: Character, _ style: TypeStyle) -> Double {
    let table = style.isSemibold ? semibold : regular
    return advance(character, table) * style.size * margin
  }

  /// Kept in hand for faces that were not measured.
  private static let margin = 1.03

  /// In ems: the widest scalar for an emoji sequence or an accented letter, the sum where each scalar has a shape of its own.
  private static func advance(_ character: Character, _ table: [Double]) -> Double {
    if let ascii = character.asciiValue, (0x20..<0x7F).contains(ascii) { return table[Int(ascii) - 0x20] }
    let scalars = character.unicodeScalars
    if scalars.contains(where: { $0.value == 0xFE0F || $0.properties.isEmojiPresentation }) { return 1.3 }
    guard let first = scalars.first else { return 0 }
    if scalars.count == 1 { return advance(first, table) }
    return scalars.reduce(0) { $0 + advance($1, table) }
  }

  private static func advance(_ scalar: Unicode.Scalar, _ table: [Double]) -> Double {
    switch scalar.value {
    case 0x20..<0x7F: return table[Int(scalar.value) - 0x20]
    case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0xFE00...0xFE0F: return 0
    case 0xA0: return table[0]
    case 0xB7, 0x2018, 0x2019, 0x202F: return 0.36
    case 0x2013, 0x201C, 0x201D, 0x2022: return 0.56
    case 0x2212, 0xD7: return 0.6
    case 0x2014, 0x2026, 0x2190...0x21FF: return 1
    case 0xC0..<0x250: return latin(scalar, table)
    case 0x370...0x44F where wideLetters.contains(scalar): return 1.12
    case 0x391...0x3AB, 0x410...0x42F: return 0.8
    case 0x3AC...0x3CE, 0x430...0x44F: return 0.7
    case 0x2E80...0xD7FF, 0xF900...0xFAFF, 0xFF00...0xFFEF, 0x20000...0x3FFFF: return 1
    default: break
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    case .spacingMark: return 0.6
    default: break
    }
    if scalar.properties.isEmoji { return 1.3 }
    // Letters that join or stack come out narrower than they stand alone.
    return (0x450..<0x1100).contains(scalar.value) ? 0.9 : 1.3
  }

  /// A letter with marks is as wide as the letter.
  private static func latin(_ scalar: Unicode.Scalar, _ table: [Double]) -> Double {
    guard let letter = baseLetter(of: scalar), (0x20..<0x7F).contains(letter.value) else { return 1 }
    return table[Int(letter.value) - 0x20]
  }

  /// `LATIN SMALL LETTER E WITH ACUTE` gives `e`.
  private static func baseLetter(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    let words = scalar.properties.name?.split(separator: " ") ?? []
    guard words.count > 5, words[0] == "LATIN", words[2] == "LETTER", words[4] == "WITH", words[3].utf8.count == 1,
      let letter = words[3].unicodeScalars.first
    else { return nil }
    return words[1] == "SMALL" ? letter.properties.lowercaseMapping.unicodeScalars.first : letter
  }

  /// Greek and Cyrillic letters beyond the even width of their fellows.
  private static let wideLetters: Set<Unicode.Scalar> = [
    "Щ", "щ", "Ш", "ш", "Ю", "ю", "Ж", "ж", "М", "м", "Ф", "ф", "Ы", "ы", "Ъ", "ъ", "Μ", "Ω", "ω", "Ψ", "ψ",
  ]

  /// U+0020…U+007E in thousandths of an em: the wider of Noto Sans and Liberation Sans (as wide as Arial), measured.
  private static let regular = ems([
    278, 278, 408, 646, 572, 889, 732, 225, 333, 333, 551, 584, 278, 333, 278, 372, 572, 572, 572, 572, 572, 572, 572,
    572,
    572, 572, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 730, 667, 611, 778, 741, 339, 500, 667, 556, 907, 760,
    781,
    667, 781, 722, 667, 611, 731, 667, 944, 667, 667, 611, 329, 372, 329, 572, 556, 333, 561, 615, 500, 615, 564, 344,
    615,
    618, 258, 258, 534, 258, 935, 618, 605, 615, 615, 413, 500, 361, 618, 508, 786, 529, 510, 500, 380, 551, 380, 584,
  ])
  private static let semibold = ems([
    278, 333, 474, 646, 572, 901, 750, 266, 339, 339, 545, 584, 285, 333, 285, 413, 572, 572, 572, 572, 572, 572, 572,
    572,
    572, 572, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 740, 667, 611, 778, 765, 389, 556, 722, 611, 943, 813,
    796,
    667, 796, 722, 667, 611, 756, 667, 967, 667, 667, 611, 333, 413, 333, 584, 556, 362, 604, 633, 556, 633, 591, 387,
    633,
    657, 305, 305, 620, 305, 982, 657, 619, 633, 633, 454, 556, 434, 657, 569, 856, 578, 569, 500, 394, 551, 394, 584,
  ])

  private static func ems(_ thousandths: [Int]) -> [Double] { thousandths.map { Double($0) / 1000 } }
}
