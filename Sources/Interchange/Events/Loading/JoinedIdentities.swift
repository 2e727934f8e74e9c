import EventStore

/// Two columns whose ids are one person's wherever a row has both.
struct IdentityJoint: Sendable {
  /// Columns, by the numbers of whoever reads them.
  var id: Int
  var person: Int
  /// The events of which this holds; of all where there are none.
  var events: [String] = []
  /// In front of ids where they stand as customers; empty for nothing.
  var mark = ""
  /// What the columns are called.
  var columns: [String]

  func holds(of event: Span<UInt8>) -> Bool {
    events.isEmpty || events.contains { $0.utf8.count == event.count && event.holds($0) }
  }
}

extension Span<UInt8> {
  /// Whether the bytes are those of a text of as many.
  fileprivate func holds(_ text: String) -> Bool { zip(indices, text.utf8).allSatisfy { self[$0] == $1 } }
}

/// What the rows of a load say of whose ids are whose.
package struct JoinedIdentities: Sendable {
  /// Each once, in the order of the rows that say so first, as of a file of identities.
  package let pairs: [(device: String, customer: String)]
  /// What the pairs tell by themselves.
  package let map: IdentityMap
  /// Ids that stand in pairs, those with a mark in front not counted again.
  package let idCount: Int
  package let personCount: Int
  /// `anonymousId and userId`, of each two columns that joined any.
  package let columns: [String]

  /// Nil where there are none.
  init?(_ gathered: IdentityPairs, by joints: [IdentityJoint]) {
    guard !gathered.isEmpty else { return nil }
    var (pairs, all, plain) = ([(device: String, customer: String)](), IdentityMap(), IdentityMap())
    for (device, customer, rule) in gathered.texts {
      let mark = joints[rule].mark
      _ = plain.join(device, with: customer)
      for id in mark.isEmpty || device.hasPrefix(mark) ? [device] : [device, mark + device]
      where all.join(id, with: customer) { pairs.append((id, customer)) }
    }
    (self.pairs, map, idCount, personCount) = (pairs, all, plain.idCount, plain.personCount)
    columns = joints.indices.filter(gathered.rules.contains).map { rule in
      let joint = joints[rule]
      let of = joint.events.isEmpty ? "" : " of " + joint.events.joined(separator: ", ")
      return joint.columns.joined(separator: " and ") + of
    }
  }

  /// Whose ids are whose with these behind what was known; nil where that says all of it.
  func added(to known: IdentityMap?) -> IdentityMap? {
    guard let known else { return map }
    var (joined, hasNew) = (known, false)
    for pair in pairs where joined.join(pair.device, with: pair.customer) { hasNew = true }
    return hasNew ? joined : nil
  }
}

extension LoadOptions {
  /// To read a file again by what its rows say of whose ids are whose: who an early row is, a late one may tell. Nil where that was known.
  func joining(_ parsed: ParsedEvents, _ plan: ColumnPlan) -> LoadOptions? {
    guard let map = JoinedIdentities(parsed.pairs, by: plan.joints)?.added(to: identities) else { return nil }
    var options = self
    options.identities = map
    return options
  }
}
