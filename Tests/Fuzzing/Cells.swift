import Interchange
import TestSupport

/// Events by chance, as texts of several formats.
enum Cells {
  /// Values that are read as more than one thing, or nearly.
  static let words = [
    "u1", "visit", "2025-01-01", "2025-01-01T10:00:00Z", "2025-01-01 10:00:00.123456+02:00", "31/12/2024", "12/31/2024",
    "31.12.2024 23:59", "1735725600", "1735725600123", "1735725600.5", "-62135596800", "253402300799", "9999-12-31",
    "-1199-01-01",
    "99999999999999999999", "9223372036854775807", "-9223372036854775808", "1e308", "1e400", "-0.0", "007", "1_000",
    "NaN", "inf",
    "true", "FALSE", "", " ", "é", "👩‍👩‍👧‍👦", "=cmd()", "\u{1B}[31m", "\u{FEFF}", "a, b", "Wed, 01 Jan 2025 10:00:00 GMT",
    "10:00",
    "Jan 1 2025", "2025-W31", "2025-02-30", "24:00:00", "2025-06-30T23:59:60Z",
  ]

  /// Names of the products' exports.
  static let keys = [
    "event", "ts", "user_id", "anonymousId", "userId", "timestamp", "type", "properties", "properties.time",
    "distinct_id",
    "event_type", "event_time", "event_properties", "amplitude_id", "uuid", "event_name", "event_timestamp",
    "user_pseudo_id",
    "event_params", "key", "value", "string_value", "int_value", "collector_tstamp", "domain_userid", "network_userid",
    "domain_sessionid", "contexts", "$session_id", "person_id", "a", "a.b", "",
  ]

  private static func word(_ random: inout SeededRandom) -> String { words.randomElement(using: &random) ?? "" }

  static func table(_ random: inout SeededRandom) -> String {
    let delimiter = [",", ";", "\t", "|"].randomElement(using: &random) ?? ","
    let lineBreak = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
    let time = word(&random)
    let columns = Int.random(in: 3...6, using: &random)
    var rows = [Array(["user_id", "timestamp", "event", "seq", "session_id", "price"].prefix(columns))]
    if Int.random(in: 0..<4, using: &random) == 0 { rows = [] }
    for number in 0..<Int.random(in: 0...12, using: &random) {
      let isSteady = Int.random(in: 0..<4, using: &random) > 0
      rows.append(
        ["u\(number % 3)", isSteady ? time : word(&random), "e\(number % 4)"] + (3..<columns).map { _ in word(&random) }
      )
    }
    return rows.map { row in
      row.map { cell in
        let needsQuotes =
          cell.utf8.contains { "\"\n\r,;\t|".utf8.contains($0) } || Int.random(in: 0..<6, using: &random) == 0
        return needsQuotes ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
      }.joined(separator: delimiter)
    }.joined(separator: lineBreak) + lineBreak
  }

  // MARK: JSON

  /// By product: the keys of an event and what they hold; `@` is a value by chance, `#` a time.
  private static let shapes = [
    ##"{"user":"u@","ts":"#","event":"e@","p":@,"q":{"a":@,"b":[@,@]}}"##,
    ##"{"type":"track","userId":"u@","anonymousId":null,"timestamp":"#","event":"e@","properties":{"a":@,"b":@}}"##,
    ##"{"event":"e@","properties":{"time":1735725600,"distinct_id":"u@","a":@,"$insert_id":"@"}}"##,
    ##"{"event_type":"e@","user_id":"u@","event_time":"#","amplitude_id":1,"event_properties":{"a":@},"session_id":@}"##,
    ##"{"uuid":"@","event":"e@","distinct_id":"u@","timestamp":"#","properties":{"$session_id":"@","a":@}}"##,
    ##"{"event_name":"e@","event_timestamp":1735725600000000,"user_pseudo_id":"u@","event_params":[{"key":"a","value":{"int_value":@}}]}"##,
    ##"{"event_name":"e@","collector_tstamp":"#","domain_userid":"u@","domain_sessionid":"@","contexts":[{"data":@}]}"##,
  ]

  static func json(_ random: inout SeededRandom) -> String {
    let shape = shapes.randomElement(using: &random) ?? ""
    let time = Int.random(in: 0..<3, using: &random) == 0 ? word(&random) : "2025-01-01T10:00:00Z"
    let events = (0..<Int.random(in: 0...8, using: &random)).map { _ in
      shape.split(separator: "@", omittingEmptySubsequences: false).map(String.init).reduce("") { text, piece in
        let isInside = text.hasSuffix("\"u") || text.hasSuffix("\"e") || text.hasSuffix(":\"")
        return text.isEmpty
          ? piece : text + (isInside ? "\(Int.random(in: 0...4, using: &random))" : value(&random)) + piece
      }.replacing("#", with: time)
    }
    switch Int.random(in: 0..<3, using: &random) {
    case 0: return "[" + events.joined(separator: ",\n") + "]\n"
    case 1: return events.joined(separator: "\r\n")
    default: return events.joined(separator: "\n") + "\n"
    }
  }

  private static func value(_ random: inout SeededRandom) -> String {
    let word = word(&random)
    if Double(word) != nil, Bool.random(using: &random) { return word }
    return [
      "null", "true", "-1.5e3", "[]", "{}", "[1,\"x\"]", "{\"a\":{\"b\":1}}", "\"\\u00e9\\ud83d\\ude00\"",
      "\"\(word)\"",
      "\"\(word)\"",
    ].randomElement(using: &random) ?? "0"
  }

  // MARK: XES

  static func xes(_ random: inout SeededRandom) -> String {
    func escaped(_ text: String) -> String {
      text.replacing("&", with: "&amp;").replacing("\"", with: "&quot;").replacing("<", with: "&lt;")
    }
    func attribute(_ key: String, _ value: String, _ kind: String = "string") -> String {
      "<\(kind) key=\"\(key)\" value=\"\(escaped(value))\"/>"
    }
    let traces = (0..<Int.random(in: 0...3, using: &random)).map { number in
      let events = (0..<Int.random(in: 0...4, using: &random)).map { _ in
        let kind =
          ["string", "date", "int", "float", "boolean", "id", "list"].randomElement(using: &random) ?? "string"
        return "<event>" + attribute("concept:name", "e\(number)")
          + attribute("time:timestamp", Bool.random(using: &random) ? "2025-01-01T10:00:00Z" : word(&random), "date")
          + attribute("a", word(&random), kind) + "</event>\n"
      }
      return "<trace>" + attribute("concept:name", "u\(number)") + events.joined() + "</trace>\n"
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log xes.version=\"1.0\">\n" + traces.joined() + "</log>\n"
  }

  // MARK: Access logs

  static func accessLog(_ random: inout SeededRandom) -> String {
    func quoted(_ text: String) -> String { " \"" + text.replacing("\"", with: "\\\"") + "\"" }
    let isCombined = Bool.random(using: &random)
    return (0..<Int.random(in: 1...8, using: &random)).map { number in
      let site = Int.random(in: 0..<8, using: &random) == 0 ? "a.example:80 " : ""
      let user = number % 3 == 0 ? "-" : word(&random)
      let request = number % 4 == 3 ? word(&random) : "GET /\(number)?\(word(&random)) HTTP/1.1"
      let start = "\(site)10.0.0.\(number) - \(user) [1\(number)/Oct/2000:13:55:36 -0700]" + quoted(request) + " 200 -"
      return start + (isCombined ? quoted(word(&random)) + quoted("\\x\(number)2") : "")
    }.joined(separator: "\n") + "\n"
  }
}
