/// The opening line of a fenced code block (CommonMark 0.31, section 4.5).
struct NotebookFence {
  let indentation: Int
  let sign: UInt8
  let length: Int
  /// What stands behind the signs, where it begins in the line.
  let infoStart: Int
  /// Its first word; empty without any.
  let language: String

  init?(_ line: ArraySlice<UInt8>) {
    indentation = line.prefix { $0 == 32 || $0 == 9 }.count
    let rest = line.dropFirst(indentation)
    guard let first = rest.first, first == UInt8(ascii: "`") || first == UInt8(ascii: "~") else { return nil }
    sign = first
    length = rest.prefix { $0 == first }.count
    let info = rest.dropFirst(length)
    guard length >= 3, first == UInt8(ascii: "~") || !info.contains(first) else { return nil }
    let word = info.drop { $0 == 32 || $0 == 9 }.prefix { $0 != 32 && $0 != 9 }
    language = String(decoding: word, as: UTF8.self)
    infoStart = word.endIndex - line.startIndex
  }

  /// Whether a line closes it.
  func isClosed(by line: ArraySlice<UInt8>) -> Bool {
    let rest = line.drop { $0 == 32 || $0 == 9 }
    let signs = rest.prefix { $0 == sign }
    return signs.count >= length && rest.dropFirst(signs.count).allSatisfy { $0 == 32 || $0 == 9 }
  }
}
