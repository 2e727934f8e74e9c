import JourneyModel

/// Small drawings on a grid of 16 units, stroked 1.4 wide unless filled. All our own.
enum Glyph: String, CaseIterable, Hashable, Sendable {
  case email, web, app, store, phone, social, chat, search, parcel, channel
  case question, need, action, motivation, quote, gears, target, pain, opportunity, flag, person, people
  case delighted, indifferent, frustrated

  /// What strokes draw.
  var strokes: String {
    switch self {
    case .email: "M1.8 3.5h12.4v9H1.8zM2 4l6 5 6-5"
    case .web: "M8 1.7a6.3 6.3 0 1 0 0 12.6a6.3 6.3 0 1 0 0-12.6zM1.7 8h12.6M8 1.7c-4 4-4 8.6 0 12.6c4-4 4-8.6 0-12.6z"
    case .app:
      "M5.6 1.5h4.8a1.2 1.2 0 0 1 1.2 1.2v10.6a1.2 1.2 0 0 1-1.2 1.2H5.6a1.2 1.2 0 0 1-1.2-1.2V2.7a1.2 1.2 0 0 1 1.2-1.2zM7 12.3h2"
    case .store:
      "M2.7 7.5v6.3h10.6V7.5M1.7 5.6L3.2 2.2h9.6l1.5 3.4c0 2.4-3.1 2.4-3.1 0c0 2.4-3.2 2.4-3.2 0c0 2.4-3.2 2.4-3.2 0c0 2.4-3.1 2.4-3.1 0zM6.4 13.8V10h3.2v3.8"
    case .phone:
      "M4.6 1.8L6.4 5 4.9 6.8c.9 1.9 2.4 3.4 4.3 4.3L11 9.6l3.2 1.8v1.8c0 .8-.6 1.3-1.4 1.2C6.9 13.8 2.2 9.1 1.6 3.2c-.1-.8.4-1.4 1.2-1.4z"
    case .social:
      "M3.8 8m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M12 3.6m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M12 12.4m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0M5.6 7.1l4.6-2.5M5.6 8.9l4.6 2.5"
    case .chat: "M2 3h12v8H7.5L4.5 13.8V11H2zM5 7h.01M8 7h.01M11 7h.01"
    case .search: "M6.8 2.2a4.6 4.6 0 1 0 0 9.2a4.6 4.6 0 1 0 0-9.2zM10.2 10.2l3.9 3.9"
    case .parcel: "M2 5l6-3.2L14 5v6.3l-6 3.2-6-3.2zM2 5l6 3.2L14 5M8 8.2v6.3M5 3.4l6 3.2"
    case .channel: "M8 8h.01M5.2 5.2a4 4 0 0 0 0 5.6M10.8 5.2a4 4 0 0 1 0 5.6M3 3a7 7 0 0 0 0 10M13 3a7 7 0 0 1 0 10"
    case .question:
      "M8 1.7a6.3 6.3 0 1 0 0 12.6a6.3 6.3 0 1 0 0-12.6zM6 6.3c0-2.6 4-2.6 4 0c0 1.6-2 1.6-2 3.1M8 11.6h.01"
    case .need: "M8 13.7C3.5 10.6 1.8 8.4 1.8 5.9c0-3.6 4.5-4.7 6.2-1.4c1.7-3.3 6.2-2.2 6.2 1.4c0 2.5-1.7 4.7-6.2 7.8z"
    case .action: "M4.5 2.5l7.5 5.5-7.5 5.5z"
    case .motivation: "M9 1.5L3.5 9H8l-1 5.5L12.5 7H8z"
    case .quote:
      "M3 10.5c-.4-3.6.9-6 3.6-7M3 9.2h3.4v3.3H3zM9.4 10.5c-.4-3.6.9-6 3.6-7M9.4 9.2h3.4v3.3H9.4z"
    case .gears:
      "M8 5.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 1 0 0-5.6zM8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6l1.4 1.4M11 11l1.4 1.4M12.4 3.6L11 5M5 11l-1.4 1.4"
    case .target: "M8 1.7a6.3 6.3 0 1 0 0 12.6a6.3 6.3 0 1 0 0-12.6zM8 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6zM8 8h.01"
    case .pain: "M8 2l6.5 11.7h-13zM8 6.5v3.5M8 11.9h.01"
    case .opportunity: "M5.8 11c0-1.3-2-2.3-2-4.9a4.2 4.2 0 0 1 8.4 0c0 2.6-2 3.6-2 4.9zM6.2 13.3h3.6M7 15.2h2"
    case .delighted: Self.face + "M4.8 9.3c.6 3.3 5.8 3.3 6.4 0z"
    case .indifferent: Self.face + "M5.3 10.5h5.4"
    case .frustrated: Self.face + "M5 11.5c.6-2.6 5.4-2.6 6 0"
    case .flag: "M3.5 1.5v13"
    case .person: "M8 2.2a2.9 2.9 0 1 0 0 5.8a2.9 2.9 0 1 0 0-5.8zM2.5 14c.3-5.3 10.7-5.3 11 0"
    case .people:
      "M5.8 3a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5zM1.3 13.5c.2-4.6 8.8-4.6 9 0M10.5 3.2a2.4 2.4 0 0 1 0 4.6M12 10c1.6.5 2.6 1.6 2.7 3.5"
    }
  }

  private static let face = "M8 1.7a6.3 6.3 0 1 0 0 12.6a6.3 6.3 0 1 0 0-12.6zM5.8 6.3h.01M10.2 6.3h.01"

  /// What is filled.
  var fills: String? { self == .flag ? "M3.5 2h9.8l-2.7 3.2 2.7 3.2H3.5z" : nil }

  /// The glyph of a channel by its name; the words are those of common channel lists, in any case.
  init(channel name: String) {
    let words = Set(name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
    let joined = words.union([name.lowercased().filter { $0.isLetter }])
    self = Self.channelWords.first { !$0.words.isDisjoint(with: joined) }?.glyph ?? .channel
  }

  private static let channelWords: [(glyph: Glyph, words: Set<String>)] = [
    (.email, ["email", "emails", "mail", "newsletter", "inbox"]),
    (
      .social,
      ["social", "instagram", "facebook", "tiktok", "pinterest", "twitter", "x", "linkedin", "youtube", "influencer"]
    ),
    (.chat, ["chat", "livechat", "chatbot", "messenger", "whatsapp", "sms", "text", "bot", "wechat", "line"]),
    (
      .search,
      ["search", "ad", "ads", "seo", "sea", "sem", "google", "paid", "display", "banner", "affiliate", "advert"]
    ),
    (.store, ["store", "shop", "shops", "stores", "retail", "branch", "pos", "counter", "showroom", "event"]),
    (.app, ["app", "mobile", "ios", "android", "push", "mobileapp"]),
    (.phone, ["phone", "call", "calls", "telephone", "hotline", "callcenter", "callcentre", "tel"]),
    (.parcel, ["parcel", "post", "delivery", "courier", "package", "packaging", "shipping", "letter", "directmail"]),
    (.web, ["web", "website", "site", "online", "webshop", "browser", "blog", "landing", "ecommerce", "desktop"]),
  ]

  init(_ kind: ElementKind) {
    switch kind {
    case .question: self = .question
    case .need: self = .need
    case .action: self = .action
    case .motivation: self = .motivation
    case .quote: self = .quote
    case .backstage: self = .gears
    case .kpi, .goal: self = .target
    case .pain: self = .pain
    case .opportunity: self = .opportunity
    case .win: self = .flag
    case .persona: self = .person
    case .channel: self = .channel
    case .stage, .touchpoint: self = .people
    }
  }
}
