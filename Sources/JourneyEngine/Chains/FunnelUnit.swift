import EventStore
import JourneyQuery

/// What a funnel counts: a customer, an entry or a session that has a chain.
struct FunnelUnit: Sendable {
  var chain: FoundChain
  /// Not completed, and would be if events followed at once: see `FunnelFigures.unfinished`.
  var isUnfinished = false
  /// It is a session that no further event would belong to.
  var isOver = false
  /// Index of the customer in the bucket.
  var customer = 0
  /// The journey it was found in.
  var journey = JourneyRows.run(0..<0)

  init(steps: Int) {
    chain = FoundChain(rows: Array(repeating: -1, count: steps))
  }
}

extension FoundChain {
  /// Whether of one customer's units the one with this chain stands for all: the deepest, of equally deep ones the one entered first.
  func standsBefore(_ other: FoundChain) -> Bool { (depth, -rows[0]) > (other.depth, -other.rows[0]) }
}

/// The rows of a journey: those of a customer or of a session.
enum JourneyRows: Sendable {
  case run(Range<Int>)
  /// Ascending, with rows of other sessions between them.
  case scattered([Int])

  var rows: [Int] {
    switch self {
    case .run(let rows): Array(rows)
    case .scattered(let rows): rows
    }
  }

  var last: Int? {
    switch self {
    case .run(let rows): rows.last
    case .scattered(let rows): rows.last
    }
  }

  /// The first row behind `row` that `where` keeps; nil if there is none.
  func next(after row: Int, in block: JourneyBlock) -> Int? {
    switch self {
    case .run(let rows): block.bitmaps.first(block.kept, in: row + 1..<rows.upperBound)
    case .scattered(let rows): rows[rows.firstIndex(behind: row)...].first { block.bitmaps[block.kept, $0] }
    }
  }
}

extension [Int] {
  /// Index of the first element larger than `value`, in an ascending array.
  fileprivate func firstIndex(behind value: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] > value { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// What takes the units of a funnel as they are found.
protocol FunnelSink {
  /// Takes a unit. The units of a customer come one after another.
  mutating func take(_ unit: FunnelUnit, in block: JourneyBlock)
  /// Takes many units, each of another customer.
  mutating func take(_ chains: ChainRecords, in block: JourneyBlock)
}

extension FunnelSink {
  mutating func take(_ chains: ChainRecords, in block: JourneyBlock) {
    var unit = FunnelUnit(steps: chains.steps)
    for index in 0..<chains.count {
      unit.customer = chains.customer(index)
      unit.journey = .run(block.rows(of: unit.customer))
      unit.isUnfinished = chains.isUnfinished(index)
      let depth = chains.depth(index)
      unit.chain.depth = depth
      for step in 0..<chains.steps { unit.chain.rows[step] = step < depth ? chains.row(index, step) : -1 }
      unit.chain.lastIndex = unit.chain.rows[depth - 1]
      unit.chain.arrival = block.instants[unit.chain.lastIndex]
      take(unit, in: block)
    }
  }
}
