import JourneyQuery
import JourneyTime
import SourceText

/// The words that answers share: what was counted, over which dates, and what was left out.
enum AnswerNotes {
  static func customers(_ count: Int) -> String { count == 1 ? "customer" : "customers" }

  /// `1 path`, `1,234 paths`.
  static func count(_ count: Int, _ one: String, _ many: String) -> String {
    "\(HumanText.integer(count)) \(count == 1 ? one : many)"
  }

  /// `left out: people outside 'for', events that fail 'where'`; empty where nothing was.
  ///
  /// - Parameters:
  ///   - filter: the events that `where` leaves out.
  ///   - during: what lies outside of the dates, if that is left out.
  ///   - more: what else is.
  static func leftOut(
    _ scope: Scope, filter: String = "events that fail 'where'", during: String? = nil, more: [String] = []
  ) -> [String] {
    var parts: [String] = []
    if scope.people != nil { parts.append("people outside 'for'") }
    if scope.filter != nil { parts.append(filter) }
    if let during, scope.during != nil { parts.append("\(during) outside 'during'") }
    parts += more
    return parts.isEmpty ? [] : ["left out: " + parts.joined(separator: ", ")]
  }

  /// What `where` leaves out of a path.
  static let ofEveryStep = "events of any step that fail 'where'"

  /// Where few stand behind some of the rates; of scores, which rates stand beside, where few stand behind these.
  static func few(in tables: [Table]) -> [Answer.Warning] {
    let cells = tables.flatMap(\.rows).joined()
    let scores = cells.compactMap {
      if case .estimate(let score) = $0, !score.isDifference { score.answers } else { nil }
    }
    let rates = cells.compactMap { if case .rate(_, let whole) = $0 { whole } else { nil } }
    let (wholes, what) = scores.isEmpty ? (rates, "rates") : (scores, "scores")
    let few = wholes.count(where: isFew)
    guard few > 0 else { return [] }
    let which = few == wholes.count ? "all \(what)" : "\(few) of \(wholes.count) \(what)"
    return [
      Answer.Warning(
        code: .fewCustomers, message: "\(which) are of fewer than \(leastCounted), and rough: they are marked ~")
    ]
  }

  /// Rates of fewer are rough.
  static let leastCounted = 30

  static func isFew(_ count: Int) -> Bool { (1..<leastCounted).contains(count) }
}

extension Basis {
  /// The dates that an answer is of, behind a comma: those of `during`, where an answer says of what with `bounding`, else
  /// those of the store; empty for an empty store.
  func dates(_ scope: Scope, bounding: String = "") -> String {
    days(scope).map { ", \(scope.during == nil ? "" : bounding)\($0)" } ?? ""
  }

  /// The same dates by themselves; nil for an empty store.
  func days(_ scope: Scope) -> String? { scope.during?.label(in: scope.zone) ?? span?.days(in: scope.zone) }
}

extension DiagnosticCode {
  package static let fewCustomers = DiagnosticCode(
    "few.customers",
    "A warning: rates and scores of fewer than 30 are rough. They are marked ~; .intervals on says how rough rates are."
  )
}
