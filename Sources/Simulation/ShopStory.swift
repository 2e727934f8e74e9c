import JourneyTime

/// What is planted in the sample shop for an analyst to find, and the dials of everyday life around it.
///
/// The tests ask for each story through ordinary statements.
package struct ShopStory: Sendable {
  /// Customers arrive from the first to the last day.
  package var firstDay = CivilDate(daysSince1970: 20_038)  // Monday 2024-11-11
  package var days = 231  // to Sunday 2025-06-29

  /// Story 1: for two weeks the payment page does not work on phones.
  package var brokenDevice = "phone"
  package var brokenDays = 147..<161  // 2025-04-07 ..< 2025-04-21
  package var brokenSuccess = 0.12

  /// Story 2: this channel brings many and keeps few.
  package var fickleChannel = "social"
  package var fickleReturn = 0.14

  /// Story 3: a small win that worked. Guest checkout, from Monday 2025-03-03.
  package var guestCheckoutDay = 112
  package var successBefore = 0.64
  package var successAfter = 0.81

  /// Story 4: a small win that did not. A reminder of the wishlist goes out from Monday 2025-05-05, and nothing follows from it.
  package var reminderDay = 175

  /// Story 5: who follows this channel knows what they want: many go from a product straight to the checkout, and most of them pay.
  package var directedChannel = "email"

  /// Story 6: shipping shows only at the checkout. Some turn back from there to the products, and few of them return.
  package var turningBack = 0.24
  package var returnToCheckout = 0.35

  /// Story 7: some look around on a phone, where the shop knows only a cookie, and sign in on their desktop when they come again: what
  /// phones bring shows once both ids are one person.
  package var firstDevice = "phone"
  package var secondDevice = "desktop"
  package var cookies = 0.3

  /// Story 8: whoever buys with a coupon came for the coupon.
  package var couponReturn = 0.4

  /// Story 9: the keen ask in the chat, and buy; not because of the chat.
  package var keen = 0.22
  package func chatShare(isKeen: Bool) -> Double { isKeen ? 0.24 : 0.03 }

  /// Story 10: who comes again often does so by the newsletter or by themselves, whatever brought them: the last touch flatters both.
  package var laterChannels: [(String?, weight: Double)] { [(nil, 0.5), ("direct", 0.3), ("email", 0.2)] }

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
  package func returnShare(of channel: String, withCoupon: Bool) -> Double {
    let share = channel == fickleChannel ? fickleReturn : channel == "email" ? 0.68 : 0.58
    return withCoupon ? couponReturn * share : share
  }

  /// How likely a product that was looked at is bought at once, without a cart.
  package func expressShare(of channel: String) -> Double { channel == directedChannel ? 0.34 : 0.03 }

  /// How likely a visit that looked at products puts one in the cart; buyers know what they come back for.
  package func cartShare(isBuyer: Bool, isKeen: Bool) -> Double { isKeen ? 0.78 : isBuyer ? 0.58 : 0.37 }

  /// How likely a started checkout is paid, on a day counted from `firstDay`.
  package func paymentSuccess(device: String, day: Int) -> Double {
    if device == brokenDevice, brokenDays.contains(day) { return brokenSuccess }
    let base = day < guestCheckoutDay ? successBefore : successAfter
    return device == "tablet" ? base - 0.03 : base
  }
}
