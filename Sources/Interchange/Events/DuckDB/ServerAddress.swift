/// The URL of a database server, and the table or query behind it: `postgres://me@host/shop#events`.
package struct ServerAddress: Sendable {
  /// As it was typed, up to the `#`.
  let url: String
  /// The same without a password, for messages and for the workspace.
  package let shown: String
  let part: String?

  /// Nil for what is no URL of a server.
  package init?(_ written: String) {
    guard ["postgres://", "postgresql://"].contains(where: written.hasPrefix) else { return nil }
    let pieces = written.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    url = String(pieces[0])
    part = pieces.count > 1 ? String(pieces[1]) : nil
    shown = Self.withoutPassword(url)
  }

  /// Without what stands between the first colon and the last `@` of user and host.
  private static func withoutPassword(_ url: String) -> String {
    guard let start = url.firstRange(of: "://")?.upperBound else { return url }
    let end = url[start...].firstIndex { "/?".contains($0) } ?? url.endIndex
    guard let at = url[start..<end].lastIndex(of: "@"), let colon = url[start..<at].firstIndex(of: ":") else {
      return url
    }
    return String(url[..<colon] + url[at...])
  }
}
