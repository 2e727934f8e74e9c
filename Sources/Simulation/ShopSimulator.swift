import EventStore
import JourneyTime

/// What one person did.
package struct ShopJourney: Sendable {
  package var customer: String
  /// Under which the shop knows their first events, where they looked around before they signed in.
  package var cookie: String?
  /// The first in time stands first. Each is of the id that the shop knew by then.
  package var rows: [EventRow]

  /// Whether the shop has seen the cookie and the customer to be one.
  package var isSignedIn: Bool { rows.last?.customer == customer }
}

/// The sample shop's customers, one after the other: who they are, what they do, and when.
///
/// A customer arrives, looks around, perhaps buys, perhaps comes back. What happens next is drawn from `ShopStory`; times between
/// events are exponential around means that people would recognise. Nothing lies after the last day.
package struct ShopSimulator: Sendable {
  package let story: ShopStory
  private let start: Int64
  private let end: Int64

  package init(story: ShopStory = ShopStory()) {
    self.story = story
    start = Int64(story.firstDay.daysSince1970) * 86_400
    end = start + Int64(story.days) * 86_400
  }

  /// Everything that `customers` people did.
  package func journeys(customers: Int, seed: UInt64) -> [ShopJourney] {
    (0..<customers).map { number in
      var visitor = Visitor(number: number, story: story, chance: Chance(seed: seed &+ UInt64(number) &* 0x2545_F491))
      visitor.live(from: start, to: end)
      return visitor.journey
    }
  }
}

/// One customer in the making.
private struct Visitor {
  var journey: ShopJourney
  let story: ShopStory
  var chance: Chance
  let country: String
  /// By which they came first, and by which they came now.
  private let origin: String
  private var channel: String
  /// What they buy on, and what they are on now.
  private let ownDevice: String
  private var device: String
  /// The id that the shop knows now.
  private var id: String
  private let isKeen: Bool
  /// Whether a visit so far ended with a purchase, and the last of these was with a coupon.
  private var isBuyer = false
  private var hadCoupon = false
  /// Seconds since 1970.
  private var now: Int64 = 0
  private var end: Int64 = 0

  init(number: Int, story: ShopStory, chance: Chance) {
    journey = ShopJourney(customer: "u\(number + 1)", rows: [])
    self.story = story
    var chance = chance
    ownDevice = chance.pick(story.devices) ?? "phone"
    origin = chance.pick(story.channels) ?? "direct"
    country = chance.pick(story.countries) ?? "NO"
    isKeen = chance.happens(story.keen)
    (id, device, channel) = (journey.customer, ownDevice, origin)
    if ownDevice == story.secondDevice, chance.happens(story.cookies) {
      let cookie = "v-" + String(chance.next() >> 32, radix: 36)
      journey.cookie = cookie
      (id, device) = (cookie, story.firstDevice)
    }
    self.chance = chance
  }

  mutating func live(from start: Int64, to end: Int64) {
    self.end = end
    now = start + Int64(chance.share() * Double(end - start))
    now += Int64(chance.number(in: 7...22)) * 3_600 - now % 86_400 + Int64(chance.number(in: 0...3_599))
    if channel == "social" || channel == "search" { act("ad_clicked") }
    var visits = 0
    repeat {
      visits += 1
      let bought = visit()
      isBuyer = isBuyer || bought
      let comesBack = bought ? story.returnShare(of: origin, withCoupon: hadCoupon) : 0.34
      guard visits < 8, chance.happens(comesBack) else { return }
      wait(days: bought ? 21 : 4)
      signIn()
      device = ownDevice
      channel = (chance.pick(story.laterChannels) ?? nil) ?? origin
    } while now < end
  }

  /// One visit to the shop; true if something was bought.
  private mutating func visit() -> Bool {
    act("visit")
    guard chance.happens(0.83) else { return false }
    if chance.happens(0.22) {
      wait(seconds: 40)
      act("lookbook_viewed")
    }
    var item = pickItem()
    for _ in 0..<chance.number(in: 1...4) {
      wait(seconds: 55)
      item = pickItem()
      act("product_viewed", item)
    }
    if chance.happens(story.expressShare(of: origin)) { return checkOut(item) }
    if chance.happens(story.chatShare(isKeen: isKeen)) {
      wait(seconds: 60)
      act("chat_started")
    }
    if chance.happens(0.24) { wish(for: item) }
    guard chance.happens(story.cartShare(isBuyer: isBuyer, isKeen: isKeen)) else { return false }
    wait(seconds: 70)
    act("cart_added", item)
    guard chance.happens(0.66) else { return false }
    wait(seconds: 150)
    return checkOut(item)
  }

  private mutating func checkOut(_ item: Item) -> Bool {
    signIn()
    act("checkout_started", item)
    if chance.happens(story.turningBack) {
      wait(seconds: 90)
      act("product_viewed", pickItem())
      guard chance.happens(story.returnToCheckout) else { return false }
      wait(seconds: 200)
      act("checkout_started", item)
    }
    return pay(for: item)
  }

  private mutating func signIn() { id = journey.customer }

  private mutating func wish(for item: Item) {
    act("wishlist_added", item)
    let noted = now
    if day >= story.reminderDay, chance.happens(0.75) {
      wait(days: 2)
      act("reminder_opened")
    }
    now = noted
  }

  private mutating func pay(for item: Item) -> Bool {
    let guest = day >= story.guestCheckoutDay && chance.happens(0.45)
    wait(seconds: guest ? 95 : 210)
    guard chance.happens(story.paymentSuccess(device: device, day: day)) else {
      let isBroken = device == story.brokenDevice && story.brokenDays.contains(day)
      if chance.happens(isBroken ? 0.9 : 0.15) { act("payment_failed", item) }
      return false
    }
    var paid = item
    hadCoupon = chance.happens(0.18)
    if hadCoupon {
      paid.coupon = "WELCOME10"
      paid.price = paid.price * 9 / 10
    }
    act("purchase", paid)
    afterwards(item)
    return true
  }

  /// What follows a purchase while the customer's own time stands still.
  private mutating func afterwards(_ item: Item) {
    let bought = now
    if chance.happens(0.62) {
      wait(seconds: 2_400)
      act("thank_you_opened")
    }
    wait(days: 1)
    now += 2 * 86_400
    act("delivered", item)
    if chance.happens(0.09) {
      wait(days: 5)
      act("refund", item)
    } else if chance.happens(0.11) {
      wait(days: 6)
      act("review_written", item)
    }
    now = bought
  }

  private struct Item {
    var category: String
    var price: Int
    var coupon: String?
  }

  private mutating func pickItem() -> Item {
    let choices = story.categories.map { (($0.0, $0.price), weight: $0.weight) }
    let (category, price) = chance.pick(choices) ?? ("scarves", 190...590)
    return Item(
      category: category, price: chance.number(in: (price.lowerBound / 10)...(price.upperBound / 10)) * 10 - 1)
  }

  /// Days since the story's first one.
  private var day: Int { Int(now / 86_400) - story.firstDay.daysSince1970 }

  private mutating func wait(seconds: Double) { now += chance.wait(mean: seconds) }
  private mutating func wait(days: Double) { now += chance.wait(mean: days * 86_400) }

  private mutating func act(_ event: String, _ item: Item? = nil) {
    guard now < end else { return }
    var properties: [(name: String, value: PropertyValue)] = [
      ("device", .text(device)), ("channel", .text(channel)), ("country", .text(country)),
    ]
    if let item {
      properties.append(("category", .text(item.category)))
      properties.append(("price", .number(Double(item.price))))
      if event == "purchase" { properties.append(("revenue", .number(Double(item.price)))) }
      if let coupon = item.coupon { properties.append(("coupon", .text(coupon))) }
    }
    journey.rows.append(EventRow(customer: id, instant: now * 1_000_000, name: event, properties: properties))
  }
}
