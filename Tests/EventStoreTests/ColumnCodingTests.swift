import TestSupport
import Testing

@testable import EventStore

/// What is packed reads back as it was; what is not as it was packed is refused or harmless, never a trap.
@Suite struct ColumnCodingTests {
  /// Lengths around those at which forms change: words, blocks, parts of four.
  private static let counts = [0, 1, 3, 4, 5, 63, 64, 65, 1023, 1024, 1025, 5000]

  @Test(arguments: counts) func `codes of any spread read back`(count: Int) throws {
    var random = RandomRuns(seed: UInt64(count))
    for most: UInt32 in [0, 1, 2, 24, 255, 256, 70_000, .max] {
      for run in [1, 3, 50] {
        let codes = CodeColumn((0..<count).map { _ in random.isRepeated(run) ? random.last : random.next(upTo: most) })
        let parts = ColumnPart.packing(codes)
        #expect(try parts.codes(rows: count, limit: Int(most) + 1) == codes)
        if let largest = codes.largest, largest > 0 {
          #expect(throws: ColumnFault("a code without a name")) { try parts.codes(rows: count, limit: largest) }
        }
        #expect(throws: ColumnFault.self) { try parts.codes(rows: count + 1, limit: .max) }
      }
    }
  }

  @Test(arguments: counts) func `instants of any unit and span read back`(count: Int) throws {
    var random = RandomRuns(seed: UInt64(count))
    for unit: Int64 in [1, 1_000, 1_000_000, 60_000_000, 7] {
      for base: Int64 in [0, .min, -5_000_000, 1_700_000_000_123_456] {
        for most: UInt32 in [0, 200, 5_000_000, .max] {
          let instants = (0..<count).map { _ in base &+ Int64(random.next(upTo: most)) &* unit }
          #expect(try ColumnPart.packing(instants: instants).instants(rows: count) == instants)
        }
      }
    }
    let ends: [Int64] = [.min, .max, 0, .max, .min, -1]
    #expect(try ColumnPart.packing(instants: ends).instants(rows: 6) == ends)
  }

  @Test func `offsets read back`() throws {
    var random = RandomRuns(seed: 1)
    for runs in [0, 1, 2, 1024, 3000] {
      var offsets: [UInt32] = [0]
      for _ in 0..<runs { offsets.append(offsets[offsets.count - 1] + 1 + random.next(upTo: 40)) }
      let rows = Int(offsets[runs])
      let parts = ColumnPart.packing(offsets: offsets)
      #expect(try parts.offsets(runs: runs, rows: rows) == offsets)
      #expect(throws: ColumnFault.self) { try parts.offsets(runs: runs, rows: rows + 1) }
    }
  }

  @Test(arguments: counts) func `properties of every kind read back`(count: Int) throws {
    var random = RandomRuns(seed: UInt64(count))
    for share: UInt32 in [0, 1, 50, 99, 100] {
      var (present, bits) = (Bitmap(count: count), Bitmap(count: count))
      for row in 0..<count where random.next(upTo: 99) < share {
        present[row] = true
        bits[row] = random.next(upTo: 1) == 0
      }
      func number(_ value: Double) -> PropertyColumn {
        .number((0..<count).map { present[$0] ? value * Double($0 % 90) : .nan }, present: present)
      }
      let times = (0..<count).map { present[$0] ? Int64($0) * 1_000_003 : 0 }
      var columns: [PropertyColumn] = [.truth(bits, present: present), .time(times, present: present)]
      for value in [1, -0.01, 1e-7, 0.1 + 0.2, 1e300, .infinity, -0.0, .pi] { columns.append(number(value)) }
      for column in columns {
        let parts = ColumnPart.packing(column)
        let read = try parts.property(column.kind, rows: count, limit: 1, present: nil)
        #expect(read.words == column.words)
        #expect(throws: ColumnFault.self) { try parts.property(column.kind, rows: count + 1, limit: 1, present: nil) }
      }
    }
  }

  @Test func `texts read back`() throws {
    let texts = ["", "", "a", "ab", "abc", "b", "æøå", "ærlig", "\u{0}", String(repeating: "x", count: 300), "x"]
    for count in 0...texts.count {
      let parts = ColumnPart.packing(texts: Array(texts.prefix(count)))
      #expect(try parts.texts(count: count) == Array(texts.prefix(count)))
      #expect(throws: ColumnFault.self) { try parts.texts(count: count + 1) }
    }
  }

  /// Thousands of bytes at random, and packed columns with some bytes changed, cut or added.
  @Test(arguments: 1...8 as ClosedRange<UInt64>) func `whatever the bytes are, reading ends with values or an error`(
    seed: UInt64
  ) {
    var random = RandomRuns(seed: seed)
    let count = 1 + Int(random.next(upTo: 3000))
    let codes = CodeColumn((0..<count).map { _ in random.next(upTo: 30) })
    var present = Bitmap(count: count)
    for row in 0..<count where random.next(upTo: 2) == 0 { present[row] = true }
    let samples: [ColumnPart] =
      ColumnPart.packing(codes) + ColumnPart.packing(CodeColumn((0..<count).map { UInt32($0 / 100) }))
      + ColumnPart.packing(instants: (0..<count).map { Int64($0) * 1_000_000 })
      + ColumnPart.packing(orders: (0..<count).map { Double($0 % 7) })
      + ColumnPart.packing(.truth(present, present: present))
      + ColumnPart.packing(.number((0..<count).map { Double($0) / 7 }, present: present))
      + ColumnPart.packing(texts: (0..<count).map { "u\($0)" })
    for _ in 0..<300 {
      var part = samples[Int(random.next(upTo: UInt32(samples.count - 1)))]
      switch random.next(upTo: 3) {
      case 0: part.bytes = (0..<Int(random.next(upTo: 60))).map { _ in UInt8(random.next(upTo: 255)) }
      case 1: part.bytes.removeLast(min(part.bytes.count, 1 + Int(random.next(upTo: 20))))
      case 2: part.count = Int(random.next(upTo: 5000))
      default: break
      }
      for _ in 0..<random.next(upTo: 3) where !part.bytes.isEmpty {
        // Heads decide most.
        let place = Int(random.next(upTo: random.next(upTo: 1) == 0 ? 40 : .max)) % part.bytes.count
        part.bytes[place] = UInt8(random.next(upTo: 255))
      }
      part.encoding =
        random.next(upTo: 3) > 0 ? part.encoding : ColumnEncoding.allCases.randomElement(using: &random) ?? .u8
      read([part], rows: random.next(upTo: 2) > 0 ? part.count : count)
    }
  }

  /// Reads a column as everything it may be meant for, and looks at what a bucket's readers rely on.
  private func read(_ parts: [ColumnPart], rows: Int) {
    if let codes = try? parts.codes(rows: rows, limit: 25) {
      #expect(codes.count == rows && (codes.largest ?? 0) < 25)
    }
    if let offsets = try? parts.offsets(runs: rows, rows: rows * 2) {
      #expect(
        offsets.count == rows + 1 && zip(offsets, offsets.dropFirst()).allSatisfy(<) && offsets.last == UInt32(rows * 2)
      )
    }
    if let instants = try? parts.instants(rows: rows) { #expect(instants.count == rows) }
    if let orders = try? parts.orders(rows: rows) { #expect(orders.count == rows) }
    if let texts = try? parts.texts(count: rows) { #expect(texts.count == rows) }
    for kind in Property.Kind.allCases {
      guard let column = try? parts.property(kind, rows: rows, limit: 25, present: nil) else { continue }
      #expect(column.kind == kind && column.count == rows)
    }
  }

  @Test func `checksums are those of XXH64`() {
    #expect(Checksum.xxh64([]) == 0xEF46_DB37_51D8_E999)
    #expect(Checksum.xxh64(Array("a".utf8)) == 0xD24E_C4F1_A98C_6E5B)
    #expect(Checksum.xxh64(Array("abc".utf8)) == 0x44BC_2CF5_AD77_0999)
    // The sanity check of xxHash's own tests: 101 and 222 bytes of its generator.
    var (bytes, state): ([UInt8], UInt64) = ([], 2_654_435_761)
    for _ in 0..<222 {
      bytes.append(UInt8(state >> 56))
      state &*= 11_400_714_785_074_694_797
    }
    #expect(
      Checksum.xxh64(Array(bytes.prefix(101))) == 0xB641_AE8C_B691_C174
        || Checksum.xxh64(bytes) == 0xB641_AE8C_B691_C174)
  }
}

extension PropertyColumn {
  fileprivate var count: Int {
    switch self {
    case .text(let codes): codes.count
    case .number(let values, let present): values.count == present.count ? values.count : -1
    case .truth(let values, let present): values.count == present.count ? values.count : -1
    case .time(let values, let present): values.count == present.count ? values.count : -1
    }
  }

  /// All that it holds, nan equal to nan.
  fileprivate var words: [UInt64] {
    switch self {
    case .text(let codes): (0..<codes.count).map { UInt64(codes[$0]) }
    case .number(let values, let present): values.map(\.bitPattern) + present.words
    case .truth(let values, let present): values.words + present.words
    case .time(let values, let present): values.map { UInt64(bitPattern: $0) } + present.words
    }
  }
}

/// Values that are often the one before.
private struct RandomRuns: RandomNumberGenerator {
  private var random: SeededRandom
  private(set) var last: UInt32 = 0

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func next() -> UInt64 { random.next() }

  mutating func next(upTo most: UInt32) -> UInt32 {
    last = UInt32.random(in: 0...most, using: &self)
    return last
  }

  /// Whether the value before is to stand again, so that runs are about `length` long.
  mutating func isRepeated(_ length: Int) -> Bool {
    let kept = last
    defer { last = kept }
    return Int.random(in: 0..<length, using: &self) > 0
  }
}
