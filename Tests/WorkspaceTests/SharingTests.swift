import Foundation
import Testing

@testable import Workspace

/// Two shells on one file.
@Suite struct SharingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func bothReadAndEachSeesWhatTheOtherDid() throws {
    let first = try Workspace(opening: folder.file(), as: .new)
    let second = try Workspace(opening: folder.file())
    let before = try second.changeNumber()
    let map = try wholeMap()
    try first.addMap(map, at: minute(0), statement: "load")
    #expect(try second.changeNumber() != before)
    #expect(try second.map("shop") == map)
    // An edit is made on the map as it is, not as the shell saw it last.
    try second.edit("shop", map.edit(adding: .stage, "Second"), at: minute(1), statement: "add")
    try first.edit("shop", map.edit(adding: .persona, "First"), at: minute(2), statement: "add")
    let both = try first.map("shop")
    #expect(both.all(.stage).map(\.name).contains("Second") && both.all(.persona).map(\.name).contains("First"))
  }

  @Test func theSecondWriterIsToldWhoIsInTheWay() async throws {
    let file = folder.file()
    let (ready, done) = (folder.file("ready"), folder.file("done"))
    try Workspace(opening: file, as: .new).addMap(wholeMap(), at: minute(0), statement: "load")
    async let other: Void = Self.expectToHoldLock(on: file, ready: ready, until: done)
    defer { try? Data().write(to: URL(fileURLWithPath: done)) }
    for _ in 0..<600 where !FileManager.default.fileExists(atPath: ready) {
      try await Task.sleep(for: .milliseconds(50))
    }
    let process = try #require(Int32(String(contentsOfFile: ready, encoding: .utf8)))
    let workspace = try Workspace(opening: file, patience: 0.2)
    #expect(try workspace.mapNames() == ["shop"], "reading goes on")
    do {
      try workspace.setZone(.utc)
      Issue.record("written although another process is writing")
    } catch {
      guard case .locked(let holders) = error.fact else { throw error }
      #expect(holders.map(\.process) == [process])
      #expect(holders.first?.command?.isEmpty == false)
    }
    try Data().write(to: URL(fileURLWithPath: done))
    await other
    try workspace.setZone(.utc)
  }

  static func expectToHoldLock(on file: String, ready: String, until done: String) async {
    await #expect(processExitsWith: .success) {
      [file = file as String, ready = ready as String, done = done as String] in
      try SharingTests.holdLock(on: file, ready: ready, until: done)
    }
  }

  /// Writes its process number to `ready`, and stays in a transaction until there is a file `done`.
  static func holdLock(on file: String, ready: String, until done: String) throws {
    let workspace = try Workspace(opening: file)
    try workspace.write { _ in
      try Data("\(ProcessInfo.processInfo.processIdentifier)".utf8).write(
        to: URL(fileURLWithPath: ready), options: .atomic)
      for _ in 0..<15_000 where !FileManager.default.fileExists(atPath: done) { Thread.sleep(forTimeInterval: 0.02) }
    }
  }

  @Test func locksAreReadFromTheKernelsList() {
    let table = """
      1: POSIX  ADVISORY  WRITE 4711 08:01:131 1073741825 1073741825
      2: POSIX  ADVISORY  READ 4712 08:01:131 1073741826 1073742335
      2: -> POSIX  ADVISORY  WRITE 4713 08:01:131 1073741826 1073742335
      3: FLOCK  ADVISORY  WRITE 4714 08:01:131 0 EOF
      4: POSIX  ADVISORY  WRITE 4715 08:01:131 0 EOF
      5: POSIX  ADVISORY  READ 4716 08:02:131 1073741826 1073742335
      6: POSIX  ADVISORY  READ 4717 08:01:132 1073741826 1073742335
      """
    func holders(_ inode: UInt64, _ device: UInt64) -> [Int32] {
      LockHolder.holders(in: table, inode: inode, device: device).map(\.process)
    }
    #expect(holders(131, 0x801) == [4711], "the writer, not the reader")
    #expect(holders(131, 0x802) == [4716])
    #expect(holders(132, 0x801) == [4717])
    #expect(holders(131, 0x999) == [4711], "a device that is not listed does not tell files apart")
    #expect(holders(133, 0x801).isEmpty)
  }
}
