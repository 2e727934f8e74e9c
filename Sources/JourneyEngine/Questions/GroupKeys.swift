/// Numbers for the combinations of breakdown values met so far, 0 and up in the order they were met.
///
/// A combination is a path in a tree of values, so that adding one costs a look-up per value and no array.
struct GroupKeys: Sendable {
  private struct Node: Hashable {
    /// Node of the values before; −1 for the first value.
    var parent: Int
    var value: UInt64?
  }
  private var nodes: [Node] = []
  private var index: [Node: Int] = [:]

  var count: Int { nodes.count }

  /// The node for `value` behind those of `parent`.
  mutating func node(_ value: UInt64?, behind parent: Int) -> Int {
    let node = Node(parent: parent, value: value)
    if let known = index[node] { return known }
    index[node] = nodes.count
    nodes.append(node)
    return nodes.count - 1
  }

  /// Adds all of `other`; returns the node here of each of its nodes.
  mutating func absorb(_ other: GroupKeys) -> [Int] {
    var places: [Int] = []
    // Parents come before their children.
    for node in other.nodes {
      places.append(self.node(node.value, behind: node.parent < 0 ? -1 : places[node.parent]))
    }
    return places
  }

  /// The values of a node, first to last.
  func values(of node: Int) -> [UInt64?] {
    var (values, node): ([UInt64?], Int) = ([], node)
    while node >= 0 {
      values.append(nodes[node].value)
      node = nodes[node].parent
    }
    return values.reversed()
  }
}
