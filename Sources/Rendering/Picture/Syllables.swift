/// Where a word that is wider than its column may be parted. No dictionary: a rule of thumb for languages in Latin letters.
enum Syllables {
  /// A word cut into parts no wider than `width`, but that a single character never is; all but the last end in a hyphen where they end
  /// between syllables. Linear in the word.
  static func parts(of word: String, _ style: TypeStyle, width: Double) -> [String] {
    let characters = Array(word)
    let joints = Set(joints(in: characters))
    let hyphen = TextWidth.of("-", style)
    var parts: [String] = []
    var start = 0
    while start < characters.count {
      var (end, room) = (start, width)
      var joint: Int?
      while end < characters.count {
        room -= TextWidth.of(characters[end], style)
        guard room >= 0 || end == start else { break }
        end += 1
        if joints.contains(end), room >= hyphen { joint = end }
      }
      guard end < characters.count, !isBlank(characters[end...]) else {
        parts.append(String(characters[start...]))
        break
      }
      parts.append(String(characters[start..<(joint ?? end)]) + (joint == nil ? "" : "-"))
      start = joint ?? end
    }
    return parts
  }

  private static func isBlank(_ rest: ArraySlice<Character>) -> Bool { rest.allSatisfy { $0 == " " } }

  /// Places between syllables: before the last consonant between two vowels, and the letters that are spoken as one with it; three
  /// letters at least stand on either side.
  static func joints(in word: [Character]) -> [Int] {
    let letters = word.map { Character($0.lowercased().first.map(String.init) ?? "") }
    var joints: [Int] = []
    var vowel: Int?
    for index in letters.indices {
      guard letters[index].isLetter else {
        vowel = nil
        continue
      }
      guard vowels.contains(letters[index]) else { continue }
      defer { vowel = index }
      guard let before = vowel, index - before > 1 else { continue }
      var joint = index - 1
      for onset in onsets where joint - onset.count + 1 > before {
        if Array(letters[(joint - onset.count + 1)...joint]) == onset {
          joint -= onset.count - 1
          break
        }
      }
      if isInside(joint, letters) { joints.append(joint) }
    }
    return joints
  }

  private static func isInside(_ joint: Int, _ letters: [Character]) -> Bool {
    let (before, after) = (letters[..<joint].suffix(3), letters[joint...].prefix(3))
    return before.count == 3 && after.count == 3 && (before + after).allSatisfy(\.isLetter)
  }

  private static let vowels = Set("aeiouyäöüáàâãåæéèêëíìîïóòôõøœúùûýÿąęıőű")
  /// Longer ones first.
  private static let onsets: [[Character]] = [
    "schl", "schm", "schn", "schr", "schw", "sch", "str", "spr", "ch", "ck", "ph", "th", "sh", "qu", "bl", "br", "dr",
    "fl", "fr", "gl",
    "gr", "kl", "kr", "pl", "pr", "tr", "st", "sp",
  ].map(Array.init)
}
