import JourneyTime

/// What is planted in the sample shop for an analyst to find, and the dials of everyday life around it.
///
/// The tests ask for each story through ordinary statements.
package struct ShopStory: Sendable {
  /// Customers arrive from the first to the last day.
  package var firstDay = CivilDate(daysSince1970: 20_094)  // Monday 2025-01-06
  package var days = 175  // to Sunday 2025-06-29

  /// Story 1: for two weeks the payment page does not work on phones.
  package var brokenDevice = "phone"
  package var brokenDays = 91..<105  // 2025-04-07 ..< 2025-04-21
  package var brokenSuccess = 0.12

  /// Story 2: this channel brings many and keeps few.
  package var fickleChannel = "social"
  package var fickleReturn = 0.14

  /// Story 3: a small win that worked. Guest checkout, from Monday 2025-03-03.
  package var guestCheckoutDay = 56
  package var successBefore = 0.55
  package var successAfter = 0.69

  /// Story 4: a small win that did not. A reminder of the wishlist goes out from Monday 2025-05-05, and nothing follows from it.
  package var reminderDay = 119

  package init() {}

  /// Weights of the channels by which people come.
  package var channels: [(String, weight: Double)] {
    [("social", 0.38), ("search", 0.24), ("email", 0.12), ("store", 0.10), ("affiliate", 0.09), ("direct", 0.07)]
  }

  package var devices: [(String, weight: Double)] {
    [("phone", 0.56), ("desktop", 0.34), ("tablet", 0.10)]
  }

  package var countries: [(String, weight: Double)] {
    [("NO", 0.46), ("SE", 0.22), ("DK", 0.14), ("DE", 0.12), ("AT", 0.06)]
  }

  package var categories: [(String, weight: Double, price: ClosedRange<Int>)] {
    [
      ("scarves", 0.30, 190...590), ("bags", 0.24, 490...2_490), ("jewellery", 0.20, 150...1_290),
      ("hats", 0.14, 190...490), ("belts", 0.12, 240...690),
    ]
  }

  /// How likely a buyer who came by this channel visits the shop again after a purchase.
  package func returnShare(of channel: String) -> Double {
    channel == fickleChannel ? fickleReturn : channel == "email" ? 0.66 : 0.54
  }

  /// How likely a visit that looked at products puts one in the cart; buyers know what they come back for.
  package func cartShare(isBuyer: Bool) -> Double { isBuyer ? 0.62 : 0.46 }

  /// How likely a started checkout is paid, on a day counted from `firstDay`.
  package func paymentSuccess(device: String, day: Int) -> Double {
    if device == brokenDevice, brokenDays.contains(day) { return brokenSuccess }
    let base = day < guestCheckoutDay ? successBefore : successAfter
    return device == "tablet" ? base - 0.03 : base
  }
}
