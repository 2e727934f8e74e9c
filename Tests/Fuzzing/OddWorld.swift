import EventStore

// A store and a map of names and values that trip up whoever is careless.

extension SmallWorld {
  static let oddNames = [
    "", " ", "a", "tab\t", "two\nlines", "\u{1B}[31mred", "bell\u{7}", "nul\0", "del\u{7F}", "\u{9B}31mC1",
    "\u{202E}right",
    "say \"hi\"", "back\\slash", "e\u{301}", "é", "👩‍👩‍👧‍👦", "購入 手続き", "stage", "event", "$x", "42", "2025-01-01",
    "=cmd()", "<script>", "a|b", "a,b;c", "%s%n", "\u{FEFF}bom", "\u{301}",
  ]

  static let oddRows: [EventRow] = {
    let numbers = [0, -0.0, 1, -1, 0.1, 1e308, -1e308, .leastNonzeroMagnitude, 9_007_199_254_740_992, .pi]
    var rows: [EventRow] = []
    for index in 0..<180 {
      var row = EventRow(
        customer: index % 7 == 6 ? "c" : oddNames[index * 5 % oddNames.count],
        instant: 1_735_689_600_000_000 + Int64(index % 9) * 700_000_000_001, name: oddNames[index % oddNames.count])
      if index % 3 == 0 { row.order = numbers[index % numbers.count] }
      if index % 4 != 0 { row.properties.append(("device", .text(oddNames[index * 7 % oddNames.count]))) }
      if index % 5 != 0 { row.properties.append(("revenue", .number(numbers[index * 3 % numbers.count]))) }
      if index % 2 == 0 { row.properties.append(("visit", .text("s\(index / 8)"))) }
      if index % 6 == 1 { row.properties.append(("is \u{7}so", .truth(index % 4 == 1))) }
      if index % 6 == 2 { row.properties.append(("when", .time(moments[index % moments.count]))) }
      rows.append(row)
    }
    // A text that no screen holds.
    rows.append(
      EventRow(
        customer: "long", instant: 1_735_689_600_000_000, name: "a",
        properties: [("device", .text(String(repeating: "長い\u{7} ", count: 6_000)))]))
    return rows
  }()

  /// The years 1 and 9999, the ends of what a moment can be, and 1970.
  private static let moments: [Int64] = [
    0, -1, -62_135_596_800_000_000, 253_402_300_799_999_999, .min, .min + 1, .max, .max - 1,
  ]

  /// A few events as far apart as can be.
  static let farRows: [EventRow] = (0..<24).map { index in
    EventRow(
      customer: "u\(index / 8)", instant: moments[index % 8 * (index / 8 + 1) % 8],
      name: ["visit", "purchase"][index % 2],
      properties: [("revenue", .number(Double(index))), ("when", .time(moments[index % 8]))])
  }

  static let oddMap = #"""
    {"map": "odd map", "title": "Ti\u001b[31mtle\nin two lines", "notes": ["no\u0007te", ""],
     "stages": [
       {"name": "two\nlines", "touchpoints": [
         {"name": "\u202eright", "owner": "=cmd()", "channel": ["web", "a, b"], "emotion": -2, "links": ["tab\t", "gone"],
          "pains": [{"name": "pain\u0000", "severity": 5}], "questions": ["<script>alert(1)</script>"]},
         {"name": "購入 手続き 👩‍👩‍👧‍👦", "emotion": 2, "links": ["購入 手続き"],
          "kpis": [{"name": "Rate", "target": "12%", "as": "funnel a -> event \"two\\nlines\" within 7d"}]}]},
       {"name": "e\u0301", "touchpoints": []},
       {"name": "É", "touchpoints": [{"name": "say \"hi\"", "due": "2025-W31"}]}],
     "personas": [{"name": "P|ipe", "as": "device = \"é\" or did \"a\" 2 or more times"}],
     "goals": [{"name": "goal", "target": 1e300, "reviewed": "2025"}]}
    """#
}
