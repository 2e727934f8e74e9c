import EventStore
import JourneyTime

/// What the sample shop knows beside what its customers do: who they are to the shop, what they answered, what channels cost.
///
/// It follows from the events and from dials of its own, so that an analyst finds again what `ShopStory` plants, and:
///
/// 1. Whoever had a payment refused says so: they feel far worse at the payment than the map expects of a checkout.
/// 2. The thank-you email, planned as the best moment, leaves people cool.
/// 3. Deliveries please members of the loyalty programme more than others.
/// 4. The fickle channel costs most and returns least.
package struct ShopPeople: Sendable {
  package struct Person: Sendable {
    package var customer: String
    package var loyalty: String
    package var hasNewsletter: Bool
    package var age: Int
    /// Microseconds since 1970 UTC: the day of the first event.
    package var since: Int64
  }

  package struct Answer: Sendable {
    package var customer: String?
    /// Microseconds since 1970 UTC.
    package var instant: Int64
    package var score: Int
    package var comment: String?
    package var channel: String
  }

  package private(set) var people: [Person] = []
  package private(set) var answers: [Answer] = []
  /// Cookies of those who signed in.
  package private(set) var cookies: [(device: String, customer: String)] = []

  package init(_ journeys: [ShopJourney], seed: UInt64) {
    var chance = Chance(seed: seed)
    for journey in journeys { add(journey, &chance) }
    // Some were written down at a fair, and never came.
    for number in 1...250 {
      people.append(
        Person(
          customer: "fair-\(number)", loyalty: "none", hasNewsletter: true, age: chance.number(in: 19...70),
          since: 1_730_937_600_000_000))
    }
  }

  private mutating func add(_ journey: ShopJourney, _ chance: inout Chance) {
    guard let first = journey.rows.first else { return }
    if let cookie = journey.cookie, journey.isSignedIn { cookies.append((cookie, journey.customer)) }
    let purchases = journey.rows.count { $0.name == "purchase" }
    let hasNewsletter = journey.isSignedIn && chance.happens(purchases > 0 ? 0.45 : 0.16)
    let loyalty =
      purchases >= 3 ? "gold" : purchases == 2 ? "silver" : purchases == 1 && chance.happens(0.3) ? "silver" : "none"
    let age = chance.number(in: 19...70)
    if purchases > 0 || hasNewsletter {
      let day = first.instant - first.instant % 86_400_000_000
      people.append(
        Person(customer: journey.customer, loyalty: loyalty, hasNewsletter: hasNewsletter, age: age, since: day))
    }
    for event in journey.rows {
      guard let moment = Self.moments[event.name], chance.happens(moment.asked) else { continue }
      let isFond = event.name == "delivered" && loyalty != "none"
      let score = moment.mean + (isFond ? 0.9 : 0) + (chance.share() + chance.share() + chance.share() - 1.5) * 3.4
      // Some answer without saying who they are.
      answers.append(
        Answer(
          customer: chance.happens(0.06) ? nil : event.customer,
          instant: event.instant + Int64(chance.number(in: 1...50)) * 60_000_000,
          score: max(0, min(10, Int(score.rounded()))),
          comment: chance.happens(0.35) ? chance.pick(moment.comments) : nil,
          channel: chance.pick([("email", 0.7), ("web", 0.3)]) ?? "email"))
    }
  }

  private struct Moment {
    /// The share of those who are there that answers.
    var asked: Double
    /// The score, 0 … 10, about which answers lie.
    var mean: Double
    var comments: [(String, weight: Double)]
  }

  private static let moments: [String: Moment] = [
    "delivered": Moment(
      asked: 0.2, mean: 7.9,
      comments: [("came a day early", 0.3), ("well packed", 0.4), ("the parcel shop was closed", 0.3)]),
    "payment_failed": Moment(
      asked: 0.3, mean: 2.2,
      comments: [("my card was refused without a reason", 0.6), ("tried three times, gave up", 0.4)]),
    "thank_you_opened": Moment(
      asked: 0.06, mean: 6.2, comments: [("too many emails", 0.7), ("nice words", 0.3)]),
    "chat_started": Moment(
      asked: 0.25, mean: 8.8, comments: [("found the right scarf with me", 0.8), ("had to wait", 0.2)]),
    "checkout_started": Moment(
      asked: 0.03, mean: 4.6,
      comments: [("shipping cost came late", 0.6), ("why do I need an account", 0.4)]),
    "refund": Moment(
      asked: 0.3, mean: 4.4, comments: [("no label in the parcel", 0.6), ("money was back in two days", 0.4)]),
    "product_viewed": Moment(
      asked: 0.006, mean: 7.4, comments: [("lovely pictures", 0.6), ("is it real silver", 0.4)]),
  ]

  /// What a channel cost in a month: channel, first day, last day, cost.
  package static func costs(of story: ShopStory) -> [(channel: String, first: CivilDate, last: CivilDate, cost: Double)]
  {
    let monthly: [(String, Double)] = [("social", 96_000), ("search", 27_500), ("affiliate", 9_900), ("email", 2_100)]
    let first = story.firstDay.daysSince1970
    let last = first + story.days - 1
    var costs: [(String, CivilDate, CivilDate, Double)] = []
    var day = first
    while day <= last {
      let date = CivilDate(daysSince1970: day)
      let end = min(last, CivilDate(daysSince1970: day).lastOfMonth.daysSince1970)
      for (channel, cost) in monthly {
        costs.append((channel, date, CivilDate(daysSince1970: end), (cost * Double(end - day + 1) / 30).rounded()))
      }
      day = end + 1
    }
    return costs
  }
}

extension CivilDate {
  fileprivate var lastOfMonth: CivilDate {
    var day = daysSince1970
    while CivilDate(daysSince1970: day + 1).month == month { day += 1 }
    return CivilDate(daysSince1970: day)
  }
}
