/// The combinations of breakdown values that the threads of a reading found, each under one number.
struct FoundGroups: Sendable {
  private(set) var keys = GroupKeys()
  /// By thread: the number of each of its own combinations. Without a breakdown all is one, 0 there and here.
  private(set) var numbers: [[Int]] = []

  /// The threads have the same keys.
  init(_ threads: [GroupKeys]) {
    for thread in threads {
      let own = keys.absorb(thread)
      numbers.append(thread.isOfOne ? [0] : own)
    }
  }
}
