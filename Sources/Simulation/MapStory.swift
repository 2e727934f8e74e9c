import EventStore
import JourneyModel
import JourneyTime

/// What a simulation of a map takes from it, and what it assumes beside: the dials are plain and made up, the same for every map.
package struct MapStory: Sendable {
  /// An event as it is made.
  package struct Happening: Sendable {
    package var name: String
    /// Of one name, all have values of one kind.
    package var properties: [(name: String, value: PropertyValue)]

    package init(_ name: String, _ properties: [(name: String, value: PropertyValue)] = []) {
      (self.name, self.properties) = (name, properties)
    }
  }

  /// What its own properties are called.
  package static let (personaProperty, channelProperty) = ("persona", "channel")

  /// A touchpoint as customers meet it.
  package struct Place: Sendable {
    /// Of which each visit makes one; not empty.
    var events: [Happening]
    /// −2 … +2, and 0 where the map does not say.
    var emotion: Int
    var channels: [String]
    /// Whom it is for; everyone where empty.
    var personas: [String]
  }

  /// In map order; none is empty.
  package let stages: [[Place]]
  package let personas: [String]
  /// Those that some event has.
  let properties: [(name: String, kind: Property.Kind)]

  static let firstDay = CivilDate(daysSince1970: 20_094)  // Monday 2025-01-06
  static let days = 182
  /// Of those who come: at the second stage, not at the first.
  static let laterStart = 0.15
  /// Of those at a stage: at a touchpoint of emotion 0, and how much more or fewer for each step of emotion.
  static let (visiting, visitingStep) = (0.5, 0.1)
  /// Of those at a stage: go on from it where its touchpoints have a mean emotion of 0, and likewise.
  static let (goingOn, goingOnStep) = (0.6, 0.1)
  /// Of those who go on: skip the next stage, if another follows it.
  static let skipping = 0.08
  /// Of those who do not: go back a stage.
  static let returning = 0.25
  static let mostReturns = 2
  /// Seconds from stage to stage, in the mean.
  static let betweenStages = 86_400.0

  /// How long people take to come to a touchpoint, by its channel; the first that has the channel.
  static let paces: [(name: String, seconds: Double, channels: [String])] = [
    ("10 minutes", 600, ["web", "website", "online", "app", "mobile", "chat", "phone", "call"]),
    ("12 hours", 43_200, ["email", "e-mail", "newsletter", "social", "search", "ads", "sms", "push"]),
    ("2 days", 172_800, ["store", "shop", "branch", "counter", "parcel", "post", "letter", "mail", "visit", "event"]),
  ]
  static let otherPace = (name: "4 hours", seconds: 14_400.0)

  /// - Parameter events: those that realise a touchpoint; one of its own name where there are none.
  package init(_ map: JourneyMap, events: (Element) -> [Happening]) {
    let tree = MapTree(map)
    stages = tree.children(of: nil, .stage).map { stage in
      tree.children(of: stage.reference, .touchpoint).map { touchpoint in
        let made = events(touchpoint)
        return Place(
          events: made.isEmpty ? [Happening(touchpoint.name)] : made, emotion: touchpoint.scale(.emotion) ?? 0,
          channels: touchpoint.texts(.channel), personas: touchpoint.texts(.persona))
      }
    }.filter { !$0.isEmpty }
    personas = map.all(.persona).map(\.name)
    var kinds: [(name: String, kind: Property.Kind)] = personas.isEmpty ? [] : [(Self.personaProperty, .text)]
    if stages.contains(where: { $0.contains { !$0.channels.isEmpty } }) { kinds.append((Self.channelProperty, .text)) }
    for (name, value) in stages.flatMap({ $0.flatMap { $0.events.flatMap(\.properties) } })
    where !kinds.contains(where: { $0.name == name }) {
      kinds.append((name, value.kind))
    }
    properties = kinds
  }

  static func pace(of channel: String?) -> Double {
    guard let channel = channel?.lowercased() else { return otherPace.seconds }
    return paces.first { $0.channels.contains(channel) }?.seconds ?? otherPace.seconds
  }

  /// What is assumed, in plain words, a sentence each.
  package var assumptions: [String] {
    let last = CivilDate(daysSince1970: Self.firstDay.daysSince1970 + Self.days - 1)
    var lines = [
      "customers come evenly from \(Self.firstDay) to \(last), \(percent(Self.laterStart)) of them at the second stage, the others at the first",
      """
      \(percent(Self.visiting)) of those at a stage come to each of its touchpoints, \(points(Self.visitingStep)) more or fewer for each step \
      of its emotion (0 where the map says none); everyone to one at least
      """,
      """
      \(percent(Self.goingOn)) go on to the next stage, \(points(Self.goingOnStep)) more or fewer for each step of the mean emotion of what they \
      met; \(percent(Self.skipping)) of these skip a stage
      """,
      """
      \(percent(Self.returning)) of the others go back a stage, \(Self.mostReturns) times at most; the rest are seen no more, and so is everyone \
      after the last stage
      """,
      "waits vary around a mean: "
        + Self.paces.map { "\($0.name) for \($0.channels.joined(separator: ", "))" }.joined(separator: "; ")
        + "; \(Self.otherPace.name) for other channels and none; another day between stages",
    ]
    if !personas.isEmpty {
      lines.append("each customer is one of the personas, as many of each, and meets no touchpoint that is for others")
    }
    return lines
  }

  private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))%" }
  private func points(_ share: Double) -> String { "\(Int((share * 100).rounded())) points" }
}
