import Foundation
import Testing

@testable import Terminal

/// The command where the system lets it have little: it says so, and what is kept stays whole.
@Suite final class LimitTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("waymark-limits-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private struct Outcome {
    var output: String
    var errors: String
    var status: Int32
    var isSignalled: Bool
  }

  /// Runs a line of the system's shell in the folder; `$W` is the command.
  private func run(_ line: String) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    process.environment = ProcessInfo.processInfo.environment.merging(["W": PseudoTerminal.folder + "/waymark"]) { $1 }
    process.currentDirectoryURL = folder
    let (output, errors) = (folder.appendingPathComponent("out"), folder.appendingPathComponent("err"))
    for file in [output, errors] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return Outcome(
      output: try String(contentsOf: output, encoding: .utf8), errors: try String(contentsOf: errors, encoding: .utf8),
      status: process.terminationStatus, isSignalled: process.terminationReason == .uncaughtSignal)
  }

  // MARK: Streams

  @Test func noFileTakesThePlaceOfAClosedStream() throws {
    let made = try run("exec \"$W\" shop.waymark -c 'new map m' -c 'add stage One' <&- >&- 2>&-")
    #expect(!made.isSignalled && made.output.isEmpty && made.errors.isEmpty)
    // The first answer could not be written, which ends the command; the map is there all the same, and the file is whole.
    #expect(made.status == 1)
    #expect(try run("\"$W\" shop.waymark -c 'show history' --mode csv").output.contains("new map m"))
    let told = try run("exec \"$W\" -c 'show map' >&-")
    #expect(told.status == 1 && told.errors.contains("[map.none]"))
    let untold = try run("exec \"$W\" -c 'count' 2>&-")
    #expect(untold.status == 1 && untold.output.isEmpty)
    #expect(try run("exec \"$W\" <&-").status == 0)
  }

  // MARK: Less than is needed

  @Test(arguments: [
    ("ulimit -n 5", "this process may have 5 files open, and needs 32 (ulimit -n)"),
    ("ulimit -v 300000", "this process may have 292 MB of addresses, and needs 512 MB (ulimit -v)"),
  ]) func tooLittleToStartIsSaid(limit: String, sentence: String) throws {
    let outcome = try run("\(limit); exec \"$W\" shop.waymark -c 'new map m'")
    #expect(outcome.status == 4 && !outcome.isSignalled)
    #expect(outcome.errors == "error: \(sentence)\n")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/shop.waymark"))
  }

  @Test func theLeastIsEnoughForTheSample() throws {
    let outcome = try run(
      "ulimit -n 32; ulimit -v 524288; exec \"$W\" shop.waymark -c 'load sample shop' -c 'flow' -c 'funnel stages by device'"
    )
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
  }

  /// Many names are kept in memory whatever the budget: a load of them is carried out or given up with its error.
  @Test(arguments: [524_288, 600_000, 800_000, 1_500_000]) func moreThanThereIsIsGivenUp(kilobytes: Int) throws {
    var text = "customer,time,event,note\n"
    for row in 0..<300_000 {
      text += "u\(row / 3),2025-01-01T10:00:00Z,name \(row),a note of some length that no other row has \(row)\n"
    }
    try text.write(to: folder.appendingPathComponent("e.csv"), atomically: true, encoding: .utf8)
    let outcome = try run(
      "ulimit -v \(kilobytes); exec \"$W\" shop.waymark -c 'load events \"e.csv\"' -c 'flow' -c 'count by note top 300000'"
    )
    #expect(!outcome.isSignalled && [0, 1].contains(outcome.status), "\(outcome.errors)")
    #expect(outcome.status == 0 || outcome.errors.contains("[memory.short]"), "\(outcome.errors)")
    #expect(try run("exec \"$W\" shop.waymark -c 'show history'").status == 0)
  }

  @Test func aFileThatMayNotGrowIsAnError() throws {
    let outcome = try run("ulimit -f 8; exec \"$W\" -c 'load sample shop' -c 'export map to \"m.html\"'")
    #expect(outcome.status == 1 && !outcome.isSignalled)
    #expect(outcome.errors.contains("[file.unwritable]"), "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/m.html"))
    let answer = try run("ulimit -f 8; exec \"$W\" -c 'load sample shop' -c 'show map' --mode html > long.html")
    #expect(answer.status == 1 && answer.errors.contains("standard output cannot be written"), "\(answer.errors)")
  }

  // MARK: Scripts

  @Test func aScriptHasItsSize() throws {
    for line in ["truncate -s 5G huge.way", "ln -s /dev/zero endless.way"] { #expect(try run(line).status == 0) }
    for (command, name) in [
      ("\"$W\" huge.way", "huge.way"), ("\"$W\" endless.way", "endless.way"), ("\"$W\" < huge.way", "stdin"),
      ("\"$W\" -c 'run \"huge.way\"'", "huge.way"), ("\"$W\" -c '.read \"endless.way\"'", "endless.way"),
    ] {
      let outcome = try run(command)
      #expect(outcome.status == 1, "\(command)")
      #expect(
        outcome.errors.contains("error: '\(name)' is larger than 16 MiB, which no script is [script.too-large]"),
        "\(command): \(outcome.errors)")
    }
  }

  @Test func aScriptMayComeOutOfAPipe() throws {
    let outcome = try run(
      "mkfifo piped.way; (sleep 0.1; printf 'new map m\\nadd stage '; sleep 0.1; echo One) > piped.way & "
        // What is sent before the program listens is lost: it is sent until nobody is there.
        + "\"$W\" piped.way; \"$W\" piped.way & last=$!; "
        + "(while kill -INT $last 2>/dev/null; do sleep 0.1; done) & wait $last")
    #expect(outcome.errors.contains("added stage 'One'") || outcome.output.contains("added stage 'One'"))
    // Nobody writes to it any more.
    #expect(outcome.status == 130)
  }

  // MARK: What the limits are

  @Test func theControlGroupSaysItsMemory() throws {
    func limit(_ membership: String, _ files: [String: String]) throws -> Int? {
      let root = folder.appendingPathComponent(UUID().uuidString)
      for (path, text) in files {
        let file = root.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
      }
      let own = root.appendingPathComponent("own")
      try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
      try membership.write(to: own, atomically: true, encoding: .utf8)
      return ControlGroup(groups: root.path, membership: own.path).memoryLimit
    }
    #expect(try limit("0::/a/b\n", ["a/b/memory.max": "max\n", "a/memory.max": "268435456\n"]) == 268_435_456)
    #expect(try limit("0::/a/b\n", ["a/b/memory.max": "1000\n", "a/memory.max": "2000\n"]) == 1_000)
    #expect(try limit("0::/\n", ["memory.max": "5000\n"]) == 5_000)
    #expect(
      try limit("5:cpu:/x\n4:memory:/x\n", ["memory/x/memory.limit_in_bytes": "7000\n"]) == 7_000)
    #expect(try limit("4:memory:/\n", ["memory/memory.limit_in_bytes": "9223372036854771712\n"]) == nil)
    #expect(try limit("", [:]) == nil && limit("nonsense\n0::\n:::\n", [:]) == nil)
    #expect(ControlGroup(groups: "/nowhere", membership: "/nowhere").memoryLimit == nil)
  }

  @Test func theBudgetFitsTheLimits() {
    let used = MemoryUse(addresses: 100 << 20, memory: 20 << 20)
    #expect(ProcessLimits().budget(of: 8 << 30, using: used) == 4 << 30)
    #expect(ProcessLimits(memory: 1 << 30).budget(of: 8 << 30, using: used) == 512 << 20)
    #expect(ProcessLimits(addresses: 900 << 20).budget(of: 8 << 30, using: used) == 200 << 20)
    #expect(ProcessLimits(addresses: 1).budget(of: 8 << 30, using: used) == 16 << 20)
    #expect(!ProcessLimits().areNear(MemoryUse(addresses: .max, memory: .max), from: used))
    let limits = ProcessLimits(addresses: 500 << 20)
    #expect(!limits.areNear(MemoryUse(addresses: 299 << 20, memory: 0), from: used))
    #expect(limits.areNear(MemoryUse(addresses: 301 << 20, memory: 0), from: used))
    #expect(MemoryUse.current.addresses > MemoryUse.current.memory && MemoryUse.current.memory > 0)
  }

  @Test func theAllocatorTellsWhatIsTakenWhereLinuxDoesNot() {
    let before = MemoryUse.allocated
    let taken = [UInt8](repeating: 1, count: 256 << 20)
    let after = MemoryUse.allocated
    #expect(after.addresses - before.addresses >= taken.count)
    #expect(after.memory <= MemoryUse.current.addresses)
  }
}
