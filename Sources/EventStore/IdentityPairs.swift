/// Pairs of ids that stand in one row of a load: each once, in the order of their first rows.
///
/// Parts of a file gather theirs at once; joined in the order of the file they are those of the whole. Memory grows with the ids.
package struct IdentityPairs: Sendable {
  /// One pair, by codes, and the number of the rule that found it first.
  private struct Pair: Sendable {
    var id: UInt32
    var person: UInt32
    var rule: Int
  }

  private var ids = ByteDictionary()
  /// Of each id, whether it stands for nobody.
  private var areNobody: [Bool] = []
  /// Of each id, the one that it was joined with last, counted from 1: most rows say again what the one before did.
  private var latest: [UInt32] = []
  private var pairs: [Pair] = []
  private var known: Set<UInt64> = []

  package init() {}

  package var isEmpty: Bool { pairs.isEmpty }
  /// The rules that found a pair.
  package var rules: Set<Int> { Set(pairs.map(\.rule)) }

  /// Adds what a row says: that two ids are one person's. Nothing where one is missing, stands for nobody, or is the other.
  package mutating func add(_ id: Span<UInt8>, _ person: Span<UInt8>, rule: Int) {
    if id.isEmpty || person.isEmpty { return }
    add(code(of: id), code(of: person), rule)
  }

  /// Adds those of the part of the file that follows.
  package mutating func absorb(_ later: IdentityPairs) {
    let codes = later.ids.values
    let here = (0..<codes.count).map { index in codes.withBytes(of: index) { code(of: $0) } }
    for pair in later.pairs { add(here[Int(pair.id)], here[Int(pair.person)], pair.rule) }
  }

  /// The pairs as text.
  package var texts: [(device: String, customer: String, rule: Int)] {
    pairs.map { (ids.values.text(of: Int($0.id)), ids.values.text(of: Int($0.person)), $0.rule) }
  }

  private mutating func add(_ id: UInt32, _ person: UInt32, _ rule: Int) {
    if id == person || latest[Int(id)] == person + 1 || areNobody[Int(id)] || areNobody[Int(person)] { return }
    latest[Int(id)] = person + 1
    guard known.insert(UInt64(id) << 32 | UInt64(person)).inserted else { return }
    pairs.append(Pair(id: id, person: person, rule: rule))
  }

  private mutating func code(of id: Span<UInt8>) -> UInt32 {
    let code = ids.code(of: id)
    if code == areNobody.count {
      areNobody.append(Self.isNobody(id))
      latest.append(0)
    }
    return UInt32(code)
  }
}

extension IdentityPairs {
  /// What programs write where they know nobody, in small letters: the ids that PostHog never merges
  /// (https://posthog.com/docs/product-analytics/identify), the zeros of a phone that may not be tracked, and words of spreadsheets.
  private static let nobody: Set<String> = [
    "null", "none", "nil", "nan", "undefined", "n/a", "na", "-", "0", "-1", "true", "false", "unknown", "anonymous",
    "guest",
    "not_authenticated", "id", "distinct_id", "distinctid", "user_id", "userid", "email", "(not set)", "(none)",
    "[object object]",
    "00000000-0000-0000-0000-000000000000",
  ]
  private static let longest = 36

  private static func isNobody(_ id: Span<UInt8>) -> Bool {
    if id.count > longest { return false }
    let text = id.indices.map { id[$0] }
    let isBlank = text.allSatisfy { $0 <= 0x20 }
    return isBlank || nobody.contains(String(decoding: text, as: UTF8.self).lowercased())
  }
}
