/// Numbers for the pairs of names met so far, 0 and up in the order they were met.
struct PairPlaces: Sendable {
  /// Up to this many pairs have a slot each, whether met or not: 4 MB.
  private static let mostSlots = 1 << 20

  private(set) var pairs: [(from: Int, to: Int)] = []
  private let names: Int
  /// By `from * names + to`: the number, −1 for none; empty where there would be too many slots.
  private var slots: [Int32]
  private var index: [Int: Int] = [:]

  /// `names` is the number of different names.
  init(names: Int) {
    self.names = names
    let (count, isBeyond) = names.multipliedReportingOverflow(by: names)
    slots = isBeyond || count > Self.mostSlots ? [] : Array(repeating: -1, count: count)
  }

  /// The number of a pair; that of a pair met for the first time is the number of pairs met before.
  mutating func place(from: Int, to: Int) -> Int {
    let slot = from * names + to
    if slots.isEmpty {
      if let known = index[slot] { return known }
      index[slot] = pairs.count
    } else {
      if slots[slot] >= 0 { return Int(slots[slot]) }
      slots[slot] = Int32(pairs.count)
    }
    pairs.append((from, to))
    return pairs.count - 1
  }
}
