/// The escapes of the language within quotes: `\"`, `\\`, `\n`, `\t`, `\u{1F600}`.
package enum TextEscape {
  private static let mostDigits = 8

  /// What `rest`, which stands behind a backslash, begins with: how many scalars of it belong to the escape, and the one that it stands
  /// for; nil where it stands for none.
  package static func read(_ rest: some Sequence<Unicode.Scalar>) -> (length: Int, scalar: Unicode.Scalar?) {
    var rest = rest.makeIterator()
    switch rest.next() {
    case nil, "\n": return (0, nil)
    case let sign? where sign == "\"" || sign == "\\": return (1, sign)
    case "n": return (1, "\n")
    case "t": return (1, "\t")
    case "u":
      guard rest.next() == "{" else { return (1, nil) }
      var digits = String.UnicodeScalarView()
      while let next = rest.next(), digits.count <= mostDigits {
        guard next == "}" else {
          digits.append(next)
          continue
        }
        if digits.isEmpty { break }
        return (digits.count + 3, UInt32(String(digits), radix: 16).flatMap(Unicode.Scalar.init))
      }
      return (1, nil)
    default: return (1, nil)
    }
  }
}
