import EventStore
import SourceText

/// What can be wrong with a row.
enum RowFault {
  static let notUTF8 = "not UTF-8"
  static let malformed = "text behind a closing quote"
  static let noEvent = "no event name"

  static func noKey(of kind: RowKind) -> String { "no \((kind.roles(of: .key).first ?? .customer).rawValue)" }

  static func width(_ cells: Int, due: Int) -> String { "\(cells) cell\(cells == 1 ? "" : "s"), \(due) are due" }

  static func time(_ cell: Span<UInt8>) -> String {
    cell.isEmpty ? "no time" : "'\(excerpt(of: cell, 40))' is no time"
  }

  static func figure(_ cell: Span<UInt8>, _ roles: TableRoles) -> String {
    let found = "'\(excerpt(of: cell, 40))' is no"
    return switch roles.kind {
    case .survey where cell.isEmpty: "no score"
    case .survey: "\(found) score of \(roles.scores.lowerBound) to \(roles.scores.upperBound)"
    case .spend: cell.isEmpty ? "no cost" : "\(found) cost"
    default: "\(found) number to order by"
    }
  }

  /// A zero byte, or bytes that are no UTF-8.
  static func encoding(_ row: Span<UInt8>) -> String? {
    for index in row.indices where row[index] == 0 { return "a NUL byte" }
    return (try? UTF8Span(validating: row)) == nil ? notUTF8 : nil
  }

  /// The first `limit` characters on one line.
  static func excerpt(of bytes: Span<UInt8>, _ limit: Int) -> String {
    let text = String(bytes.extracting(first: min(bytes.count, limit * 4)))
    let shown = text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : String($0) }.joined()
    let trimmed = shown.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
    return trimmed.count > limit ? String(trimmed.prefix(limit)) + "…" : String(trimmed)
  }
}
