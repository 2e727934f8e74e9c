import EventStore
import Interchange
import Language
import SourceText
import Workspace

/// `load identities FILE`: reads which ids belong to one person.
enum LoadIdentitiesStatement: Statement {
  static let form = Form(
    "load identities", in: .data,
    ["load", "identities", .slot("file", .file), .roles(of: .identities)],
    summary: "read which device or cookie ids belong to one person",
    meaning: """
      A row joins an id (device) to a person (customer), who may be another id: what rows lead to over however many ids is one person. \
      A person goes by the customer of the first row loaded of any of their ids. Events of all stores become those of persons and keep \
      the id they were loaded under as original_id; events, answers and customers that are loaded later count for persons, too. \
      forget identities brings every event back to its own id.
      """,
    examples: [
      "load identities \"ids.csv\"",
      "load identities \"logins.csv\" device cookie customer member",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    let workspace = session.workspace
    try session.checkOriginals(at: parsed.span)
    let load = try FileLoad(of: .identities, parsed, in: session)
    let file = IdentityFile(try LoadedRows(load.loaded, of: load.shown))
    let change = try session.attempt(at: parsed.span) { () throws(WorkspaceError) in
      try workspace.addIdentities(
        file.pairs, joinedAs: file.map, from: load.source, at: session.now(), session.rowRoom
      ) { share in session.progress?(share, "joining ids") }
    }
    let whole = try session.attempt(workspace.identities()) ?? file.map
    let known = file.pairs.count - change.added
    let update = known > 0 ? ": \(change.added.grouped) of \(file.pairs.count.counted("row")) new" : ""
    let joinedAll = whole.warningOfAll(hint: "forget identities, and a file without it")
    return .done(
      LoadReport(
        load.loaded.summary,
        "loaded \(file.map.joinedCount.counted("id")) of \(file.map.personCount.grouped) "
          + "\(file.map.personCount == 1 ? "person" : "people") from '\(load.shown)'\(update)",
        remarks: change.stores.map(\.remark) + file.remarks, properties: []
      ).text,
      warnings: [joinedAll, try unmet(change, file, in: session)].compactMap { $0 })
  }

  /// That no id is one of the events.
  private static func unmet(
    _ change: (added: Int, stores: [RekeyedEvents]), _ file: IdentityFile, in session: Session
  ) throws(Diagnostic) -> Diagnostic? {
    guard change.added > 0, change.stores.allSatisfy({ $0.moved == 0 }), let pair = file.pairs.first,
      try session.attempt(session.workspace.storedEvents().contains { $0.events > 0 })
    else { return nil }
    return Diagnostic(
      .identitiesUnmet, "no event changes its customer: are ids written alike, as '\(pair.device)'?",
      hint: "list top 1", severity: .warning)
  }
}

/// The rows of a file that join ids.
private struct IdentityFile {
  /// Each once, in the order of the file.
  private(set) var pairs: [(device: String, customer: String)] = []
  private(set) var map = IdentityMap()
  private var repeated = 0
  private var withoutDevice = 0
  private var withoutCustomer = 0

  init(_ rows: LoadedRows) {
    for (device, customer) in zip(rows.texts(of: .device), rows.texts(of: .customer)) {
      switch (device, customer) {
      case (nil, _): withoutDevice += 1
      case (_, nil): withoutCustomer += 1
      case (let device?, let customer?):
        if map.join(device, with: customer) { pairs.append((device, customer)) } else { repeated += 1 }
      }
    }
  }

  var remarks: [String] {
    func told(_ count: Int, _ what: String) -> [String] { count > 0 ? ["\(count.counted("row")) \(what)"] : [] }
    let chained = map.chainedCount
    return told(repeated, "said the same again") + told(withoutCustomer, "without a customer left out")
      + told(withoutDevice, "without an id left out")
      + (chained > 0
        ? ["\(chained.counted("id")) \(chained == 1 ? "stands" : "stand") in both columns: rows lead on from there"]
        : [])
  }
}

extension RekeyedEvents {
  /// `'main': 5 ids of events are 3 customers`.
  var remark: String {
    "'\(store)': \(ids.counted("id")) of events \(ids == 1 ? "is" : "are") \(customers.counted("customer"))"
      + (customersBefore == customers ? "" : ", \(customersBefore.grouped) before")
  }
}

extension JoinedIdentities {
  /// `joined 5 ids of 2 people by anonymousId and userId`.
  var remark: String {
    "joined \(idCount.counted("id")) of \(personCount.grouped) \(personCount == 1 ? "person" : "people") by "
      + "\(columns.joined(separator: ", by ")); identities no leaves them apart"
  }
}

extension IdentityMap {
  /// Of a person who has so many ids that one of these is likely nobody's.
  ///
  /// - Parameter hint: what parts it from the others.
  func warningOfAll(hint: String) -> Diagnostic? {
    guard let largest, largest.ids > 1_000 || (largest.ids >= 20 && largest.ids * 20 > idCount) else { return nil }
    return Diagnostic(
      .identitiesJoinedAll,
      "\(largest.ids.grouped) of \(idCount.counted("id")) are one person, '\(largest.person)': '\(largest.busiest)' stands in "
        + "\(largest.pairs.counted("row")) of theirs, as an id that stands for nobody would",
      hint: hint, severity: .warning)
  }
}

extension Session {
  /// Whom an id belongs to.
  func person(_ id: String) throws(Diagnostic) -> String {
    try attempt(workspace.identities())?.person(of: id) ?? id
  }

  /// Where rows go that are too many for the memory.
  var rowRoom: RowRoom { RowRoom(budget: memory / 2, folder: spillFolder) }

  /// Throws where events have a property of their own by the name of the one that keeps ids.
  ///
  /// - Parameter isJoining: by ids of events that are loaded, which may be left apart.
  func checkOriginals(at span: Range<Int>, isJoining: Bool = false) throws(Diagnostic) {
    guard try attempt(workspace.identities()) == nil else { return }
    for stored in try attempt(workspace.storedEvents()) {
      let properties = try attempt(at: span, workspace.properties(of: stored.name))
      guard properties.contains(where: { $0.name == EventStore.originalID }) else { continue }
      throw .originalsTaken(
        "events '\(stored.name)' have a property \(EventStore.originalID)", at: span, isJoining: isJoining)
    }
  }

  func forgetIdentities(at span: Range<Int>) throws(Diagnostic) -> String {
    let pairs = try attempt(at: span, workspace.identities())?.pairCount ?? 0
    let stores = try attempt(at: span) { () throws(WorkspaceError) in
      try workspace.forgetIdentities(at: now(), rowRoom) { share in progress?(share, "parting ids") }
    }
    let parts = stores.map {
      "'\($0.store)' has \($0.customers.counted("customer")), \($0.customersBefore.grouped) before"
    }
    return "forgot \(pairs.counted("row")) of identities" + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", "))
  }
}

extension Diagnostic {
  static func originalsTaken(_ found: String, at span: Range<Int>?, isJoining: Bool) -> Diagnostic {
    Diagnostic(
      .identitiesTaken, "\(found), which is where identities keep the id of an event", at: span,
      hint: isJoining ? "identities no" : "the same file with that column under another name")
  }
}

extension DiagnosticCode {
  package static let identitiesJoinedAll = DiagnosticCode(
    "identities.joined-all",
    "A warning: so many ids are one person that one of them likely stands for nobody, as an empty login does. It is named."
  )
  package static let identitiesUnmet = DiagnosticCode(
    "identities.unmet", "A warning: the file joins no id of the events with another, so that nothing changes.")
  package static let identitiesTaken = DiagnosticCode(
    "identities.taken",
    "Events have a property original_id of their own, which is what keeps the id of an event where identities are loaded."
  )
}
