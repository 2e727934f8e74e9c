import Foundation
import TestSupport
import Testing

/// What is no ordinary file: pipes with and without a reader, devices, the process's own streams.
@Suite final class StreamTests {
  private let folder = FileManager.default.temporaryDirectory.path + "/waymark-stream-\(UUID().uuidString)"
  private var pipe: String { folder + "/pipe" }

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try #require(unsafe mkfifo(pipe, 0o600) == 0)
    let rows = (0..<30_000).map { "u\($0),2025-01-06,visit\n" }.joined()
    try ("user,time,event\n" + rows).write(toFile: folder + "/e.csv", atomically: true, encoding: .utf8)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Runs a command of the shell in the folder, in which `$W` is waymark.
  private func run(_ command: String) throws -> (output: String, errors: String, status: Int32) {
    let process = try start(command)
    let output = try #require(process.standardOutput as? Pipe).fileHandleForReading.readDataToEndOfFile()
    let errors = try #require(process.standardError as? Pipe).fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let ended = process.terminationStatus + (process.terminationReason == .exit ? 0 : 128)
    return (String(decoding: output, as: UTF8.self), String(decoding: errors, as: UTF8.self), ended)
  }

  private func start(_ command: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", command]
    process.environment = ["W": PseudoTerminal.folder + "/waymark", "PATH": "/usr/bin:/bin"].merging(sanitizerSettings)
    { $1 }
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    (process.standardOutput, process.standardError) = (Pipe(), Pipe())
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Runs it, and interrupts it while it waits.
  private func interrupted(_ command: String) throws -> (errors: String, status: Int32) {
    let process = try start(command)
    // Long enough to have got there; where it had not, it is interrupted all the same.
    Thread.sleep(forTimeInterval: 1.5)
    #expect(process.isRunning, "\(command)")
    process.interrupt()
    let errors = try #require(process.standardError as? Pipe).fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (String(decoding: errors, as: UTF8.self), process.terminationStatus)
  }

  @Test(arguments: [".output \"pipe\"", "export map to \"pipe\" as yaml"])
  func aPipeThatNobodyReadsIsWaitedForUntilInterrupted(statement: String) throws {
    let (errors, status) = try interrupted("exec $W -c 'new map m' -c '\(statement)' -c 'show map'")
    #expect(errors.contains("interrupted [run.interrupted]") && status == 130, "\(errors)")
    // A reader that comes is served.
    let read = try run("$W -c 'new map m' -c '\(statement)' -c 'show stages' > /dev/null & cat pipe; wait")
    #expect(!read.output.isEmpty && read.status == 0, "\(read)")
  }

  @Test func aReaderThatTakesNothingIsWaitedForUntilInterrupted() throws {
    let (errors, status) = try interrupted(
      "exec 3<>pipe; exec $W -c 'load events \"e.csv\"' -c 'export events to \"pipe\" as csv'")
    #expect(errors.contains("interrupted [run.interrupted]") && status == 130, "\(errors)")
  }

  @Test func aReaderThatLeavesIsAnError() throws {
    let export = try run(
      "head -1 pipe > /dev/null & $W -c 'load events \"e.csv\"' -c 'export events to \"pipe\" as csv'")
    #expect(export.errors.contains("'pipe' cannot be written: nobody reads it any more [file.unwritable]"), "\(export)")
    #expect(export.status == 1)
    let statements = String(repeating: "-c help ", count: 100)
    let output = try run("head -1 pipe > /dev/null & exec $W -c '.output \"pipe\"' \(statements)")
    #expect(
      output.errors.contains("'pipe' cannot be written: nobody reads it any more; replies go to the screen"),
      "\(output)")
    #expect(output.status == 1)
  }

  @Test func nobodyReadingTheAnswersEndsItQuietlyAsOthers() throws {
    let statements = String(repeating: "-c help ", count: 100)
    let ended = try run("$W \(statements) | head -1 > /dev/null; echo ${PIPESTATUS[0]}")
    #expect(ended.output == "141\n" && ended.errors.isEmpty, "\(ended)")
    // Errors that nobody reads change nothing.
    #expect(try run("($W -c 'assert 1 > 2' 2>&1 >&3 | true; exit ${PIPESTATUS[0]}) 3>&1").status == 3)
  }

  @Test func ownStreamsAreWrittenWhereTheyStand() throws {
    let mixed = try run(
      "$W -c 'help undo' -c '.output \"/dev/stdout\"' -c 'help redo' -c '.output stdout' -c 'help note' > all.txt; cat all.txt"
    )
    let plain = try run("$W -c 'help undo' -c 'help redo' -c 'help note'")
    #expect(mixed.output == plain.output && !plain.output.isEmpty)
    let map = try run("$W -c 'new map m' -c 'export map to \"/dev/stdout\" as yaml' > map.txt; cat map.txt")
    #expect(map.output == "began map 'm': empty\nmap: m\nwrote map 'm' to '/dev/stdout'\n")
    let errors = try run("$W -c 'new map m' -c 'export map to \"/dev/fd/2\" as yaml'")
    #expect(errors.errors == "map: m\n")
    // What a shell gives a name by `>(…)`.
    let given = try run("f() { $W -c 'new map m' -c \"export map to \\\"$1\\\" as yaml\"; }; f >(cat >&2); sleep 0.3")
    #expect(given.errors == "map: m\n", "\(given)")
  }

  @Test func aFullDeviceIsAnError() throws {
    let full = try run("$W -c '.output \"/dev/full\"' -c 'help undo'")
    #expect(
      full.errors.contains("'/dev/full' cannot be written: no space left on device; replies go to the screen again"))
    #expect(full.status == 1)
    #expect(try run("$W -c help > /dev/full").errors == "error: standard output cannot be written [file.unwritable]\n")
  }
}
