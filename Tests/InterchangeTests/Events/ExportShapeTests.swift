import EventStore
import JourneyTime
import SourceText
import Testing

@testable import Interchange

/// One or two events as each product exports them, made by hand after its documentation.
@Suite struct ExportShapeTests {
  private static let samples: [(product: String, text: String, roles: String, lines: [String])] = [
    (
      "Segment",
      #"""
      {"anonymousId":"a-1","channel":"client","context":{"page":{"path":"/"},"library":{"name":"analytics.js"}},"event":"Plan Chosen","messageId":"m1","properties":{"plan":"pro","price":12.5},"timestamp":"2025-01-06T10:00:00.123Z","type":"track","userId":"u1"}
      {"anonymousId":"a-1","messageId":"m2","name":"Home","properties":{"plan":null},"timestamp":"2025-01-06T09:00:00.000Z","type":"page","userId":null}
      """#,
      "customer userId, time timestamp, event event, device anonymousId",
      [
        "u1 2025-01-06T09:00:00Z page anonymousId=a-1 messageId=m2 type=page name=Home original_id=a-1",
        "u1 2025-01-06T10:00:00.123Z Plan Chosen anonymousId=a-1 channel=client context.page.path=/ context.library.name=analytics.js messageId=m1 plan=pro price=12.5 type=track original_id=u1",
      ]
    ),
    (
      "Mixpanel",
      #"""
      {"event":"Signed Up","properties":{"time":1736157600,"distinct_id":"u1","$insert_id":"i1","$city":"Oslo","mp_processing_time_ms":1736157601000}}
      {"event":"Paid","properties":{"time":1736161200,"distinct_id":"u1","$insert_id":"i2","amount":9.5}}
      """#,
      "customer distinct_id, time time, event event",
      [
        "u1 2025-01-06T10:00:00Z Signed Up $insert_id=i1 $city=Oslo mp_processing_time_ms=1736157601000",
        "u1 2025-01-06T11:00:00Z Paid $insert_id=i2 amount=9.5",
      ]
    ),
    (
      "Mixpanel",
      #"[{"event":"Paid","properties":{"time":1736161200250,"distinct_id":7}}]"#,
      "customer distinct_id, time time, event event", ["7 2025-01-06T11:00:00.25Z Paid"]
    ),
    (
      "Amplitude",
      #"""
      {"amplitude_id":123456789,"device_id":"d1","event_id":1,"event_properties":{"genre":"jazz"},"event_time":"2025-01-06 10:00:00.250000","event_type":"play","session_id":1736157600000,"user_id":null,"user_properties":{"plan":"free"}}
      """#,
      "customer user_id, time event_time, event event_type, session session_id, device device_id",
      [
        "d1 2025-01-06T10:00:00.25Z play amplitude_id=123456789 device_id=d1 event_id=1 genre=jazz session_id=1736157600000 user_properties.plan=free"
      ]
    ),
    (
      "PostHog",
      #"""
      {"uuid":"0194","event":"$pageview","distinct_id":"u1","timestamp":"2025-01-06T10:00:00.5+00:00","properties":{"$session_id":"s1","$browser":"Firefox","event":"odd"},"elements_chain":""}
      """#,
      "customer distinct_id, time timestamp, event event, session $session_id",
      [
        "u1 2025-01-06T10:00:00.5Z $pageview uuid=0194 $session_id=s1 $browser=Firefox properties.event=odd"
      ]
    ),
    (
      "GA4",
      #"""
      {"event_date":"20250106","event_timestamp":"1736157600250000","event_name":"page_view","event_params":[{"key":"page_location","value":{"string_value":"https://x/","int_value":null,"float_value":null,"double_value":null}},{"key":"ga_session_id","value":{"int_value":"1736157600"}},{"key":"value","value":{"double_value":2.5}}],"user_id":null,"user_pseudo_id":"1.2","user_properties":[],"items":[{"item_id":"a","price":3}],"device":{"category":"mobile"}}
      """#,
      "customer user_pseudo_id, time event_timestamp, event event_name, session ga_session_id",
      [
        "1.2 2025-01-06T10:00:00.25Z page_view event_date=20250106 page_location=https://x/ ga_session_id=1736157600 value=2.5 items=[{\"item_id\":\"a\",\"price\":3}] device.category=mobile"
      ]
    ),
    (
      "Snowplow",
      #"""
      {"app_id":"web","platform":"web","collector_tstamp":"2025-01-06T10:00:01.000Z","derived_tstamp":"2025-01-06T10:00:00.250Z","event":"unstruct","event_name":"link_click","domain_userid":"d1","user_id":null,"domain_sessionid":"s1","domain_sessionidx":3}
      {"collector_tstamp":"2025-01-06T10:00:02.000Z","event":"page_ping","event_name":null,"domain_userid":null,"user_id":"u9"}
      """#,
      "customer domain_userid, time derived_tstamp, event event_name, session domain_sessionid",
      [
        "d1 2025-01-06T10:00:00.25Z link_click app_id=web platform=web collector_tstamp=2025-01-06T10:00:01Z event=unstruct domain_sessionid=s1 domain_sessionidx=3",
        "u9 2025-01-06T10:00:02Z page_ping collector_tstamp=2025-01-06T10:00:02Z event=page_ping user_id=u9",
      ]
    ),
  ]

  @Test(arguments: samples.indices) func recognised(index: Int) throws {
    let sample = Self.samples[index]
    let oslo = try #require(Zone("Europe/Oslo"))
    // The workspace's zone does not count where the product says UTC.
    let result = try loaded(sample.text + "\n", LoadOptions(zone: oslo, isZoneGiven: false))
    #expect(result.summary.product == sample.product)
    #expect(result.summary.roles.map { "\($0.role.rawValue) \($0.column)" }.joined(separator: ", ") == sample.roles)
    #expect(result.store.lines == sample.lines)
  }

  @Test func whatIsGivenCounts() throws {
    let amplitude = Self.samples[3].text + "\n"
    let oslo = try #require(Zone("Europe/Oslo"))
    let options = LoadOptions(
      roles: [.customer: .name("user_properties.plan"), .event: .name("event_properties.genre")], zone: oslo)
    let result = try loaded(amplitude, options)
    #expect(result.store.lines.first?.hasPrefix("free 2025-01-06T09:00:00.25Z jazz ") == true)
    #expect(result.summary.product == "Amplitude")
  }

  /// What we write ourselves, and plain records, are no product's.
  @Test func others() throws {
    #expect(ExportShape.recognised(among: ["customer_id", "timestamp", "event", "type", "distinct_id"]) == nil)
    #expect(ExportShape.recognised(among: ["user_id", "event_type", "event_time", "price"]) == nil)
  }
}
