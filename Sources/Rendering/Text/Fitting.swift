import SourceText

extension String {
  /// The text in at most `columns` terminal columns: whole characters only, with `ellipsis` for what was cut off.
  func fitted(to columns: Int, ellipsis: String) -> String {
    // Far more bytes than columns need not be measured to the end.
    if utf8.count <= columns || displayWidth <= columns { return self }
    let mark = String(ellipsis.prefix(max(0, columns)))
    var (kept, used) = ("", mark.displayWidth)
    for character in self {
      used += character.displayWidth
      if used > columns { break }
      kept.append(character)
    }
    return kept + mark
  }

  /// The same with one part in `share` of the columns for the text's end: 2 leaves out the middle, 1 the start, 0 the end.
  func fitted(to columns: Int, keepingEnd share: Int, ellipsis: String) -> String {
    let room = columns - ellipsis.displayWidth
    if share == 0 || room < 4 || displayWidth <= columns { return fitted(to: columns, ellipsis: ellipsis) }
    var (end, used) = ("", 0)
    for character in reversed() {
      used += character.displayWidth
      if used > room / share { break }
      end.insert(character, at: end.startIndex)
    }
    return fitted(to: columns - end.displayWidth, ellipsis: ellipsis) + end
  }

  /// Padded with blanks to `columns`; unchanged if it is as wide.
  func padded(to columns: Int, right: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, columns - displayWidth))
    return right ? blanks + self : self + blanks
  }

  /// Lines of at most `columns` (at least 2) terminal columns, broken at blanks, words that are longer within; at least one line.
  /// A character two columns wide is never split.
  func wrapped(to columns: Int, indent: Int = 0) -> [String] {
    let room = Swift.max(2, columns)
    let inset = Swift.min(indent, room / 2, room - 2)
    var lines: [String] = []
    var (line, used) = ("", 0)
    func startLine() {
      lines.append(line)
      line = String(repeating: " ", count: inset)
      used = inset
    }
    var isFresh = true
    for word in split(separator: " ", omittingEmptySubsequences: true) {
      let width = word.displayWidth
      if !isFresh, used + 1 + width <= room {
        line += " " + word
        used += 1 + width
        continue
      }
      if !isFresh { startLine() }
      isFresh = false
      // A word is rather moved out of the indent than broken.
      if used + width > room, width <= room { (line, used) = ("", 0) }
      guard used + width > room else {
        line += word
        used += width
        continue
      }
      for character in word {
        if used + character.displayWidth > room { startLine() }
        line.append(character)
        used += character.displayWidth
      }
    }
    lines.append(line)
    return lines
  }
}

extension [String] {
  /// All of them, or of more than `most` the first and the last with their number: `week 1, week 2 … week 23 (23)`.
  package func listed(most: Int, ellipsis: String = "…") -> String {
    guard count > most, let last else { return joined(separator: ", ") }
    return prefix(most - 1).joined(separator: ", ") + " \(ellipsis) \(last) (\(count) in all)"
  }

  /// The texts in lines of at most `columns` (at least 2), as many on each as fit with `separator` between; a text too long for a
  /// line of its own is wrapped.
  func packed(to columns: Int, separator: String) -> [String] {
    var lines: [String] = []
    for text in self {
      let parts = text.wrapped(to: columns)
      if let last = lines.last, parts.count == 1,
        last.displayWidth + separator.displayWidth + text.displayWidth <= columns
      {
        lines[lines.count - 1] = last + separator + parts[0]
      } else {
        lines += parts
      }
    }
    return lines
  }
}

extension String {
  /// Running text with every line that is wider than `columns` broken at blanks; what is broken off stands two columns further in than
  /// its line began. Lines that fit are left as they are.
  package func filled(to columns: Int) -> String {
    split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard line.displayWidth > columns else { return String(line) }
      let margin = line.prefix { $0 == " " }.count
      let inner = String(line.dropFirst(margin)).wrapped(to: columns - margin, indent: 2)
      return inner.map { String(repeating: " ", count: margin) + $0 }.joined(separator: "\n")
    }.joined(separator: "\n")
  }
}
