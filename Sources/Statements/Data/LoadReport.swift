import EventStore
import Interchange
import JourneyEngine
import JourneyQuery
import JourneyTime
import Rendering
import SourceText
import Workspace

/// What is said of a load: how much came, which column was taken for what, what was left out.
struct LoadReport {
  private let summary: LoadSummary
  /// What came, and where it is.
  private let headline: String
  /// What else is to be known of what came, a line each.
  private let remarks: [String]
  /// Properties that are text now, and from which kinds.
  private let changedKinds: [String]
  /// What is kept beside what has a role.
  private let listed: [(name: String, kind: Property.Kind)]

  init(
    _ summary: LoadSummary, _ headline: String, remarks: [String] = [], changedKinds: [String] = [],
    properties: [(name: String, kind: Property.Kind)]? = nil
  ) {
    (self.summary, self.headline, self.remarks, self.changedKinds) = (summary, headline, remarks, changedKinds)
    listed = properties ?? summary.properties
  }

  /// Of events.
  ///
  /// - Parameters:
  ///   - load: saved already.
  ///   - held: events that the store held before, where nobody said which store is meant.
  ///   - rekeyed: stores whose events before are other customers' by ids that these brought.
  init(
    _ load: FileLoad, store: String, held: Int, rekeyed: [RekeyedEvents], changedKinds: [EventStore.KindChange]
  ) {
    func phrase(_ kind: Property.Kind) -> String { Catalog.Property.Kind(kind).phrase }
    let (loaded, summary) = (load.loaded, load.loaded.summary)
    let apart = load.staysApart ? "ids stay apart, as identities no left them before" : nil
    // Questions are of all that a store holds.
    let merged = "'\(store)' held \(held.counted("event")) before and holds both now; as NAME keeps a load by itself"
    self.init(
      summary,
      """
      loaded \(summary.rows.counted("event")) of \(loaded.customers.counted("customer")) from '\(load.shown)' \
      into '\(store)'\(Self.dates(loaded.span, in: summary.zone))
      """,
      remarks: (held > 0 ? [merged] : []) + [loaded.identities?.remark, apart].compactMap { $0 }
        + rekeyed.map(\.remark),
      changedKinds: changedKinds.map { change in
        "\(change.property) is text from now on: it was \(phrase(change.earlier)), and the new values are \(phrase(change.later))"
      })
  }

  var text: String {
    ([headline] + remarks.map { "  " + $0 } + [roles] + properties + changedKinds.map { "  " + $0 } + clocks + badRows)
      .joined(separator: "\n")
  }

  /// `, 2025-01-06 .. 2025-06-30`; nothing without a span.
  static func dates(_ span: ClosedRange<Instant>?, in zone: Zone) -> String {
    guard let span else { return "" }
    let days = [span.lowerBound, span.upperBound].map {
      CalendarUnit.day.label(of: CalendarUnit.day.start(of: $0, in: zone), in: zone)
    }
    return days[0] == days[1] ? ", \(days[0])" : ", \(days[0]) .. \(days[1])"
  }

  private var roles: String {
    let found = summary.roles.map { role in
      let name = summary.hasHeader ? role.column : "column \(role.number)"
      let taken = "\(role.role.rawValue) is \(name)"
      switch role.source {
      case .found(let others) where !others.isEmpty: return "\(taken) (not \(others.joined(separator: ", ")))"
      case .shape(let fallbacks) where !fallbacks.isEmpty:
        return "\(taken) (else \(fallbacks.joined(separator: ", else ")))"
      default: return taken
      }
    }
    let origin = summary.product.map { "an export of \($0): " } ?? ""
    return "  " + origin + found.joined(separator: ", ")
  }

  /// Properties named at a load; files may have hundreds.
  private static let mostListed = 20

  private var properties: [String] {
    guard !self.listed.isEmpty else { return [] }
    let listed = self.listed.map { "\($0.name) (\($0.kind == .truth ? "true or false" : $0.kind.rawValue))" }
    let more = listed.count - Self.mostListed
    guard more > 0 else { return ["  properties: " + listed.joined(separator: ", ")] }
    return [
      "  properties: " + listed.prefix(Self.mostListed).joined(separator: ", ")
        + " and \(more) more; describe lists them"
    ]
  }

  /// What clocks show twice or never is one instant all the same.
  private var clocks: [String] {
    let clocks = "clocks of \(summary.zone.identifier)"
    let (skipped, repeated) = (summary.skippedTimes, summary.repeatedTimes)
    return [
      skipped > 0
        ? "  \(skipped.counted("time")) \(skipped == 1 ? "does" : "do") not exist on \(clocks), which are put forward then: "
          + "read by what they showed before" : nil,
      repeated > 0
        ? "  \(repeated.counted("time")) \(repeated == 1 ? "exists" : "exist") twice on \(clocks), which are put back then: "
          + "read as the first" : nil,
    ].compactMap { $0 }
  }

  private var badRows: [String] {
    guard summary.badRows > 0 else { return [] }
    let head = "  left out \(summary.badRows.grouped) bad \(summary.badRows == 1 ? "row" : "rows"):"
    return [head] + summary.firstBadRows.map { "    line \($0.line): \($0.reason): \($0.excerpt)" }
  }
}

extension Int {
  /// With thousands marks: `31,106`.
  var grouped: String { Cell.integer(self).text() }

  /// `1 event`, `31,106 events`.
  func counted(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }
}
