/// Where a link or an image of prose leads.
struct ProseLink: Hashable, Sendable {
  /// With what no address may hold as `%20`; not escaped for HTML.
  let address: String
  /// What stands before the first colon, in small letters; nil of relative ones.
  let scheme: String?

  init(_ destination: String) {
    var address = ""
    for byte in destination.utf8 {
      let scalar = Unicode.Scalar(byte)
      if byte > 0x20, byte < 0x7F, !Self.unsafe.contains(scalar) {
        address.unicodeScalars.append(scalar)
      } else {
        address += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    self.address = address
    let end = address.utf8.firstIndex { ":/?#".utf8.contains($0) }
    scheme = end.flatMap { address.utf8[$0] == UInt8(ascii: ":") ? address[..<$0].lowercased() : nil }
  }

  /// Whether it may be followed: to the web, to somebody's mail, within the page or beside it.
  var isFollowed: Bool {
    scheme.map { ["http", "https", "mailto"].contains($0) } ?? !address.hasPrefix("//")
  }

  /// Whether it is a picture by itself.
  var isPicture: Bool { scheme == "data" && address.lowercased().hasPrefix("data:image/") }

  private static let unsafe: Set<Unicode.Scalar> = ["\"", "<", ">", "\\", "^", "`", "{", "|", "}"]
}
