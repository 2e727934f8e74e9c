import Foundation
import JourneyTime
import Language
import SourceText
import Testing

@testable import Statements

/// Numbers, durations and dates of any size in every place of every statement: each an answer, or an error that points at a part of
/// what was typed. A trap would end the tests.
@Suite struct ExtremeLiteralTests {
  @Test(arguments: Events.allCases) func everyLiteralMayBeOfAnySize(events: Events) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("waymark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(events.csv.utf8).write(to: folder.appendingPathComponent("e.csv"))
    let session = try Session(opening: nil, directory: folder.path) { Instant(microseconds: 1_751_328_000_000_000) }
    let shell = Shell(session: session) { _ in }
    try shell.run(script: Array(Self.beginning.utf8), named: "beginning")
    var tried = 0
    for statement in Self.statements {
      for text in Self.variations(of: statement) {
        tried += 1
        do throws(Diagnostic) {
          try shell.perform(text)
        } catch {
          let span = error.span ?? 0..<text.utf8.count
          #expect(!text.hasPrefix(".") || error.code == .dotOperand, "\(text): \(error)")
          #expect(text.hasPrefix(".") || error.span != nil, "\(text): \(error)")
          #expect(span.upperBound <= text.utf8.count, "\(text): \(error)")
          #expect(DiagnosticCode.all.contains(error.code), "\(text): \(error)")
        }
      }
    }
    #expect(tried > 1_000)
  }

  /// What is in the store: a few weeks of this age, or whatever a reader takes.
  enum Events: String, CaseIterable, Sendable {
    case ofThisAge, ofAnyAge

    fileprivate var csv: String {
      let times =
        switch self {
        case .ofThisAge: (1...28).map { "2025-02-\($0 < 10 ? "0" : "")\($0)T10:00:00Z" }
        case .ofAnyAge:
          [
            "0001-01-01T00:00:00Z", "0001-01-01T18:00:00+18:00", "1969-12-31T23:59:59.999999Z",
            "2025-02-28T10:00:00Z", "9999-12-31T23:59:59.999999Z", "9999-12-31T05:59:59.999999-18:00",
          ]
        }
      let amounts = ["1", "-1", "1.7976931348623157e308", "-1.7976931348623157e308", "5e-324", "1e308", ""]
      let names = ["visit", "cart_added", "purchase", "checkout_started"]
      let rows = (0..<90).map { row in
        let customer = "u\(row % 7)"
        return
          "\(customer),\(times[row % times.count]),\(names[row % 4]),phone,NO,ad,\(amounts[row % amounts.count]),\(row)\n"
      }
      return "customer,time,event,device,country,channel,revenue,price\n" + rows.joined()
    }
  }

  private static let beginning = """
    load events "e.csv" customer customer time time event event
    new map m from template retail
    add touchpoint visit to Awareness
    add touchpoint cart_added to Interest
    add pain slow to cart_added
    add kpi rate
    note "one"; note "two"; note "three"
    funnel visit -> cart_added as main
    """

  /// Each literal of these is varied. Every clause and every form with a number, a duration or a date is here.
  private static let statements =
    Forms.due.flatMap(\.examples).filter { !["new", "open", "save", "export", "load", "forget"].contains($0.verb) } + [
      "funnel visit ->[2h] cart_added => purchase within 7d by device at 2 top 3 per year during 2025-01-01 .. 2025-03",
      "funnel visit -> cart_added counting sessions gap 30m per hour during last 4 weeks vs 2025-Q1 where revenue > 10",
      "funnel visit -> cart_added -> purchase order any within 1d12h for did visit 2 or more times in last 3 months",
      "funnel visit -> cart_added entry first for did cart_added 1 times in 2025-W07 .. 2025-02-28T10:00",
      "time visit -> cart_added within 2w by device top 2 per day during last 9 days",
      "dropoff visit -> cart_added at 1 top 3 during last 5 years",
      "count visit by device top 10 per week during last 2 quarters vs 2024",
      "count where revenue in [1, 2.5, 12%] and time > 2025-01-01 during last 48 hours",
      "count where revenue = 1 or revenue != 7% during 2025-02-01T10:00:00.5+02:00 .. 2026",
      "paths from visit depth 5 top 3 during 2025-02", "paths around cart_added depth 2 by device top 2",
      "flow using events top 3 during last 3 days", "loops using events top 4 by device",
      "retention of visit then cart_added per week during 2025-Q1 by device top 2",
      "retention of visit per hour", "retention of visit per year during last 2 years",
      "sessions gap 1h per month by device top 3 during last 1 month vs 2025-01",
      "value of revenue per quarter by device top 3 during last 2 quarters vs 2024-Q1", "value of revenue per hour",
      "assert count visit > 10", "assert funnel visit -> cart_added >= 12%",
      "assert median of time visit -> cart_added < 7d",
      "assert total of value of revenue < 5", "show diff since 2025-02-01",
      "set pain slow severity 3 impact 4 effort 5", "set pain slow since 2025-02 due 2025-Q3 reviewed 2025",
      "set touchpoint cart_added emotion -2", "set kpi rate target 5%", "set kpi rate target 12",
      "set kpi rate target 1d12h",
      "set kpi rate as funnel visit -> cart_added within 7d during last 3 weeks", "show $main", "people $main at 1",
      "undo 2",
      "redo 1", "let $w = 7d", "funnel visit -> cart_added within $w", "let $r = last 3 weeks", "count during $r",
      "let $d = 2025-02-01", "count during $d .. 2025-03-01", "let $n = 5", "count where revenue > $n",
      "let $p = visit ->[2h] cart_added", "funnel $p", "define step big as visit(revenue > 100)",
      "define segment often as did visit 3 or fewer times in last 2 weeks", "count big for often", "show history",
      "show map", "show $9", ".width 80", ".rows 40", ".memory 512MB", ".memory 4 GB", ".max-bad 5%",
    ]

  /// The statement with each of its literals, one after the other, replaced by others of its kind and of all kinds.
  private static func variations(of statement: String) -> [String] {
    if statement.hasPrefix(".") {
      let word = statement.split(separator: " ")[0]
      let unit = statement.contains("%") ? ["%"] : statement.contains("B") ? ["", "B", "MB", " GB", "TB"] : [""]
      return numbers.flatMap { number in unit.map { "\(word) \(number)\($0)" } }
    }
    let literals = Lexer.tokens(of: statement).filter { token in
      switch token.kind {
      case .number, .percent, .duration, .date: true
      default: false
      }
    }
    return [statement]
      + literals.flatMap { token in
        extremes(token.kind).map { literal in
          let bytes = Array(statement.utf8)
          let (before, behind) = (bytes[..<token.span.lowerBound], bytes[token.span.upperBound...])
          return String(decoding: before + Array(literal.utf8) + behind, as: UTF8.self)
        }
      }
  }

  private static func extremes(_ kind: Token.Kind) -> [String] {
    let sample = [numbers[0], durations[0], dates[0], "0%"]
    switch kind {
    case .percent: return numbers.map { $0 + "%" } + sample
    case .duration: return durations + sample
    case .date: return dates + sample
    default: return numbers + dates.prefix(2) + sample
    }
  }

  private static let numbers = [
    "0", "1", "-1", "0.5", "1000000", "1000000000000", "9007199254740993", "9223372036854775807", "9223372036854775808",
    "-9223372036854775808", "18446744073709551616",
    "1" + String(repeating: "0", count: 308), "1" + String(repeating: "0", count: 400),
    "0." + String(repeating: "0", count: 400) + "1", "1e400",
  ]
  private static let durations = [
    "0s", "1ms", "3652425d", "3652426d", "106751991d", "9223372036854775807w", "99999999999999999999999999d",
    "521774w6d23h59m59s999ms", "-1d",
  ]
  private static let dates = [
    "0000", "9999", "0001-01-01", "0000-01-01", "9999-12-31", "0000-W01", "9999-W52", "9999-W53", "0000-Q1", "9999-12",
    "9999-12-31T23:59:59.999999", "0000-01-01T00:00+18:00", "9999-12-31T23:59-18:00",
    "99999-01-01", "2025-02-30",
  ]
}

extension String {
  fileprivate var verb: String { split(separator: " ").first.map(String.init) ?? "" }
}
