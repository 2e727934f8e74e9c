import EventStore

/// The JSON that a product writes its events in, known by the names in it. Names are paths: `properties.time`.
struct ExportShape: Sendable {
  /// Nil for a standard, which is nobody's.
  let product: String?
  /// Of each list one name must be there; `context.` stands for any that begins so.
  let needs: [[String]]
  /// Names for each role, best first: an event takes the first that it has a value for.
  let roles: [ColumnRole: [String]]
  /// In front of what the product calls properties of the event; they go without it where nothing else has the name.
  let prefix: String
  /// Where a row says that two ids are one person's.
  var identities: [Joint] = []

  struct Joint: Sendable {
    /// Names of an id and of the person's own.
    let id: String
    let person: String
    /// The events that say so; all where there are none.
    var events: [String] = []
    /// In front of ids where they stand as customers; without it they may stand there, too.
    var mark = ""
  }

  /// The first that fits. Those with the most particular names come first. What Waymark exported is nobody else's, whatever its properties
  /// are called.
  static func recognised(among paths: some Sequence<String>) -> ExportShape? {
    let paths = Set(paths)
    if ExportColumns.areIn(paths) { return nil }
    func isThere(_ name: String) -> Bool {
      name.hasSuffix(".") ? paths.contains { $0.hasPrefix(name) } : paths.contains(name)
    }
    return all.first { shape in shape.needs.allSatisfy { $0.contains(where: isThere) } }
  }

  static let all: [ExportShape] = [
    // https://developers.google.com/analytics/bigquery/event-schema
    ExportShape(
      product: "GA4", needs: [["event_name"], ["event_timestamp"], ["user_pseudo_id"]],
      roles: [.customer: ["user_pseudo_id", "user_id"], .time: ["event_timestamp"], .event: ["event_name"]],
      prefix: "event_params."),
    // https://docs.snowplow.io/docs/fundamentals/canonical-event
    ExportShape(
      product: "Snowplow",
      needs: [["collector_tstamp"], ["domain_userid", "user_id", "network_userid"], ["event_name", "event"]],
      roles: [
        .customer: ["domain_userid", "user_id", "network_userid"], .time: ["derived_tstamp", "collector_tstamp"],
        .event: ["event_name", "event"], .session: ["domain_sessionid"],
      ],
      prefix: ""),
    // https://amplitude.com/docs/apis/analytics/export
    ExportShape(
      product: "Amplitude",
      needs: [
        ["event_type"], ["user_id", "device_id"], ["event_time", "client_event_time"],
        ["amplitude_id", "event_properties.", "user_properties.", "$insert_id"],
      ],
      roles: [
        .customer: ["user_id", "device_id"], .time: ["event_time", "client_event_time"], .event: ["event_type"],
        .session: ["session_id"],
      ],
      prefix: "event_properties.", identities: [Joint(id: "device_id", person: "user_id")]),
    // https://docs.mixpanel.com/reference/raw-event-export
    ExportShape(
      product: "Mixpanel", needs: [["event"], ["properties.time"], ["properties.distinct_id"]],
      roles: [.customer: ["properties.distinct_id"], .time: ["properties.time"], .event: ["event"]],
      prefix: "properties.",
      // https://docs.mixpanel.com/docs/tracking-methods/id-management
      identities: [
        Joint(id: "properties.$device_id", person: "properties.$user_id", mark: "$device:"),
        Joint(
          id: "properties.$anon_id", person: "properties.$identified_id", events: ["$identify"], mark: "$device:"),
        Joint(id: "properties.alias", person: "properties.distinct_id", events: ["$create_alias"]),
      ]),
    // https://posthog.com/docs/data-pipelines/batch-exports/s3
    ExportShape(
      product: "PostHog", needs: [["event"], ["distinct_id"], ["timestamp"], ["properties.", "uuid", "person_id"]],
      roles: [
        .customer: ["distinct_id"], .time: ["timestamp"], .event: ["event"], .session: ["properties.$session_id"],
      ],
      prefix: "properties.",
      // https://posthog.com/docs/product-analytics/identify
      identities: [
        Joint(id: "properties.$anon_distinct_id", person: "distinct_id", events: ["$identify"]),
        Joint(id: "properties.alias", person: "distinct_id", events: ["$create_alias", "$merge_dangerously"]),
      ]),
    // https://www.twilio.com/docs/segment/connections/spec/common
    ExportShape(
      product: "Segment",
      needs: [["type"], ["userId", "anonymousId"], ["timestamp", "originalTimestamp", "receivedAt"]],
      roles: [
        .customer: ["userId", "anonymousId"], .time: ["timestamp", "originalTimestamp", "receivedAt"],
        .event: ["event", "type"],
      ],
      prefix: "properties.",
      // https://segment.com/docs/connections/spec/alias
      identities: [Joint(id: "anonymousId", person: "userId"), Joint(id: "previousId", person: "userId")]),
  ]
}

extension ExportShape {
  /// What columns with these paths are called: each name once.
  func names(of paths: [String]) -> [String] {
    let known = Set(paths)
    var taken = known
    return paths.map { path in
      guard !prefix.isEmpty, path.hasPrefix(prefix) else { return path }
      let short = String(path.dropFirst(prefix.count))
      return !short.isEmpty && taken.insert(short).inserted ? short : path
    }
  }
}
