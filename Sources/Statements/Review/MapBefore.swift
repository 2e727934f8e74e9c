import JourneyModel
import Language
import SourceText
import Workspace

extension Syntax {
  /// `[since DATE|SNAPSHOT]`; labels `date`, `snapshot`.
  static let since: Syntax = .optional([
    "since", .choice([[.slot("date", .date)], [.slot("snapshot", .name(.snapshot))]]),
  ])
}

extension Session {
  /// The map as it was at the date or the snapshot of `since`, nil where there was none, and what that is called; nil where the statement says neither.
  func before(
    _ parsed: ParsedStatement, of map: JourneyMap
  ) throws(Diagnostic) -> (map: JourneyMap?, called: String)? {
    if let name = parsed.name("snapshot") {
      let old = try attempt(at: name.span, workspace.map(map.name, inSnapshot: name.text))
      return (old, "snapshot '\(name.text)'")
    }
    guard case .date(let date)? = parsed["date"] else { return nil }
    let start = date.range(in: try zone).lowerBound
    let old = try attempt(at: parsed.span(of: "date"), workspace.map(map.name, asOf: start))
    return (old, "\(date)")
  }
}
