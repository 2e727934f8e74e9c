import Foundation
import JourneyTime
import Outside
import SourceText
import Testing

@testable import Statements

/// Notebooks run, checked and recorded in a folder of their own.
@Suite struct NotebookTaskTests {
  private final class Folder {
    let path: String

    init() throws {
      path = FileManager.default.temporaryDirectory.appendingPathComponent("waymark-\(UUID().uuidString)").path
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    subscript(_ name: String) -> String {
      get { (try? String(contentsOfFile: path + "/" + name, encoding: .utf8)) ?? "" }
      set { try? newValue.write(toFile: path + "/" + name, atomically: true, encoding: .utf8) }
    }

    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path + "/" + name) }
  }

  private struct Ran {
    var status: Int32
    var told: String
    var complaints: String
    var replies: String
  }

  private func run(
    _ folder: Folder, _ action: NotebookTask.Action, door: Door = .open, file: String = "q.way.md",
    _ change: (inout NotebookTask.Options) -> Void = { _ in }
  ) throws -> Ran {
    var options = NotebookTask.Options()
    options.action = action
    change(&options)
    let session = try Session(opening: nil, directory: folder.path, door: door) { Instant(microseconds: 0) }
    var ran = Ran(status: 0, told: "", complaints: "", replies: "")
    let shell = Shell(session: session) { ran.replies += $0 }
    let task = NotebookTask(file, options, in: shell) {
      ran.told += $0
    } complain: {
      ran.complaints += $0
    }
    ran.status = try task.perform().status
    return ran
  }

  private static let events = """
    customer,time,event,device
    a,2025-03-01 10:00,visit,phone
    a,2025-03-02 10:00,purchase,phone
    b,2025-03-01 11:00,visit,phone
    c,2025-03-01 12:00,visit,desktop
    c,2025-03-03 12:00,purchase,desktop

    """
  private static let blocks = """
    # Buying

    ```way name=load
    load events "e.csv"
    ```
    ```way name=buy
    funnel visit -> purchase by device
    ```

    Prose stays.

    """

  private func folder(_ blocks: String = Self.blocks) throws -> Folder {
    let folder = try Folder()
    (folder["e.csv"], folder["q.way.md"]) = (Self.events, blocks)
    return folder
  }

  @Test func `what is recorded holds, and is recorded once`() throws {
    let folder = try folder()
    let missing = try run(folder, .check)
    #expect(missing.status == 3 && missing.told.contains("block buy, line 6: no result is recorded"))
    #expect(folder["q.way.md"] == Self.blocks)
    #expect(try run(folder, .update).status == 0)
    let recorded = folder["q.way.md"]
    #expect(recorded.contains("desktop") && recorded.hasSuffix("\n\nProse stays.\n"))
    #expect(try run(folder, .update).told == "q.way.md: nothing has changed\n")
    #expect(folder["q.way.md"] == recorded)
    let held = try run(folder, .check)
    #expect(held.status == 0 && held.told == "q.way.md: all 2 results hold\n" && held.replies.isEmpty)
  }

  @Test func `other data are found by row and figure, and named as the reason`() throws {
    let folder = try folder()
    _ = try run(folder, .update)
    folder["e.csv"] += "b,2025-03-04 10:00,purchase,phone\n"
    let ran = try run(folder, .check)
    #expect(ran.status == 3)
    #expect(
      ran.told.contains("q.way.md: block buy, line 19: by device: phone, purchase, customers 1 → 2\n"), "\(ran.told)")
    #expect(
      ran.told.contains("phone, purchase, of first ~50.0 % → ~100.0 %") || ran.told.contains("50.0 % → ~100.0 %"),
      "\(ran.told)")
    #expect(ran.told.contains("  because the data changed\n"))
    #expect(try run(folder, .update).status == 0)
    #expect(try run(folder, .check).status == 0)
  }

  @Test func `another question, another map and another hand are told apart`() throws {
    let folder = try folder(Self.blocks + "```way name=map\nnew map m\nadd stage S\ncheck map\n```\n")
    _ = try run(folder, .update)
    let recorded = folder["q.way.md"]
    folder["q.way.md"] = recorded.replacing(
      "funnel visit -> purchase by device", with: "funnel visit -> purchase within 1h by device")
    #expect(try run(folder, .check).told.contains("because the question changed"))
    folder["q.way.md"] = recorded.replacing("add stage S", with: "add stage S; add touchpoint T to S")
    #expect(try run(folder, .check).told.contains("because the map and the question changed"))
    folder["q.way.md"] = recorded.replacing("\ndesktop      1", with: "\ndesktop      9")
    #expect(folder["q.way.md"] != recorded)
    let edited = try run(folder, .check)
    #expect(edited.status == 3 && edited.told.contains("block buy, line 19: it says 'desktop      9"), "\(edited.told)")
    #expect(edited.told.contains("because the result was edited by hand"))
    _ = try run(folder, .update)
    #expect(folder["q.way.md"] == recorded)
  }

  @Test func `a tolerance lets figures move and keeps what was recorded`() throws {
    let folder = try folder(Self.blocks.replacing("name=buy", with: "name=buy tolerance=60pt"))
    folder["q.way.md"] = folder["q.way.md"].replacing("funnel visit -> purchase by device", with: "check events")
    folder["q.way.md"] = folder["q.way.md"].replacing("check events", with: "count purchase by device")
    _ = try run(folder, .update)
    let recorded = folder["q.way.md"]
    folder["e.csv"] += "d,2025-03-04 10:00,visit,phone\n"
    #expect(try run(folder, .check).told.contains("of 2 results 1 does not hold"))
    folder["e.csv"] = Self.events + "b,2025-03-04 10:00,purchase,phone\n"
    let ran = try run(folder, .check)
    #expect(ran.told.contains("block buy, line 19: phone, events 1 → 2"), "\(ran.told)")
    #expect(!ran.told.contains("share"))
    #expect(recorded == folder["q.way.md"])
  }

  @Test func `parameters are of the notebook, and results of their values`() throws {
    let folder = try folder(
      "---\nparams: { who: phone, day: 2025-03-01 }\n---\n```way\nload events \"e.csv\"\ncount visit where device = $who during $day\n```\n"
    )
    _ = try run(folder, .update)
    #expect(folder["q.way.md"].contains("device = phone during 2025-03-01"))
    #expect(try run(folder, .check).status == 0)
    let given: (inout NotebookTask.Options) -> Void = { $0.parameters = [("who", "desktop")] }
    let refused = try #require(throws: Diagnostic.self) { try run(folder, .check, given) }
    #expect(refused.code.name == "notebook.parameters" && refused.exitStatus == 1)
    let unknown = try #require(throws: Diagnostic.self) { try run(folder, .run) { $0.parameters = [("whom", "x")] } }
    #expect(unknown.code.name == "notebook.parameter" && unknown.hint == "--param who=…")
    #expect(try run(folder, .run, given).replies.contains("device = desktop"))
    _ = try run(folder, .update, given)
    #expect(try run(folder, .check, given).status == 0)
  }

  @Test func `a block that fails is told with its place, and the rest is checked`() throws {
    let folder = try folder(
      Self.blocks + "\n- x\n\n  ```way name=bad\n  count visit\n  count vist\n  ```\n\n```way\ncount visit\n```\n"
        + "```way error=step.unknown\ncount nothing\n```\n```way error=step.unknown\ncount visit\n```\n```way skip\ncount vist\n```\n"
    )
    let ran = try run(folder, .check)
    #expect(ran.status == 1)
    #expect(
      ran.complaints.contains("q.way.md:16:9: error:")
        && ran.complaints.contains("[step.unknown]\n  count vist\n        ^^^^"), "\(ran.complaints)")
    #expect(ran.complaints.contains("was to fail with [step.unknown] and did not [notebook.expected]"))
    #expect(ran.told.contains("block 4, line 19: no result"))
    #expect(try run(folder, .check) { $0.stopsAtFailure = true }.told.contains("block 4") == false)
    let before = folder["q.way.md"]
    #expect(try run(folder, .update).status == 1)
    let after = folder["q.way.md"]
    #expect(before != after && after.contains("  ```way name=bad\n  count visit\n  count vist\n  ```\n\n```way\n"))
    #expect(after.contains("error: no touchpoint, stage, event or step is called 'nothing' [step.unknown]"))
    let unknown = try #require(throws: Diagnostic.self) {
      folder["q.way.md"] = "```way error=step.unknwon\n```\n"
      _ = try run(folder, .check)
    }
    #expect(unknown.hint == "error=step.unknown")
  }

  @Test func `an assertion that does not hold exits as in a script`() throws {
    let folder = try folder(Self.blocks + "```way\nassert count visit > 9\n```\n")
    #expect(try run(folder, .run).status == 3)
    #expect(try run(folder, .update).status == 3)
  }

  @Test func `findings are annotations for GitHub`() throws {
    let folder = try folder()
    _ = try run(folder, .update)
    folder["e.csv"] += "b,2025-03-04 10:00,purchase,phone\n"
    let told = try run(folder, .check) { $0.isForGitHub = true }.told
    let lines = told.split(separator: "\n")
    #expect(lines.count == 2 && lines.allSatisfy { $0.hasPrefix("::error file=q.way.md,line=") }, "\(told)")
    #expect(
      told.contains("%25 →") && told.contains("%0Abecause the data changed") && told.contains("title=block buy::"))
  }

  @Test func `pictures stand in files beside the notebook`() throws {
    let folder = try folder(
      Self.blocks
        + "```way name=pic\nnew map m\nadd stage S\n.mode svg\ncount visit by device\nshow map\n.mode table\n```\n")
    _ = try run(folder, .update)
    #expect(folder["q.way.md"].contains("![pic](<q.files/pic.svg>)\n") && folder["q.files/pic.svg"].hasPrefix("<svg"))
    #expect(folder["q.files/pic-2.svg"].contains("<svg"))
    #expect(try run(folder, .check).status == 0)
    let picture = folder["q.files/pic.svg"]
    folder["q.files/pic.svg"] = "<svg/>"
    #expect(try run(folder, .check).told.contains("its picture q.files/pic.svg is another"))
    try FileManager.default.removeItem(atPath: folder.path + "/q.files/pic.svg")
    #expect(try run(folder, .check).told.contains("its picture q.files/pic.svg is not there"))
    _ = try run(folder, .update)
    #expect(folder["q.files/pic.svg"] == picture)
  }

  @Test func `a workspace is read and never changed`() throws {
    let folder = try folder()
    let session = try Session(opening: Door.open.file(folder.path + "/w.waymark"), directory: folder.path) {
      Instant(microseconds: 0)
    }
    _ = try session.execute("load events \"e.csv\"")
    folder["q.way.md"] =
      "---\nworkspace: w.waymark\n---\n```way\nlet $d = 2d\nnew map m\nadd stage S\nfunnel visit -> purchase within $d\n```\n"
    let bytes = FileManager.default.contents(atPath: folder.path + "/w.waymark")
    #expect(try run(folder, .update).status == 0)
    #expect(try run(folder, .check).status == 0)
    #expect(FileManager.default.contents(atPath: folder.path + "/w.waymark") == bytes)
    for statement in ["open \"w.waymark\"", "new workspace \"x.waymark\"", "save \"y.waymark\""] {
      folder["q.way.md"] = "```way error=notebook.workspace\n\(statement)\n```\n"
      #expect(try run(folder, .check).complaints == "", "\(statement)")
    }
    #expect(!folder.has("x.waymark") && !folder.has("y.waymark"))
  }

  @Test func `behind a shut door statements reach no file`() throws {
    let folder = try folder()
    let ran = try run(folder, .update, door: .shut)
    #expect(ran.status == 1 && ran.complaints.contains("[safe.refused]"))
  }

  @Test func `a notebook is a script`() throws {
    let folder = try folder(Self.blocks + "```way error=step.unknown\ncount vist\n```\n```way\ncount vist\n```\n")
    try FileManager.default.createDirectory(atPath: folder.path + "/in", withIntermediateDirectories: true)
    (folder["in/q.way.md"], folder["in/e.csv"]) = (folder["q.way.md"], folder["e.csv"])
    let session = try Session(opening: nil, directory: folder.path) { Instant(microseconds: 0) }
    var replies = ""
    let shell = Shell(session: session) { replies += $0 }
    let error = try #require(throws: Diagnostic.self) { try shell.run(.typed("run \"in/q.way.md\"")) }
    #expect(error.place == "in/q.way.md:15:7" && replies.contains("by device") && replies.contains("[step.unknown]"))
    #expect(throws: Never.self) { try session.execute("count visit") }
  }

  @Test func `a notebook for Jupyter has cells and their results`() throws {
    let folder = try folder(Self.blocks + "```way error=step.unknown\ncount vist\n```\n")
    let here = folder.path + "/q.ipynb"
    #expect(try run(folder, .update) { $0.export = here }.status == 0)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(folder["q.ipynb"].utf8)) as? [String: Any])
    let cells = try #require(object["cells"] as? [[String: Any]])
    #expect(object["nbformat"] as? Int == 4 && object["nbformat_minor"] as? Int == 5)
    #expect(cells.map { $0["cell_type"] as? String } == ["markdown", "code", "code", "markdown", "code"])
    #expect(Set(cells.map { $0["id"] as? String }).count == cells.count)
    let outputs = try #require(cells[2]["outputs"] as? [[String: Any]])
    #expect((outputs[0]["data"] as? [String: Any])?.keys.sorted() == ["text/html", "text/plain"])
    #expect((cells[4]["outputs"] as? [[String: Any]])?.first?["ename"] as? String == "step.unknown")
  }

  @Test func `a session is a notebook that runs`() throws {
    let folder = try folder()
    let session = try Session(opening: nil, directory: folder.path) { Instant(microseconds: 0) }
    let shell = Shell(session: session) { _ in }
    for text in [
      "load events \"e.csv\"", "count vist", "help count", ".rows 5", "let $w = 2d", "count visit", "count visit",
      "funnel visit ->\n  purchase within $w", "save session \"s.way.md\"", "save session all \"all.way.md\"",
    ] { try? shell.run(.typed(text)) }
    #expect(
      folder["s.way.md"] == """
        ---
        title: "s"
        ---

        # s

        ```way
        load events "e.csv"
        .rows 5
        let $w = 2d
        ```

        ```way
        count visit
        ```

        ```way
        funnel visit ->
          purchase within $w
        ```

        """)
    #expect(folder["all.way.md"].contains("```way error=step.unknown\ncount vist\n```\n"))
    for file in ["s.way.md", "all.way.md"] {
      #expect(try run(folder, .update, file: file).status == 0)
      #expect(try run(folder, .check, file: file).status == 0)
    }
    let empty = Shell(session: try Session(opening: nil, directory: folder.path) { Instant(microseconds: 0) }) { _ in }
    let nothing = try #require(throws: Diagnostic.self) { try empty.run(.typed("save session \"n.way.md\"")) }
    #expect(nothing.code.name == "notebook.nothing" && !folder.has("n.way.md"))
    let name = try #require(throws: Diagnostic.self) { try shell.run(.typed("save session \"s.txt\"")) }
    #expect(name.code.name == "notebook.name" && name.hint == "\"s.txt.way.md\"")
    let there = try #require(throws: Diagnostic.self) { try shell.run(.typed("save session \"s.way.md\"")) }
    #expect(there.code.name == "notebook.there")
  }
}
