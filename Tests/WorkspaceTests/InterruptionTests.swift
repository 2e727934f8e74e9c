import Foundation
import GRDB
import Synchronization
import Testing

@testable import Workspace

/// What would take long in a workspace can be stopped, and what has no end is found out.
@Suite struct InterruptionTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func interrupt(_ interruption: Interruption, after milliseconds: Int) {
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
      interruption.interrupt()
    }
  }

  @Test func aLongReadingIsStoppedAndTheNextOneRuns() throws {
    let workspace = try Workspace(opening: folder.file(), as: .new)
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    interrupt(workspace.interruption, after: 50)
    #expect(throws: WorkspaceError(.interrupted, file: folder.file())) {
      try workspace.read { try Int.fetchOne($0, sql: "SELECT max(i) FROM (\(endless))") }
    }
    workspace.interruption.reset()
    interrupt(workspace.interruption, after: 50)
    #expect(throws: WorkspaceError(.interrupted, file: folder.file())) {
      try workspace.write { try $0.execute(sql: "INSERT INTO note SELECT 'x', i, '' FROM (\(endless))") }
    }
    workspace.interruption.reset()
    #expect(try workspace.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM note") } == 0)
    try workspace.fill()
    workspace.interruption.interrupt()
    #expect(throws: WorkspaceError(.interrupted, file: folder.file("copy.waymark"))) {
      try workspace.save(copyTo: self.folder.file("copy.waymark"), goOnThere: false)
    }
    #expect(try folder.names() == ["shop.waymark"])
  }

  /// Work that never asks is left behind; work that does ends with its own error; what nobody stops is waited for.
  @Test func workApartIsLeftBehind() throws {
    let interruption = Interruption()
    let isLeft = Atomic(false)
    #expect(interruption.apart { 1 + 1 } == .success(2))
    #expect(throws: CancellationError.self) { try interruption.apart { throw CancellationError() }?.get() }
    interrupt(interruption, after: 50)
    let left = interruption.apart {
      while !isLeft.load(ordering: .relaxed) { Thread.sleep(forTimeInterval: 0.001) }
      return 0
    }
    #expect(left == nil)
    #expect(throws: CancellationError.self) {
      try interruption.apart {
        while !interruption.isCalled { Thread.sleep(forTimeInterval: 0.001) }
        throw CancellationError()
      }?.get()
    }
    // Where nothing may be left behind, its end is waited for.
    let value = interruption.apart(leavesBehind: { false }) {
      Thread.sleep(forTimeInterval: 0.1)
      return 7
    }
    #expect(value == .success(7))
    isLeft.store(true, ordering: .relaxed)
  }

  /// Pages that lead to one page over and over make a table of more rows than there is time for, in a small file.
  @Test func aTableWithoutAnEndIsDamage() throws {
    try Workspace(opening: folder.file(), as: .new).fill()
    try leadInCircles("source")
    let workspace = try Workspace(opening: folder.file())
    #expect(throws: WorkspaceError(.damaged(what: "table source has no end"), file: folder.file())) {
      try workspace.sources()
    }
    #expect(try workspace.mapNames() == ["other", "shop"], "the rest is read")
  }

  @Test func theOpeningOfAFileWithoutAnEndIsStopped() throws {
    try Workspace(opening: folder.file(), as: .new).fill()
    try leadInCircles("sqlite_schema")
    let interruption = Interruption()
    interrupt(interruption, after: 100)
    #expect(throws: WorkspaceError(.interrupted, file: folder.file())) {
      try Workspace(opening: self.folder.file(), interruption: interruption)
    }
  }

  /// Puts seven pages of a thousand pointers each, all to the next one, in front of the only page of a table.
  private func leadInCircles(_ table: String) throws {
    let (root, count) = try DatabaseQueue(path: folder.file()).read { database in
      (
        try Int.fetchOne(database, sql: "SELECT rootpage FROM sqlite_schema WHERE name = ?", arguments: [table]) ?? 1,
        try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      )
    }
    let (url, size) = (URL(fileURLWithPath: folder.file()), WorkspaceFile.pageSize)
    var file = [UInt8](try Data(contentsOf: url))
    func bytes(_ number: Int, _ length: Int) -> [UInt8] {
      (0..<length).map { UInt8(truncatingIfNeeded: number >> (8 * (length - 1 - $0))) }
    }
    // The file's header stands before the tree's on the first page; it is none of another.
    let start = (root - 1) * size
    let headerSize = root == 1 ? 100 : 0
    var leaf = Array(file[start..<start + size])
    let cells = Int(leaf[headerSize + 3]) << 8 | Int(leaf[headerSize + 4])
    leaf.replaceSubrange(0..<8 + 2 * cells, with: leaf[headerSize..<headerSize + 8 + 2 * cells])
    func pointers(to child: Int, behind header: [UInt8]) -> [UInt8] {
      let cells = (0..<1000).map { bytes(child, 4) + [UInt8($0 % 127)] }
      let content = size - cells.count * 5
      let places = cells.indices.flatMap { bytes(content + $0 * 5, 2) }
      let head = [5, 0, 0] + bytes(cells.count, 2) + bytes(content, 2) + [0] + bytes(child, 4) + places
      return header + head + Array(repeating: 0, count: content - head.count - header.count) + cells.joined()
    }
    file += leaf
    for level in 1...6 { file += pointers(to: count + level, behind: []) }
    file.replaceSubrange(
      start..<start + size, with: pointers(to: count + 7, behind: Array(file[start..<start + headerSize])))
    file.replaceSubrange(28..<32, with: bytes(count + 7, 4))
    file.replaceSubrange(92..<96, with: file[24..<28])
    try Data(file).write(to: url)
  }
}
