/// Which ids belong to one person, told in pairs: an id and another one, or the person's own. Ids that pairs lead to, over however many
/// others, are one person's.
///
/// A person goes by the second id of the first pair that was told of any of theirs. Pairs are joined by union-find (Tarjan 1975), with
/// halved paths and the larger group on top.
package struct IdentityMap: Sendable {
  private var ids = ByteDictionary()
  /// Of each id: another one of its person, itself at the top.
  private var parents: [UInt32] = []
  /// What is known of a person, kept at the top: how many ids, the number of the first pair, and the id they go by.
  private var people: [(ids: UInt32, first: Int, name: UInt32)] = []
  /// Pairs that an id stands in.
  private var pairs: [UInt32] = []
  private var known: Set<UInt64> = []
  /// Whether each id stands first in a pair (1), second (2), or both.
  private var sides: [UInt8] = []

  package init() {}

  package var idCount: Int { ids.count }
  package private(set) var personCount = 0
  /// Ids that stand first in a pair.
  package var joinedCount: Int { sides.count { $0 & 1 != 0 } }
  /// Ids that stand first in one pair and second in another.
  package var chainedCount: Int { sides.count { $0 == 3 } }
  /// Pairs that were told, each once.
  package var pairCount: Int { known.count }

  /// Tells that two ids are one person's. False where that was told already.
  package mutating func join(_ id: String, with person: String) -> Bool {
    let (one, other) = (code(of: id), code(of: person))
    guard known.insert(UInt64(one) << 32 | UInt64(other)).inserted else { return false }
    let number = known.count
    sides[Int(one)] |= 1
    sides[Int(other)] |= 2
    pairs[Int(one)] += 1
    if other != one { pairs[Int(other)] += 1 }
    var (top, below) = (halvedRoot(of: one), halvedRoot(of: other))
    if people[Int(top)].ids < people[Int(below)].ids { swap(&top, &below) }
    var (person, joined) = (people[Int(top)], people[Int(below)])
    if joined.first < person.first { swap(&person, &joined) }
    if person.first == .max { (person.first, person.name) = (number, other) }
    if top != below {
      person.ids = people[Int(top)].ids + people[Int(below)].ids
      parents[Int(below)] = top
      personCount -= 1
    }
    people[Int(top)] = person
    return true
  }

  /// The id of the person that an id belongs to: itself where nothing was told of it.
  package func person(of id: String) -> String {
    guard let code = ids.find(id) else { return id }
    return ids.values.text(of: name(of: code))
  }

  /// A number that all ids of one person share; nil for an id of which nothing was told.
  package func number(of id: String) -> Int? {
    ids.find(id).map { Int(root(of: UInt32($0))) }
  }

  /// All ids of the person that an id belongs to, in the order in which they were told; the id alone where nothing was.
  package func ids(with id: String) -> [String] {
    guard let number = number(of: id) else { return [id] }
    return (0..<ids.count).filter { root(of: UInt32($0)) == number }.map { ids.values.text(of: $0) }
  }

  /// The person who has most ids, and which of these stands in most pairs; the first of equal ones. Nil where nothing was told.
  package var largest: (person: String, ids: Int, busiest: String, pairs: Int)? {
    guard let top = people.indices.filter({ parents[$0] == $0 }).max(by: { people[$0].ids < people[$1].ids }),
      let busiest = pairs.indices.filter({ root(of: UInt32($0)) == top }).max(by: { pairs[$0] < pairs[$1] })
    else { return nil }
    let text = ids.values.text
    return (text(Int(people[top].name)), Int(people[top].ids), text(busiest), Int(pairs[busiest]))
  }

  /// The id of the person that an id belongs to, as bytes, for as long as `body` runs.
  @inline(__always) func withPerson(of id: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
    guard let code = ids.find(id) else { return body(id) }
    ids.values.withBytes(of: name(of: code), body)
  }

  private func name(of code: Int) -> Int { Int(people[Int(root(of: UInt32(code)))].name) }

  private mutating func code(of id: String) -> UInt32 {
    let code = UInt32(ids.code(of: id))
    if code == parents.count {
      parents.append(code)
      people.append((1, .max, code))
      pairs.append(0)
      sides.append(0)
      personCount += 1
    }
    return code
  }

  private func root(of code: UInt32) -> UInt32 {
    var code = code
    while parents[Int(code)] != code { code = parents[Int(code)] }
    return code
  }

  private mutating func halvedRoot(of code: UInt32) -> UInt32 {
    var code = code
    while parents[Int(code)] != code {
      parents[Int(code)] = parents[Int(parents[Int(code)])]
      code = parents[Int(code)]
    }
    return code
  }
}
