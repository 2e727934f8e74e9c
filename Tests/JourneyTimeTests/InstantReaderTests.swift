import Testing

@testable import JourneyTime

@Suite struct InstantReaderTests {
  /// Whatever stands in a text and around it, the reader gives what reading it alone gives.
  @Test(arguments: ["UTC", "Europe/Oslo", "America/Sao_Paulo", "+05:30"]) func readsWhatTheTextReads(name: String)
    throws
  {
    let zone = try #require(Zone(name))
    var reader = InstantReader(in: zone)
    var state: UInt64 = 7
    func random(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    var read = 0
    for _ in 0..<20_000 {
      func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
      let day = "\(2024 + random(2))-\(two(3 + random(8)))-\(two(1 + random(31)))"
      let clock = "\(two(random(25))):\(two(random(61))):\(two(random(62)))"
      let ending = ["", "Z", "z", ".5", ",123", ".123456", ".1234567Z", "+02:00", " UTC", ".", "x", ".5 PM"][random(12)]
      var text = Array((day + ["T", " ", "t", "_"][random(4)] + clock + ending).utf8)
      if random(4) == 0 { text[random(text.count)] = UInt8(45 + random(20)) }
      if random(9) == 0 { text.removeLast(random(text.count)) }
      let bytes = Array(repeating: UInt8(57), count: 3) + text + Array(repeating: 57, count: random(2) * 40)
      let expected = Instant(iso: text.span, in: zone)?.microseconds
      #expect(reader.read(bytes.span, 3, 3 + text.count) == expected, "\(String(decoding: text, as: UTF8.self))")
      if expected != nil { read += 1 }
    }
    #expect(read > 5_000)
  }

  /// Four digits of a year are all that is written, so an offset must not lead out of them; after a day in between too.
  @Test(arguments: ["UTC", "Europe/Oslo", "-18:00", "+18:00"]) func theEndsOfTime(name: String) throws {
    let zone = try #require(Zone(name))
    var reader = InstantReader(in: zone)
    for day in ["0001-01-01", "0001-01-02", "9999-12-30", "9999-12-31"] {
      for clock in ["T00:00:00", "T12:00:00", "T23:59:59.999999"] {
        for offset in ["", "Z", "+18:00", "-18:00"] {
          let text = Array((day + clock + offset).utf8)
          let padded = text + Array(repeating: 0, count: 40)
          let instant = reader.read(padded.span, 0, text.count)
          #expect(instant == Instant(iso: text.span, in: zone)?.microseconds, "\(day)\(clock)\(offset)")
          if let instant {
            let written = Instant(microseconds: instant).iso
            #expect(Instant(iso: Array(written.utf8).span, in: .utc)?.microseconds == instant, "\(written)")
          }
        }
      }
    }
    #expect(Instant.written.lowerBound.iso == "0001-01-01T00:00:00Z")
    #expect(Instant.written.upperBound.iso == "9999-12-31T23:59:59.999999Z")
  }
}
