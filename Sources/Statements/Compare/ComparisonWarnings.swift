import JourneyQuery
import JourneyStatistics
import JourneyTime
import Language
import Rendering
import SourceText

/// What is to be known of two groups, or two periods, before their difference is believed: each in a sentence that says what to type.
struct ComparisonWarnings {
  let first: ComparedSide
  let second: ComparedSide

  private typealias Warning = Answer.Warning

  // MARK: groups

  /// - Parameters:
  ///   - both: how many are in both groups.
  ///   - listing: the statement that lists them.
  func overlap(_ both: Int, listing: String) -> Answer.Warning? {
    guard both > 0 else { return nil }
    let people = both == 1 ? "1 customer is" : "\(both.grouped) customers are"
    return Warning(
      code: .compareOverlap, message: "\(people) in both groups, and left out of both; \(listing) lists them")
  }

  /// - Parameter expected: the share that the first group was meant to hold; nil where that is not said, and of groups of unlike sizes none.
  func sizes(expected: Double?) -> Answer.Warning? {
    let (one, other) = (first.people, second.people)
    guard expected != nil || Double(min(one, other)) >= 0.45 * Double(one + other) else { return nil }
    let share = expected ?? 0.5
    guard SampleRatioTest(sizes: [one, other], intended: [share, 1 - share])?.isMismatch == true else { return nil }
    let meant = [share, 1 - share].map { (($0 * 1000).rounded() / 1000).asPercent }.joined(separator: " and ")
    return Warning(
      code: .compareSizes,
      message:
        "\(one.grouped) and \(other.grouped) customers are hardly \(meant) by chance (p < 0.001): what sorted them "
        + "may make the difference too" + (expected == nil ? "; expected 40% says that 40 and 60 % were meant" : ""))
  }

  /// - Parameter groups: who makes up each.
  func behaviour(_ groups: [People]) -> Answer.Warning? {
    guard groups.contains(where: \.isByBehaviour) else { return nil }
    return Warning(
      code: .compareByBehaviour,
      message:
        "groups of what people did may differ from the start: what they did goes along with the figure and need not "
        + "cause it; between PROPERTY = a and PROPERTY = b compares groups of what is known before")
  }

  /// Half of one group were seen for longer than half of the other, by a tenth and by a day.
  var exposure: Answer.Warning? {
    guard let one = first.exposure, let other = second.exposure else { return nil }
    let (short, long) = (min(one, other).microseconds, max(one, other).microseconds)
    guard long - short > Duration.days(1).microseconds, long - short > long / 10 else { return nil }
    return Warning(
      code: .compareExposure,
      message:
        "half of \(first.label) were seen for \(one.inDays) or more, half of \(second.label) for \(other.inDays): "
        + "who is seen longer can do more; a question with a window, such as funnel … within 30d, gives all the same time"
    )
  }

  /// - Parameter looks: how many distinct states of the data the same comparison was made of, this one too.
  static func looks(_ looks: Int) -> Answer.Warning? {
    guard looks > 1 else { return nil }
    return Answer.Warning(
      code: .compareLooks,
      message:
        "look \(looks) at this comparison while the data grows: a difference that is not there comes out in 5 of 100 "
        + "at the first look, and in more with each; during DATES, fixed beforehand, is one look")
  }

  // MARK: data

  /// Whether one side may still become more, and the other may not, or by far less.
  var window: Answer.Warning? {
    let shares = [first.openShare, second.openShare]
    let isOneClosed = (first.unfinished == 0) != (second.unfinished == 0)
    guard isOneClosed || abs(shares[0] - shares[1]) > Self.mostOpen else { return nil }
    let (open, other) = shares[0] > shares[1] ? (first, second) : (second, first)
    let least = other.unfinished == 0 ? "none" : other.unfinished.grouped
    return Warning(
      code: .compareWindow,
      message:
        "\(open.unfinished.grouped) of \(open.label) may still complete it, and \(least) of \(other.label): that figure may "
        + "yet rise; during DATES that end a window before the data leaves them out")
  }

  /// So much larger may the share of one side be that may still complete.
  private static let mostOpen = 0.02

  /// Two periods of which one is longer by a tenth, or of which the data holds a part.
  static func spans(_ dates: [Range<Instant>], of basis: Basis, in zone: Zone) -> [Answer.Warning] {
    guard dates.count == 2 else { return [] }
    var warnings: [Answer.Warning] = []
    let lengths = dates.map { Duration(microseconds: $0.upperBound.microseconds - $0.lowerBound.microseconds) }
    let (short, long) = (lengths.map(\.microseconds).min() ?? 0, lengths.map(\.microseconds).max() ?? 0)
    let labels = dates.map { $0.label(in: zone) }
    if long - short > long / 10 {
      warnings.append(
        Answer.Warning(
          code: .compareSpans,
          message:
            "\(labels[0]) is \(lengths[0].inDays) long, \(labels[1]) \(lengths[1].inDays): in more time customers can do "
            + "more; vs previous takes as many days where during is a range of days"))
    }
    guard let span = basis.span, let days = basis.days(in: zone) else { return warnings }
    for (date, label) in zip(dates, labels) where date.clamped(to: days) != date {
      warnings.append(
        Answer.Warning(
          code: .compareSpans,
          message:
            "\(label) reaches beyond the data, \(span.days(in: zone)); during DATES within it has all of its days"))
    }
    return warnings
  }
}

extension People {
  /// Whether it asks what people did, or names some who were found by that.
  fileprivate var isByBehaviour: Bool {
    switch self {
    case .property: false
    case .did, .listed: true
    case .not(let inner), .certain(let inner): inner.isByBehaviour
    case .and(let parts), .or(let parts): parts.contains(where: \.isByBehaviour)
    }
  }
}

extension Duration {
  /// `1 day`, `28 days`.
  fileprivate var inDays: String {
    let days = Int((Double(microseconds) / Double(Duration.days(1).microseconds)).rounded())
    return days == 1 ? "1 day" : "\(days.grouped) days"
  }
}

extension DiagnosticCode {
  package static let compareOverlap = DiagnosticCode(
    "compare.overlap", "A warning: people in both groups are left out of both, since they would stand on both sides.")
  package static let compareSizes = DiagnosticCode(
    "compare.sizes",
    "A warning: groups are of other sizes than chance makes of what was meant. Without expected, groups of which the smaller holds 45 % or more were meant to be equal."
  )
  package static let compareByBehaviour = DiagnosticCode(
    "compare.by-behaviour",
    "A warning: groups are made by what people did, or by a property that comes of it, which goes along with how far they get without causing it."
  )
  package static let compareExposure = DiagnosticCode(
    "compare.exposure",
    "A warning: one group was seen for longer: the median time from a customer's first event to the end of the data differs by more than a tenth and a day."
  )
  package static let compareLooks = DiagnosticCode(
    "compare.looks",
    "A warning: the same comparison was asked before, of less data. Who stops at the look that pleases finds differences that are not there."
  )
  package static let compareWindow = DiagnosticCode(
    "compare.window", "A warning: windows of one side alone reach past the data, so that its figure may still rise.")
  package static let compareSpans = DiagnosticCode(
    "compare.spans", "A warning: two periods are not of one length, or the data does not hold all of them.")
  package static let compareExpected = DiagnosticCode(
    "compare.expected", "expected is the share of the first group, more than 0% and less than 100%.")
}
