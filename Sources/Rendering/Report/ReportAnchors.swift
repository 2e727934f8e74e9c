/// Ids of headings, each once on a page: their letters and digits, small, words joined by `-`, as GitHub makes them.
struct ReportAnchors {
  private var taken: Set<String> = []
  /// How often each was asked for.
  private var counts: [String: Int] = [:]

  mutating func next(for heading: String) -> String {
    var words = ""
    for character in heading.lowercased() {
      if character.isLetter || character.isNumber || character == "_" || character == "-" {
        words.append(character)
      } else if character.isWhitespace {
        words += "-"
      }
    }
    let name = words.isEmpty ? "section" : words
    var anchor = name
    while !taken.insert(anchor).inserted {
      counts[name, default: 0] += 1
      anchor = "\(name)-\(counts[name, default: 0])"
    }
    return anchor
  }
}
