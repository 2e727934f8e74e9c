import JourneyQuery

/// What a funnel's path asks of a chain, laid out by step.
struct ChainRules: Sendable {
  /// How long a chain prefix is of use to the step after it.
  enum Follow: Sendable {
    /// As long as the window is open.
    case later
    /// `[d]`: this many microseconds.
    case within(Int64)
    /// `=>`: for the very next event, if it comes within so many microseconds.
    case next(Int64)
  }
  let steps: Int
  let isOptional: [Bool]
  /// Required steps up to and including each step.
  let depths: [Int]
  /// Optional steps up to and including each step.
  let optionals: [Int]
  /// How each step is followed; the last one's is of no meaning.
  let follows: [Follow]
  /// Microseconds; the largest number is `forever`.
  let window: Int64
  /// A path with `=>` is read in canonical order; else events of one moment may stand in either order.
  let isCanonical: Bool
  let isStrict: Bool
  let isAnyOrder: Bool
  /// Whether what follows a chain prefix may leave it no way to go on while its window is open.
  let mayBreak: Bool

  init(_ query: FunnelQuery) {
    let path = query.path.steps
    isAnyOrder = query.order == .any
    isStrict = query.order == .strict
    isCanonical = query.order != .any && path.contains { $0.arrow.isNext }
    steps = path.count
    window = query.window?.microseconds ?? .max
    let skips = path.map { $0.isOptional && query.order != .any }
    isOptional = skips
    mayBreak = !query.without.isEmpty || path.contains { $0.arrow.isNext || $0.arrow.limit != nil }
    depths = path.indices.map { step in skips[...step].count { !$0 } }
    optionals = path.indices.map { step in skips[...step].count { $0 } }
    follows = path.indices.map { step in
      guard step + 1 < path.count, !skips[step], !skips[step + 1] else { return .later }
      let arrow = path[step + 1].arrow
      if arrow.isNext { return .next(arrow.limit?.microseconds ?? .max) }
      return arrow.limit.map { .within($0.microseconds) } ?? .later
    }
  }

  /// Required steps of the path.
  var required: Int { depths.last ?? 0 }
  /// Optional steps of the path.
  var optional: Int { optionals.last ?? 0 }

  /// The next required step after one; nil if there is none.
  func required(after step: Int) -> Int? { (step + 1..<max(steps, step + 1)).first { !isOptional[$0] } }

  /// The step that fills depth `depth`.
  func requiredStep(_ depth: Int) -> Int { depths.firstIndex(of: depth) ?? 0 }

  /// The last optional step that may follow `step` before the next required one; `step` itself if there is none.
  func lastOptional(after step: Int) -> Int {
    var last = step
    while last + 1 < steps, isOptional[last + 1] { last += 1 }
    return last
  }
}

/// The chain that a search reports, and what it is ranked by.
struct FoundChain: Sendable {
  /// Required steps filled; 0 for no chain.
  var depth = 0
  /// Instant of the last required step.
  var arrival: Int64 = 0
  /// Optional steps filled.
  var optionals = 0
  /// Number of the moment of the first event.
  var start = 0
  /// By step: row in the bucket, −1 where the step is not filled.
  var rows: [Int] = []
  /// Largest index among its events in the list searched.
  var lastIndex = 0

  /// Whether it fills a step, or in any order more steps than that.
  @inline(__always)
  func reaches(_ step: Int, inAnyOrder: Bool) -> Bool {
    inAnyOrder ? depth > step : rows.indices.contains(step) && rows[step] >= 0
  }

  /// Whether this chain is the one to report of two.
  func isPreferred(over other: FoundChain) -> Bool {
    if depth != other.depth { return depth > other.depth }
    if arrival != other.arrival { return arrival < other.arrival }
    if optionals != other.optionals { return optionals > other.optionals }
    if start != other.start { return start > other.start }
    let (mine, theirs) = (rows.lazy.filter { $0 >= 0 }, other.rows.lazy.filter { $0 >= 0 })
    if !mine.elementsEqual(theirs) { return mine.lexicographicallyPrecedes(theirs) }
    return rows.lexicographicallyPrecedes(other.rows) { $0 >= 0 && $1 < 0 }
  }
}
