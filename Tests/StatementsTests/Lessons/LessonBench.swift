import Foundation
import Interchange
import JourneyTime
import Outside
import SourceText

@testable import Statements

/// A shell in a folder of its own, with lessons in files, and what it says.
final class LessonBench {
  let folder: String
  let shell: Shell
  private(set) var said = ""

  /// - Parameter kept: where it is kept how far one comes; nil for nowhere.
  init(door: Door = .open, keptIn kept: String? = nil) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("waymark-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let session = try Session(opening: nil, directory: folder, door: door) { Instant(microseconds: 0) }
    var say: (String) -> Void = { _ in }
    shell = Shell(session: session) { say($0) }
    say = { [unowned self] in said += $0 }
    if let kept { shell.keepLessons(in: try Door.open.file(kept)) }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func write(_ text: String, to name: String) throws {
    try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
  }

  /// What is said to some input, errors among it.
  @discardableResult func type(_ lines: String...) -> String {
    said = ""
    for line in lines {
      do { try shell.run(.typed(line)) } catch { said += shell.text(of: error, in: line) }
    }
    return said
  }

  /// `waymark run NAME --check`: its status and what it tells.
  static func check(_ text: String, door: Door = .open, name: String = "l.way.md") throws -> (
    status: Int32, told: String
  ) {
    let bench = try LessonBench(door: door)
    try bench.write(text, to: name)
    try bench.write("run \"self.way\"\n", to: "self.way")
    var options = NotebookTask.Options()
    options.action = .check
    var told = ""
    let task = NotebookTask(name, options, in: bench.shell) {
      told += $0
    } complain: {
      told += $0
    }
    do { return (try task.perform().status, told) } catch {
      return (error.exitStatus, told + error.rendered(in: ""))
    }
  }

  /// A lesson of two steps on a bakery: the map in the first, an answer in the second.
  static let bakery = """
    ---
    title: A bakery
    ---

    Welcome to the bakery.

    ## 1.1 The counter

    People come in and choose.

    Put the stage `Counter` on the map, and `Choosing` into it.

    ```way setup
    new map bakery
    ```

    ```way check
    assert stage Counter else "the stage Counter is missing"
    assert touchpoint Choosing in Counter else "the map has the stage, not yet the touchpoint"
    ```

    ```way wrong
    add stage Choosing
    assert stage Choosing else "choosing is a touchpoint, within a stage"
    ```

    ```way solution
    add stage Counter
    add touchpoint Choosing to Counter
    ```

    ### Hints
    1. Large parts are stages.
    2. The form: `add stage NAME`.
    3. `add stage Counter`, then
       `add touchpoint Choosing to Counter`.

    ## 1.2 How many

    Some people came.

    How many events are there?

    ```way setup
    simulate 20 customers seed 1
    ```

    ```way check
    assert $_ is "count" else "nothing was counted"
    assert events of $_ = count else "count all events"
    ```

    ```way solution
    count
    ```

    ## Done

    You can bake.

    """
}
