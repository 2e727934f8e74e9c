import Foundation
import JourneyTime
import Language
import Outside
import SourceText
import Statements
import Testing
import Workspace

/// What `help` shows must run: every example of every form, on the sample shop.
@Suite struct FormExampleTests {
  @Test(arguments: Forms.due.map(\.name))
  func examplesRun(name: String) throws {
    let form = try #require(Forms.due.first { $0.name == name })
    #expect(form.examples.count >= 2)
    #expect(!form.summary.isEmpty && !form.meaning.isEmpty)
    for example in form.examples {
      let bench = try ExampleBench()
      defer { bench.remove() }
      do {
        if ["csat", "ces"].contains(name) {
          try bench.shell.perform("load survey \"service.csv\" scale csat as service")
          try bench.shell.perform("load survey \"effort.csv\" scale ces as effort")
        }
        if example.contains("$_") { try bench.shell.perform("funnel visit -> cart_added") }
        if ["hint", "skip", "back", "again"].contains(name) { try bench.shell.perform("lesson 1") }
        if name == "save session" { try bench.shell.perform("count visit") }
        try bench.shell.run(script: Array(example.utf8), named: "example")
      } catch {
        Issue.record("\(example): \(error.rendered(in: example))")
      }
    }
  }

  @Test func formsAreListedOnce() {
    let names = Forms.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Forms.notYet.allSatisfy { $0.examples.isEmpty && $0.summary.isEmpty })
  }
}

/// A folder with the sample as a workspace file and the files that examples name.
private final class ExampleBench {
  let folder: URL
  let shell: Shell

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("waymark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("reviews"), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("scripts"), withIntermediateDirectories: true)
    for (name, text) in Self.files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    let workspace = folder.appendingPathComponent("sample.waymark")
    try FileManager.default.copyItem(at: Self.sample.get(), to: workspace)
    let session = Session(workspace: try Workspace(opening: Door.open.file(workspace.path)), directory: folder.path) {
      Instant(microseconds: 1_751_328_000_000_000)
    }
    shell = Shell(session: session) { _ in }
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  private static let files = [
    "events.csv": "uid,user_id,ts,name,event\nu1,u1,2025-01-01 10:00:00,visit,visit\n"
      + "u1,u1,2025-01-02 10:00:00,buy,buy\n",
    "headless.tsv": "u1\t2025-01-01T10:00:00Z\tvisit\nu2\t2025-01-01T11:00:00Z\tvisit\n",
    "shop.yaml": "map: other\nstages:\n  - name: Awareness\n",
    "shop.mmd": "journey\n  title Shop\n  section Go\n    Look: 3: Me\n",
    "crm.csv": "id,plan\nu1,pro\n", "contacts.csv": "Contact ID,plan\nu1,pro\n",
    "nps.csv": "customer,time,score\nu1,2025-03-01T10:00:00Z,9\n",
    "service.csv": "customer,submitted,rating\nu1,2025-03-01T10:00:00Z,4\n",
    "effort.csv": "customer,time,score\nu1,2025-03-01T10:00:00Z,6\n",
    "ads.csv": "channel,day,cost\ntv,2025-03-01,9\n",
    "ids.csv": "device,customer\nd1,u1\n", "logins.csv": "cookie,member\nc1,u1\n",
    "budget.csv": "source,start,end,amount\ntv,2025-03-01,2025-03-31,9\n",
    "review.way": "count\n", "scripts/q3.way.md": "```way\ncount visit\n```\n",
  ]

  /// The sample with what examples take for granted: an answer called main, a change to undo and one to redo, a snapshot.
  private static let sample = Result {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("waymark-sample-\(UUID().uuidString)")
    let session = Session(workspace: try Workspace(opening: Door.open.file(path.path), as: .new), directory: "/") {
      Instant(microseconds: 1_751_328_000_000_000)
    }
    try Shell(session: session) { _ in }.run(
      script: Array(
        """
        load sample shop
        let $main = funnel visit -> cart_added -> purchase
        note "one"; note "two"; note "three"; note "four"; note "five"
        undo 2
        """.utf8), named: "sample")
    return path
  }
}
