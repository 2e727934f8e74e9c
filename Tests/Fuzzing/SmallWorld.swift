import EventStore
import Foundation
import Interchange
import JourneyModel
import JourneyTime
import Language
import Simulation
import Statements
import Workspace

/// A workspace that holds what statements can meet, made once: two hundred customers of the sample shop, and a small store and a
/// map of names and values that trip up whoever is careless.
enum SmallWorld {
  static let workspaceName = "small.waymark"

  /// Where all sessions look at the clock: 2025-07-01.
  static let now = Instant(microseconds: 1_751_328_000_000_000)

  /// The files of a folder by name, the workspace among them.
  static let files: [String: [UInt8]] = {
    do {
      let scratch = try Scratch()
      try fill(Workspace(opening: scratch.file(workspaceName), as: .new), in: scratch)
      var files = texts.mapValues { Array($0.utf8) }
      files[workspaceName] = try [UInt8](Data(contentsOf: URL(fileURLWithPath: scratch.path(of: workspaceName))))
      return files
    } catch {
      preconditionFailure("the world of the fuzzers cannot be made: \(error)")
    }
  }()

  /// A workspace file with nothing in it.
  static let emptyWorkspace: [UInt8] = {
    do {
      let scratch = try Scratch()
      _ = try Workspace(opening: scratch.file(workspaceName), as: .new)
      return try [UInt8](Data(contentsOf: URL(fileURLWithPath: scratch.path(of: workspaceName))))
    } catch {
      preconditionFailure("an empty workspace cannot be made: \(error)")
    }
  }()

  /// A session in the workspace, its files in a folder of their own.
  static func session(in scratch: Scratch) throws -> Session {
    for (name, bytes) in files { try scratch.file(name, holding: bytes) }
    let workspace = try Workspace(opening: scratch.file(workspaceName))
    return Session(workspace: workspace, directory: scratch.path) { now }
  }

  private static func fill(_ workspace: Workspace, in scratch: Scratch) throws {
    let shop = EventStore(rows: ShopSimulator().journeys(customers: 200, seed: 7).flatMap(\.rows))
    try workspace.saveEvents(EventStore(rows: oddRows, session: "visit"), as: oddName, at: now)
    try workspace.saveEvents(EventStore(rows: farRows), as: "far", at: now)
    try workspace.saveEvents(shop, as: "shop", at: now)
    // A second layer beside the first.
    let more = ShopSimulator().journeys(customers: 9, seed: 8).flatMap(\.rows)
    _ = try workspace.addEvents(EventStore(rows: more), to: "shop", at: now)
    let session = Session(workspace: workspace, directory: scratch.path) { now }
    for (name, text) in texts { try scratch.file(name, holding: text.utf8) }
    try Shell(session: session) { _ in }.run(script: Array(beginning.utf8), named: "beginning")
  }

  static let oddName = "odd\u{1B}]52;c;eA==\u{7}\n"

  /// Names as statements write them.
  static let names: [String] = {
    let shop = [
      "visit", "cart_added", "purchase", "checkout_started", "Cart", "Checkout", "Awareness", "device", "channel",
      "revenue",
      "phone", "email", "u1", "shop", "odd map", "Interest", "category", "far",
    ]
    return (shop + oddNames + [oddName, String(repeating: "long ", count: 400), "main", "later"]).map(\.quoted)
  }()

  static let fileNames =
    (texts.keys.sorted() + [workspaceName, "new.waymark", "out.csv", "out.svg", "out.html", "gone"])
    .map { "\"\($0)\"" } + [
      "\"out.jsonl.gz\"", "\"out.tsv.zst\"", "\"events.db#visits\"", "\"out.yaml\"", "\"out.md\"",
    ]

  /// What the workspace is told once its events are there.
  private static let beginning = """
    load map "shop.yaml"
    load map "odd.json"
    use map shop
    define step "Any cart" as {cart_added | Cart}
    define segment Phones as device = phone and did purchase 1 or more times
    let $week = 7d
    let $main = funnel visit -> cart_added -> purchase within $week
    snapshot "before"
    note "one"; note "two\\u{7}"; add touchpoint "Gift\\u{202E} wrap" to stage Purchase emotion -2
    rename stage Interest to "Interest\\n2"
    undo
    """

  private static let texts: [String: String] = [
    "shop.yaml": shopMap,
    "odd.json": oddMap,
    "events.csv": "user_id,timestamp,event,price,note\nu1,2025-01-01 10:00:00,visit,1.5,\"a, b\"\n"
      + "u1,2025-01-02,buy,2,\nu2,31.12.2024,visit,x,y\n",
    "events.jsonl": "{\"user\":\"u1\",\"ts\":1735725600,\"event\":\"visit\",\"p\":{\"a\":[1]}}\n",
    "map.mmd": "journey\n  title Shop\n  section Go\n    Look: 3: Me\n",
    "map.csv": "kind,name,parent\nstage,Go,\ntouchpoint,Look,Go\n",
    "script.way": "count\n# again\nfunnel visit -> purchase; .mode csv\nshow map\n",
  ]
}
