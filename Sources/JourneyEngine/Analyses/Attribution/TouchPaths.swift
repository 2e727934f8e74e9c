/// Paths of touches, as a tree of values, and how each of them ended.
struct TouchPaths: Sendable, Codable {
  /// Conversions, and what they are worth, exactly.
  struct Conversions: Sendable, Codable {
    private(set) var count = 0
    private(set) var worth = ExactSum()

    mutating func add(_ worth: Double) {
      count += 1
      self.worth.add(worth)
    }

    mutating func add(_ other: Conversions) {
      count += other.count
      worth.add(other.worth)
    }
  }

  /// What a value has of conversions whose touches weigh by their age: the same in whichever order they came.
  struct Decayed: Sendable, Codable {
    private(set) var conversions = ExactSum()
    private(set) var worth = ExactSum()

    mutating func add(_ share: Double, of worth: Double) {
      conversions.add(share)
      self.worth.add(share * worth)
    }

    mutating func add(_ other: Decayed) {
      conversions.add(other.conversions)
      worth.add(other.worth)
    }
  }

  /// (Number of the path before, value); before the first is −1.
  private var nodes = PairNumbers()
  /// Parallel to the nodes.
  private(set) var converted: [Conversions] = []
  private(set) var lost: [Int] = []

  /// The number of the path that goes on with a value behind another, which is −1 where there is none.
  mutating func number(behind path: Int, _ value: Int) -> Int {
    let node = nodes.number(path, value)
    if node == lost.count {
      converted.append(Conversions())
      lost.append(0)
    }
    return node
  }

  mutating func convert(_ path: Int, _ worth: Double) { converted[path].add(worth) }
  mutating func lose(_ path: Int) { lost[path] += 1 }

  /// Adds all of `other`, whose values have these numbers here; stops where the run is stopped.
  mutating func absorb(_ other: TouchPaths, values: [Int], _ isStopped: () -> Bool) {
    var here: [Int] = []
    here.reserveCapacity(other.lost.count)
    // What comes before is met before.
    for (number, node) in other.nodes.pairs.enumerated() {
      if number & 0x3FFF == 0, isStopped() { return }
      let path = self.number(behind: node.first < 0 ? -1 : here[node.first], values[node.second])
      converted[path].add(other.converted[number])
      lost[path] += other.lost[number]
      here.append(path)
    }
  }

  /// The values of a path, the first touch first.
  func values(of path: Int) -> [Int] {
    var (values, node): ([Int], Int) = ([], path)
    while node >= 0 {
      values.append(nodes.pairs[node].second)
      node = nodes.pairs[node].first
    }
    return values.reversed()
  }
}
