import EventStore
import GRDB
import JourneyModel
import JourneyQuery
import JourneyTime

@testable import Workspace

/// All that a workspace tells, read through its own door, and what the next undo makes of it.
struct WholeReading: Equatable {
  var maps: [JourneyMap]
  var earlier: [JourneyMap?]
  var snapshots: [JourneyMap]
  var snapshotNames: [MapSnapshot]
  var active: [String?]
  var zone: String?
  var saved: [[SavedText]]
  var sources: [LoadedSource]
  var stores: [StoredEvents]
  var names: [[StoredEventName]]
  var properties: [[StoredProperty]]
  var events: [Contents]
  var people: [String]
  var surveys: [StoredSurvey]
  var answers: [[String]]
  var spend: Spend?
  var identities: [String]?
  var history: [HistoryEntry]
  var undone: [String]
  var mapsAfterUndo: [JourneyMap]

  /// Throws where anything is missing or damaged.
  init(_ workspace: Workspace, undoing: Bool = true) throws {
    let mapNames = try workspace.mapNames()
    maps = try mapNames.map(workspace.map)
    earlier = try mapNames.flatMap { name in try [2, 4].map { try workspace.map(name, asOf: minute($0)) } }
    snapshotNames = try mapNames.flatMap(workspace.snapshots)
    snapshots = try snapshotNames.map { try workspace.map($0.map, inSnapshot: $0.name) }
    active = [try workspace.activeMapName(), try workspace.activeEventsName()]
    zone = try workspace.zone()?.identifier
    saved = try Workspace.SavedKind.allCases.map(workspace.saved)
    sources = try workspace.sources()
    stores = try workspace.storedEvents()
    names = try stores.map { try workspace.eventNames(of: $0.name) }
    properties = try stores.map { try workspace.properties(of: $0.name) }
    events = []
    for stored in stores {
      let store = try workspace.events(stored.name)
      events.append(Contents(store))
      if case .damaged(let what) = store.faults?.latest {
        throw WorkspaceError(.damaged(what: what), file: workspace.path)
      }
    }
    people = try Self.people(of: workspace)
    surveys = try workspace.surveys()
    active.append(try workspace.activeSurveyName())
    answers = try surveys.map { try workspace.answers(of: $0.name).map { "\($0)" } }
    spend = try workspace.spend()
    identities = try workspace.identities().map { map in ["d1", "d2", "u1"].map { map.person(of: $0) } }
    history = try workspace.history()
    undone = undoing ? try workspace.undo(at: minute(9)).map(\.statement) : []
    mapsAfterUndo = try workspace.mapNames().map(workspace.map)
  }

  private static func people(of workspace: Workspace) throws -> [String] {
    guard let table = try workspace.people() else { return [] }
    let rows: PersonRows
    do {
      rows = try table.rows()
    } catch {
      throw WorkspaceError(.damaged(what: "\(error)"), file: workspace.path)
    }
    return rows.customers.indices.map { row in
      let values = table.properties.indices.map { rows.value(of: $0, at: row)?.text ?? "" }
      return "\(rows.customers[row]) \(table.properties.map(\.name)) \(values)"
    }
  }
}

extension Workspace {
  /// Fills an empty workspace with something of everything.
  func fill() throws {
    var map = try wholeMap()
    try addMap(JourneyMap(name: "other"), at: minute(0), statement: "new map other")
    try addMap(map, at: minute(0), statement: "load map")
    map = try edit("shop", map.edit(adding: .stage, "Second"), at: minute(1), statement: "add")
    try takeSnapshot("before", of: "shop", at: minute(2))
    map = try edit("shop", map.edit(adding: .stage, "Third"), at: minute(3), statement: "add")
    _ = try edit("shop", map.edit(adding: .stage, "Fourth"), at: minute(4), statement: "add")
    _ = try undo(at: minute(5))
    for kind in SavedKind.allCases {
      for name in ["a", "b"] { try save(SavedText(name: name, text: "\(kind) \(name)", at: minute(1)), as: kind) }
    }
    let source = LoadedSource(
      kind: "events", store: "main", file: "e.csv", size: 10, fingerprint: "f", rows: 3, badRows: 1, at: minute(0),
      roles: "customer a")
    try saveEvents(sampleEvents(customers: 2, buckets: 1, seed: 2), as: "other", at: minute(0))
    try saveEvents(sampleEvents(customers: 6), as: "main", from: source, at: minute(0))
    try fillPeople()
    if let zone = Zone("Europe/Oslo") { try setZone(zone) }
  }
}

extension Workspace {
  private func fillPeople() throws {
    func source(_ kind: String, _ store: String = "") -> LoadedSource {
      LoadedSource(
        kind: kind, store: store, file: "f.csv", size: 1, fingerprint: kind, rows: 2, badRows: 0, at: minute(0),
        roles: "")
    }
    let details = [RowDetail(name: "plan", kind: .text), RowDetail(name: "seats", kind: .number)]
    _ = try addCustomers(
      ["u1", "u2", "u3"].map { CustomerRow(customer: $0, values: [("plan", .text("pro")), ("seats", .number(2))]) },
      details, from: source("customers"))
    for name in ["nps", "later"] {
      let answers = (0..<3).map { index in
        AnswerRow(
          customer: "u\(index)", at: minute(index), score: index, comment: "c", touchpoint: "t", channel: "x",
          values: [("plan", .text("p"))])
      }
      try addAnswers(answers, scale: "nps", [details[0]], to: name, from: source("survey", name))
    }
    let costs = (1...3).map { ChannelCost(channel: "tv", dates: minute($0)..<minute($0 + 1), cost: Double($0)) }
    try addCosts(costs, from: source("spend"))
    let pairs = [(device: "d1", customer: "u1"), (device: "d2", customer: "u1"), (device: "d3", customer: "d2")]
    var map = IdentityMap()
    for pair in pairs { _ = map.join(pair.device, with: pair.customer) }
    _ = try addIdentities(
      pairs, joinedAs: map, from: source("identities"), at: minute(0), RowRoom(budget: .max, folder: "/"))
  }
}
