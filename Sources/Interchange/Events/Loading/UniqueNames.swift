/// Names of columns, each once: the second `x` is `x_2`. Time and memory are linear in their number, also where all are the
/// same.
struct UniqueNames {
  private(set) var all: [String] = []
  private var known: Set<String> = []
  /// The number that the next column of a name gets.
  private var next: [String: Int] = [:]

  mutating func add(_ name: String) {
    var (unique, number) = (name, next[name] ?? 2)
    while !known.insert(unique).inserted { (unique, number) = ("\(name)_\(number)", number + 1) }
    next[name] = number
    all.append(unique)
  }
}
