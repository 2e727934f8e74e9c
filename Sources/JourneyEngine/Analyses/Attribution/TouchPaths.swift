import JourneyQuery

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
  /// Of no path.
  private(set) var direct = Conversions()
  /// By value; what lies behind the last is nothing.
  private(set) var decayed: [Decayed] = []

  /// The number of a path; nil without a touch.
  mutating func number(of values: some Sequence<Int>) -> Int? {
    var node = -1
    for value in values { node = nodes.number(node, value) }
    makeRoom()
    return node < 0 ? nil : node
  }

  mutating func convert(_ path: Int?, _ worth: Double) {
    if let path { converted[path].add(worth) } else { direct.add(worth) }
  }

  mutating func lose(_ path: Int) { lost[path] += 1 }

  /// Gives a value a share of a conversion by the age of its touch.
  mutating func weigh(_ value: Int, _ share: Double, of worth: Double) {
    makeRoom(forValue: value)
    decayed[value].add(share, of: worth)
  }

  /// Adds all of `other`, whose values have these numbers here; paths only until the run is stopped.
  mutating func absorb(_ other: TouchPaths, values: [Int], _ run: Run?) {
    let here = nodes.absorb(tree: other.nodes, run) { values[$0] }
    makeRoom()
    for (path, (converted, lost)) in zip(here, zip(other.converted, other.lost)) {
      self.converted[path].add(converted)
      self.lost[path] += lost
    }
    direct.add(other.direct)
    for (value, weighed) in other.decayed.enumerated() {
      makeRoom(forValue: values[value])
      decayed[values[value]].add(weighed)
    }
  }

  private mutating func makeRoom() {
    let missing = nodes.count - lost.count
    if missing <= 0 { return }
    converted += repeatElement(Conversions(), count: missing)
    lost += repeatElement(0, count: missing)
  }

  private mutating func makeRoom(forValue value: Int) {
    if value >= decayed.count { decayed += repeatElement(Decayed(), count: value + 1 - decayed.count) }
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
