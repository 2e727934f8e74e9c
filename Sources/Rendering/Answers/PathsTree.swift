import JourneyQuery

extension PathsReport {
  /// The variants as a tree that grows from where all of them are read; nil for `around`, whose paths grow to both sides.
  func tree(_ query: PathsQuery) -> Picture? {
    let goesBack = query.anchor?.side == .to
    guard query.anchor?.side != .around, !total.figures.variants.isEmpty else { return nil }
    let mostSteps = query.depth + (goesBack ? 1 : 0)
    let ways = total.figures.variants.map { variant -> (steps: ArraySlice<String>, customers: Int) in
      let steps = goesBack ? variant.steps.reversed() : variant.steps
      // A path that is shorter than asked ends there, or began there.
      return ((steps.count < mostSteps ? steps + [goesBack ? "(start)" : Mark.end] : steps)[...], variant.customers)
    }
    let branches = Self.branches(ways)
    return .tree(
      Tree(
        branches: branches, others: total.figures.customers - ways.reduce(0) { $0 + $1.customers },
        customers: total.figures.customers, isRooted: query.anchor != nil && branches.count == 1, goesBack: goesBack))
  }

  /// Largest first; as deep as the longest way.
  private static func branches(_ ways: [(steps: ArraySlice<String>, customers: Int)]) -> [Tree.Branch] {
    var order: [String] = []
    var parts: [String: [(steps: ArraySlice<String>, customers: Int)]] = [:]
    for way in ways {
      guard let first = way.steps.first else { continue }
      if parts[first] == nil { order.append(first) }
      parts[first, default: []].append((way.steps.dropFirst(), way.customers))
    }
    let found = order.map { name -> Tree.Branch in
      let part = parts[name] ?? []
      let inner = branches(part)
      let customers = part.reduce(0) { $0 + $1.customers }
      // A way that parts from no other is one branch.
      if inner.count == 1, let only = inner.first, only.customers == customers {
        return Tree.Branch([name] + only.steps, customers: customers, branches: only.branches)
      }
      return Tree.Branch([name], customers: customers, branches: inner)
    }
    return found.enumerated().sorted { ($1.element.customers, $0.offset) < ($0.element.customers, $1.offset) }
      .map(\.element)
  }
}
