extension Diagnostic {
  /// The diagnostic as people read it: message and code, the line at fault with carets under the span, the hint.
  /// Carets count display columns; a line longer than `width` is shown around the span. What a terminal might obey is shown as a sign,
  /// wherever this goes: it is for people. On a screen message and hint are broken at blanks where they are wider.
  ///
  ///     error: 'funel' is not a statement [statement.unknown]
  ///       funel visit -> cart
  ///       ^^^^^
  ///       hint: funnel
  package func rendered(in text: String, width: Int = 100, breaksLines: Bool = false) -> String {
    let said = "\(place.map { $0 + ": " } ?? "")\(severity.rawValue): \(message) [\(code)]"
    let room = breaksLines ? max(20, width) : Int.max
    var lines = [said.withVisibleControls(keepingLines: true).broken(to: room, indent: 2)]
    if let span, let excerpt = Excerpt(of: source ?? text, span: span, width: max(20, width - 2)) {
      lines.append("  " + excerpt.line)
      lines.append("  " + excerpt.carets)
    }
    if let hint {
      lines.append(("  hint: " + hint.withVisibleControls(keepingLines: true)).broken(to: room, indent: 4))
    }
    return lines.joined(separator: "\n")
  }
}

extension String {
  /// The text with lines that are wider than `columns` broken at single blanks; what follows is indented. No word is broken: what
  /// is copied from the screen stays whole.
  fileprivate func broken(to columns: Int, indent: Int) -> String {
    guard utf8.count > columns else { return self }
    let margin = String(repeating: " ", count: indent)
    return split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var (lines, used): ([String], Int) = ([""], 0)
      for (index, word) in line.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
        let width = word.displayWidth
        if index > 0, used + 1 + width > columns, used > indent {
          lines.append(margin + word)
          used = indent + width
        } else {
          lines[lines.count - 1] += (index > 0 ? " " : "") + word
          used += width + (index > 0 ? 1 : 0)
        }
      }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n")
  }
}

/// One line of a text with carets under a part of it.
struct Excerpt {
  let line: String
  let carets: String

  init?(of text: String, span: Range<Int>, width: Int) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { return nil }
    let start = min(span.lowerBound, bytes.count)
    let newline = UInt8(ascii: "\n")
    let lineStart = (bytes[..<start].lastIndex(of: newline) ?? -1) + 1
    var lineEnd = bytes[start...].firstIndex(of: newline) ?? bytes.count
    if lineEnd > start, bytes[lineEnd - 1] == UInt8(ascii: "\r") { lineEnd -= 1 }
    let end = min(max(span.upperBound, start), lineEnd)
    let before = Self.shown(bytes[lineStart..<start])
    let marked = Self.shown(bytes[start..<end])
    let after = Self.shown(bytes[end..<lineEnd])
    // What is before the span gives way first, so that the carets stay in sight.
    let head = Self.suffix(before, columns: max(8, width / 2))
    let middle = Self.prefix(marked, columns: max(1, width - head.displayWidth - 8))
    let tail = Self.prefix(after, columns: max(0, width - head.displayWidth - middle.displayWidth))
    line = head + middle + tail
    carets =
      String(repeating: " ", count: head.displayWidth)
      + String(repeating: "^", count: max(1, middle.displayWidth))
  }

  /// Text with control characters as signs and tabs as blanks, so that columns can be counted.
  private static func shown(_ bytes: ArraySlice<UInt8>) -> [Character] {
    let text = String(decoding: bytes, as: UTF8.self).replacing("\t", with: " ")
    return Array(text.withVisibleControls())
  }

  private static func prefix(_ characters: [Character], columns: Int) -> String {
    var (text, used) = ("", 0)
    for (index, character) in characters.enumerated() {
      let width = character.displayWidth
      if used + width > columns || (used + width == columns && index + 1 < characters.count) { return text + "…" }
      text.append(character)
      used += width
    }
    return text
  }

  private static func suffix(_ characters: [Character], columns: Int) -> String {
    var (kept, used): ([Character], Int) = ([], 0)
    for (index, character) in characters.reversed().enumerated() {
      let width = character.displayWidth
      if used + width > columns || (used + width == columns && index + 1 < characters.count) {
        return "…" + String(kept.reversed())
      }
      kept.append(character)
      used += width
    }
    return String(kept.reversed())
  }
}

extension String {
  /// Line and column, from 1, of a UTF-8 offset; the column counts characters.
  package func position(ofUTF8 offset: Int) -> (line: Int, column: Int) {
    let bytes = utf8.prefix(offset)
    let line = bytes.count(where: { $0 == UInt8(ascii: "\n") }) + 1
    let lastLine = bytes.lastIndex(of: UInt8(ascii: "\n")).map { bytes[bytes.index(after: $0)...] } ?? bytes[...]
    return (line, String(decoding: Array(lastLine), as: UTF8.self).count + 1)
  }
}
