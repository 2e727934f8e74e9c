/// Distinct byte strings, numbered from 0 in the order of their first appearance.
///
/// An open-addressed table over one arena: looking a value up copies nothing and makes no `String`.
package struct ByteDictionary: Sendable {
  /// Where a value lies in the arena: its start above its length, in 38 and 26 bits.
  private struct Place: Sendable {
    var word: UInt64

    init(start: Int, count: Int) { word = UInt64(start) << 26 | UInt64(count) }

    var range: Range<Int> { Int(word >> 26)..<Int(word >> 26) + Int(word & 0x3FF_FFFF) }
  }

  /// A slot has what is needed to compare with the value, so that a lookup touches the table and the arena and nothing
  /// else.
  private struct Slot: Sendable {
    /// Low half of the hash.
    var hash: UInt32 = 0
    /// Code plus one; 0 for a free slot.
    var entry: UInt32 = 0
    var place = Place(start: 0, count: 0)
  }

  /// Longer values cannot be entered.
  package static let longestValue = 1 << 26 - 1

  /// All values, one after another.
  private var arena: [UInt8] = []
  private var places: [Place] = []
  /// A power of two, at most three quarters full.
  private var slots = [Slot](repeating: Slot(), count: 16)

  package init() {}

  package var count: Int { places.count }

  private func range(of code: Int) -> Range<Int> { places[code].range }

  /// The bytes of value `code` for as long as `body` runs.
  package func withBytes<Result>(of code: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    body(arena.span.extracting(range(of: code)))
  }

  /// The value as text; what is no UTF-8 in it is replaced by U+FFFD.
  package func text(of code: Int) -> String {
    String(decoding: arena[range(of: code)], as: UTF8.self)
  }

  /// All values as text, by code.
  package var texts: [String] { (0..<count).map { text(of: $0) } }

  /// Hash of value `code`, as `stableHash` gives it.
  package func hash(of code: Int) -> UInt64 {
    stableHash(arena.span.extracting(range(of: code)))
  }

  /// Up to eight first bytes of value `code`, the first one highest, zeros behind a shorter one.
  func prefix(of code: Int) -> UInt64 {
    let range = range(of: code)
    var prefix: UInt64 = 0
    for index in range.prefix(8) { prefix = prefix << 8 | UInt64(arena[index]) }
    return prefix << UInt64(8 * (8 - min(8, range.count)))
  }

  /// Whether value `left` comes before value `right` by bytes.
  func areInIncreasingOrder(_ left: Int, _ right: Int) -> Bool {
    arena[range(of: left)].lexicographicallyPrecedes(arena[range(of: right)])
  }

  /// The code of `value`, which is entered if it is new. At most `longestValue` bytes.
  package mutating func code(of value: Span<UInt8>) -> Int {
    code(of: value, hash: stableHash(value))
  }

  /// The same, with the hash of the value at hand.
  mutating func code(of value: Span<UInt8>, hash: UInt64) -> Int {
    if (places.count + 1) * 4 > slots.count * 3 { grow() }
    let hash = UInt32(truncatingIfNeeded: hash)
    let mask = slots.count - 1
    var index = Int(hash) & mask
    while true {
      let slot = slots[index]
      if slot.entry == 0 { break }
      if slot.hash == hash, equal(arena.span.extracting(slot.place.range), value) { return Int(slot.entry) - 1 }
      index = (index + 1) & mask
    }
    precondition(value.count <= Self.longestValue, "a value of an event store is at most 64 MB long")
    let place = Place(start: arena.count, count: value.count)
    for index in value.indices { arena.append(value[index]) }
    places.append(place)
    slots[index] = Slot(hash: hash, entry: UInt32(places.count), place: place)
    return places.count - 1
  }

  /// Reads the slot where looking up this hash begins.
  func firstEntry(of hash: UInt64) -> UInt64 {
    UInt64(slots[Int(UInt32(truncatingIfNeeded: hash)) & (slots.count - 1)].entry)
  }

  /// Reads the first byte of the value in that slot.
  func firstByte(of hash: UInt64) -> UInt64 {
    let start = slots[Int(UInt32(truncatingIfNeeded: hash)) & (slots.count - 1)].place.range.lowerBound
    return start < arena.count ? UInt64(arena[start]) : 0
  }

  package mutating func code(of value: String) -> Int {
    var value = value
    value.makeContiguousUTF8()
    return code(of: value.utf8.span)
  }

  /// Enters all values of `later`; the result gives for each code of `later` the code here.
  package mutating func absorb(_ later: ByteDictionary) -> [UInt32] {
    (0..<later.count).map { code in
      UInt32(self.code(of: later.arena.span.extracting(later.range(of: code))))
    }
  }

  private mutating func grow() {
    var larger = [Slot](repeating: Slot(), count: slots.count * 2)
    let mask = larger.count - 1
    for slot in slots where slot.entry != 0 {
      var index = Int(slot.hash) & mask
      while larger[index].entry != 0 { index = (index + 1) & mask }
      larger[index] = slot
    }
    slots = larger
  }
}

/// A hash of `value` that is the same on every machine and in every run: buckets on disk depend on it. Not meant to
/// withstand values made to collide.
///
/// Folded 64 × 64 → 128 bit multiplications over words of eight bytes, after Wang Yi's wyhash.
package func stableHash(_ value: Span<UInt8>) -> UInt64 {
  let count = value.count
  var hash = UInt64(truncatingIfNeeded: count) ^ 0xA076_1D64_78BD_642F
  var offset = 0
  while count - offset > 8 {
    hash = folded(hash ^ word(value, at: offset), 0xE703_7ED1_A0B4_28DB)
    offset += 8
  }
  let tail: UInt64
  if count >= 8 {
    // Overlaps what was read before, so that the tail needs no loop.
    tail = word(value, at: count - 8)
  } else {
    tail = (0..<count).reduce(0) { $0 << 8 | UInt64(value[$1]) }
  }
  return folded(folded(hash ^ tail, 0x8EBC_6AF0_9C88_C6E3), 0x5899_65CC_7537_4CC3)
}

/// The halves of the product, exclusive-or'd.
@inline(__always) private func folded(_ left: UInt64, _ right: UInt64) -> UInt64 {
  let product = left.multipliedFullWidth(by: right)
  return product.high ^ product.low
}

/// Eight bytes from `offset` on as a little-endian number.
@inline(__always) private func word(_ value: Span<UInt8>, at offset: Int) -> UInt64 {
  // SAFETY: bytes have no padding; the load itself checks that all eight lie inside; any bits are a valid UInt64.
  UInt64(littleEndian: unsafe value.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
}

@inline(__always) private func equal(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
  let count = left.count
  guard count == right.count else { return false }
  var offset = 0
  while count - offset >= 8 {
    if word(left, at: offset) != word(right, at: offset) { return false }
    offset += 8
  }
  while offset < count {
    if left[offset] != right[offset] { return false }
    offset += 1
  }
  return true
}
