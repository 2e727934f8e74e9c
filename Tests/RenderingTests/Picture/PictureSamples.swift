import JourneyModel
import JourneyQuery
import JourneyTime

@testable import Rendering

/// Maps of every shape the picture must hold.
enum PictureSamples {
  /// Builds a map from the top: each element goes last under its parent.
  struct Builder {
    var map: JourneyMap

    init(_ name: String, title: String = "") { map = JourneyMap(name: name, title: title) }

    mutating func add(
      _ kind: ElementKind, _ name: String, under parent: ElementReference? = nil,
      _ attributes: [Attribute: [AttributeValue]] = [:]
    ) throws -> ElementReference {
      let position = map.children(of: parent, kind).count
      try map.apply(.insert(element: Element(kind, name, under: parent, attributes: attributes), position: position))
      return ElementReference(kind, name)
    }

    mutating func touchpoint(
      _ name: String, _ stage: ElementReference, _ channels: [String], _ emotion: Int?, owner: String = "",
      question: String = ""
    ) throws -> ElementReference {
      var attributes: [Attribute: [AttributeValue]] = [:]
      if !channels.isEmpty { attributes[.channel] = channels.map { .text($0) } }
      if let emotion { attributes[.emotion] = [.integer(emotion)] }
      if !owner.isEmpty { attributes[.owner] = [.text(owner)] }
      let touchpoint = try add(.touchpoint, name, under: stage, attributes)
      if !question.isEmpty { _ = try add(.question, question, under: touchpoint) }
      return touchpoint
    }
  }

  /// A shop for bags, belts and scarves: everything a map can hold, and what 20,000 customers did.
  static func shop() throws -> (map: JourneyMap, reading: MapReading) {
    var shop = Builder("shop", title: "Buying a bag at Linden & Loop")
    shop.map.notes = ["From the first sight of a bag to the day a friend asks where it is from."]
    try addPeople(to: &shop)
    try addFirstHalf(to: &shop)
    try addSecondHalf(to: &shop)
    // Seen, and of these at a later stage.
    let touchpoints = [
      "Instagram reel": (9_420, 8_006), "Search ad": (8_115, 6_980), "Lookbook": (10_870, 7_911),
      "Newsletter": (3_260, 2_744), "Product page": (11_904, 4_604), "Ask a stylist": (1_150, 866),
      "Flagship store": (2_480, 1_211), "Cart": (6_312, 1_950), "Checkout": (4_980, 1_950),
      "Order confirmation": (3_912, 1_904), "Parcel": (3_874, 0), "Care guide": (1_207, 0), "Share a look": (612, 0),
    ]
    let metrics = MapMetrics(
      customers: 20_000, onMap: 19_020,
      stages: [
        .init(name: "Awareness", seen: 16_240, joined: 16_240, passed: 0, left: 2_010, medianToNext: .minutes(7)),
        .init(name: "Interest", seen: 14_480, joined: 2_300, passed: 2_050, left: 4_112, medianToNext: .hours(26)),
        .init(name: "Consideration", seen: 12_106, joined: 480, passed: 792, left: 7_120, medianToNext: .days(3)),
        .init(name: "Purchase", seen: 5_400, joined: 0, passed: 378, left: 3_450, medianToNext: .days(4)),
        .init(name: "Post-purchase", seen: 2_328, joined: 0, passed: 0, left: 2_328),
      ],
      touchpoints: shop.map.all(.touchpoint).map { touchpoint in
        let (seen, wentOn) = touchpoints[touchpoint.name] ?? (0, 0)
        return .init(name: touchpoint.name, seen: seen, wentOn: wentOn)
      })
    return (shop.map, MapReading(metrics, of: Scope(), people: nil))
  }

  private static func addPeople(to shop: inout Builder) throws {
    for (name, note) in [
      ("Newcomer", "Has seen us once, compares three shops, buys a gift under 80 euros"),
      ("Regular", "Two or more orders a year, knows her size and colour, wants to be recognised"),
      ("Window shopper", "Saves looks for later, comes from social, seldom signs in"),
    ] { _ = try shop.add(.persona, name, [.note: [.text(note)]]) }
    _ = try shop.add(.kpi, "Checkout rate", [.target: [.share(0.4)]])
    _ = try shop.add(
      .goal, "Recommended by every second customer", [.target: [.number(30)], .due: [.date("2025-12-31")]])
    _ = try shop.add(.kpi, "Days from order to door", [.target: [.number(3)], .owner: [.text("Logistics")]])
  }

  private static func addFirstHalf(to shop: inout Builder) throws {
    let awareness = try shop.add(.stage, "Awareness")
    _ = try shop.add(.motivation, "Something that lasts longer than a season", under: awareness)
    let reel = try shop.touchpoint(
      "Instagram reel", awareness, ["social"], 1, owner: "Brand", question: "Is this my style?")
    _ = try shop.add(
      .win, "Makers in the first three seconds", under: reel, [.since: [.date("2025-06-01")], .target: [.share(0.05)]])
    let ad = try shop.touchpoint(
      "Search ad", awareness, ["search ad"], 0, owner: "Marketing", question: "Do they have it in green?")
    let wrong = try shop.add(.pain, "The ad shows a bag that is sold out", under: ad, [.severity: [.integer(3)]])
    _ = try shop.add(
      .opportunity, "Feed stock into the ads every hour", under: wrong,
      [.impact: [.integer(4)], .effort: [.integer(2)]])
    let interest = try shop.add(.stage, "Interest")
    _ = try shop.add(.need, "See it worn, by someone of my height", under: interest)
    _ = try shop.touchpoint("Lookbook", interest, ["web", "app"], 2, owner: "Brand", question: "What goes with it?")
    _ = try shop.touchpoint(
      "Newsletter", interest, ["email"], nil, owner: "CRM", question: "Why do they write so often?")
    let consideration = try shop.add(.stage, "Consideration")
    _ = try shop.add(.action, "Compares three shops in open tabs", under: consideration)
    _ = try shop.add(.question, "Will it arrive before the birthday?", under: consideration)
    let page = try shop.touchpoint(
      "Product page", consideration, ["web", "app"], 1, owner: "E-commerce", question: "How big is it really?")
    let size = try shop.add(.pain, "Photos do not show the size", under: page, [.severity: [.integer(4)]])
    _ = try shop.add(
      .opportunity, "A photo beside a laptop and a bottle", under: size,
      [.impact: [.integer(5)], .effort: [.integer(1)]])
    _ = try shop.touchpoint(
      "Ask a stylist", consideration, ["chat"], 2, owner: "Service", question: "Can somebody help me choose?")
    _ = try shop.touchpoint(
      "Flagship store", consideration, ["store"], 1, owner: "Retail", question: "May I touch the leather?")
  }

  private static func addSecondHalf(to shop: inout Builder) throws {
    let purchase = try shop.add(.stage, "Purchase")
    _ = try shop.add(.kpi, "Paid within a day", under: purchase, [.target: [.share(0.6)]])
    _ = try shop.touchpoint(
      "Cart", purchase, ["web", "app"], 0, owner: "E-commerce", question: "What will shipping cost?")
    let checkout = try shop.touchpoint(
      "Checkout", purchase, ["web", "app"], -2, owner: "E-commerce", question: "Is it safe?")
    _ = try shop.add(.quote, "I had to start all over again!", under: checkout, [.persona: [.text("Newcomer")]])
    _ = try shop.add(.backstage, "Stock is held for ten minutes", under: checkout, [.owner: [.text("Logistics")]])
    let late = try shop.add(
      .pain, "Shipping cost appears late", under: checkout, [.severity: [.integer(5)], .owner: [.text("Logistics")]])
    _ = try shop.add(
      .opportunity, "Show it in the cart", under: late, [.impact: [.integer(5)], .effort: [.integer(2)]])
    _ = try shop.add(.pain, "Must open an account", under: checkout, [.severity: [.integer(4)]])
    _ = try shop.add(.win, "Guest checkout", under: checkout, [.since: [.date("2025-08-01")], .target: [.share(0.05)]])
    _ = try shop.touchpoint("Order confirmation", purchase, ["email"], 1, owner: "CRM", question: "When will it come?")
    let after = try shop.add(.stage, "Post-purchase")
    let parcel = try shop.touchpoint(
      "Parcel", after, ["parcel"], 2, owner: "Logistics", question: "How do I send it back?")
    _ = try shop.add(.win, "A handwritten card in each box", under: parcel, [.since: [.date("2025-05-15")]])
    _ = try shop.touchpoint(
      "Care guide", after, ["email", "web"], 0, owner: "Service", question: "How do I care for the leather?")
    _ = try shop.touchpoint(
      "Share a look", after, ["social", "app"], 1, owner: "Brand", question: "Who else wears it?")
    _ = try shop.add(.opportunity, "Repair service for old bags", under: after, [.impact: [.integer(4)]])
  }

  static func small() throws -> JourneyMap {
    var small = Builder("visit")
    let names = [("Before", "Book a table", -1), ("There", "Dinner", 2), ("After", "Thank-you email", 1)]
    for (stage, touchpoint, emotion) in names {
      _ = try small.touchpoint(touchpoint, try small.add(.stage, stage), ["web"], emotion, owner: "Host")
    }
    return small.map
  }

  /// Stages with so many touchpoints each.
  static func large(_ counts: [Int]) throws -> JourneyMap {
    var large = Builder("large", title: "The whole relationship")
    let channels = ["email", "web", "app", "store", "phone", "social", "chat", "search ad", "parcel", "kiosk"]
    var number = 0
    for (index, count) in counts.enumerated() {
      let stage = try large.add(.stage, "Stage \(index + 1)")
      for _ in 0..<count {
        number += 1
        let emotion = number.isMultiple(of: 7) ? nil : [1, 2, 0, -1, -2, -1, 0, 1][number * 5 % 8]
        let touchpoint = try large.touchpoint(
          "Touchpoint number \(number)", stage, [channels[number % 10]], emotion,
          owner: ["Brand", "Service"][number % 2],
          question: number.isMultiple(of: 3) ? "What happens after step \(number)?" : "")
        if number.isMultiple(of: 4) {
          let pain = try large.add(
            .pain, "Waits for an answer at \(number)", under: touchpoint, [.severity: [.integer(number % 5 + 1)]])
          if number.isMultiple(of: 8) { _ = try large.add(.opportunity, "Answer \(number) at once", under: pain) }
        }
        if number.isMultiple(of: 9) { _ = try large.add(.win, "Win \(number)", under: touchpoint) }
      }
    }
    return large.map
  }

  static func worldly() throws -> JourneyMap {
    var map = Builder("旅", title: "京都の小さな宿 🏯 — お客様の旅、はじまりから思い出まで")
    _ = try map.add(.persona, "はじめての旅行者 🧳", [.note: [.text("日本語が読めない。静かな庭と朝ごはんを楽しみにしている。")]])
    _ = try map.add(.persona, "Владимир и Щукина", [.note: [.text("Путешествуют вдвоём каждую осень")]])
    let search = try map.add(.stage, "探す 🔍")
    let photo = try map.touchpoint(
      "写真を見る📸インスタグラムとブログの記事", search, ["social"], 2, owner: "広報", question: "庭は見えますか？朝食は部屋で食べられますか？")
    _ = try map.add(.win, "桜の季節の短い動画 🌸🌸🌸", under: photo)
    let book = try map.add(.stage, "예약하기")
    let form = try map.touchpoint("예약 양식과 결제 화면", book, ["web"], -2, owner: "프런트", question: "취소할 수 있나요?")
    let pain = try map.add(.pain, "クレジットカードの入力欄が英語だけで、何度もエラーになる😡", under: form, [.severity: [.integer(5)]])
    _ = try map.add(.opportunity, "👩‍👩‍👧‍👦家族向けのかんたん予約", under: pain, [.impact: [.integer(3)]])
    let stay = try map.add(.stage, "Aufenthalt im Donaudampfschifffahrtsgesellschaftskapitänszimmer")
    _ = try map.touchpoint(
      "DonaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenVerleih", stay, ["Empfang"], 1, owner: "مدير الفندق",
      question: "هل يمكنني البقاء لفترة أطول؟")
    _ = try map.touchpoint("🇳🇴🇦🇹🇯🇵 國際早餐", stay, ["店"], nil, owner: "ครัว", question: "มีอาหารมังสวิรัติไหม")
    return map.map
  }

  static func stagesOnly(_ names: [String]) throws -> JourneyMap {
    var map = Builder("draft")
    for name in names { _ = try map.add(.stage, name) }
    return map.map
  }
}
