import Foundation
import Testing

@testable import WholeFiles

/// A file appears whole in its place, with the rights of the one before it, and leaves nothing beside it.
@Suite final class WholeFileTests {
  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "/waymark-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func path(_ name: String) -> String { folder + "/" + name }

  private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }

  private func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

  private func make(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: .init(fileURLWithPath: path(name)))
  }

  private func mode(_ name: String) throws -> Int? {
    (try FileManager.default.attributesOfItem(atPath: path(name))[.posixPermissions] as? NSNumber)?.intValue
  }

  private func set(_ mode: Int, of path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }

  private func give(_ path: String, to owner: uid_t, _ group: gid_t) -> Bool {
    // SAFETY: the path is passed as a NUL-terminated copy that lives during the call.
    unsafe chown(path, owner, group) == 0
  }

  private func put(_ text: String, at name: String) throws {
    let file = try WholeFile(at: FilePlace(path(name)))
    try file.write(Array(text.utf8))
    try file.commit()
  }

  @Test(arguments: [0o600, 0o640, 0o644, 0o660, 0o666, 0o755]) func aFileKeepsItsMode(_ mode: Int) throws {
    try make("a.csv", "old")
    try set(mode, of: path("a.csv"))
    try put("new", at: "a.csv")
    #expect(try text("a.csv") == "new")
    #expect(try self.mode("a.csv") == mode)
    #expect(try names() == ["a.csv"])
  }

  @Test(arguments: [0o022, 0o077, 0o002] as [mode_t]) func aNewFileFollowsTheMask(_ mask: mode_t) async throws {
    await #expect(processExitsWith: .success) { [folder = folder as String, mask = mask as mode_t] in
      umask(mask)
      let file = try WholeFile(at: FilePlace(folder + "/a.csv"))
      try file.commit()
    }
    #expect(try mode("a.csv") == 0o666 & ~Int(mask))
  }

  /// Only the superuser gives files away, which is who tests run as in a container.
  @Test func aFileKeepsItsOwnerAndGroup() throws {
    guard geteuid() == 0 else { return }
    try make("a.csv", "old")
    try #require(give(path("a.csv"), to: 1234, 2345))
    try set(0o640, of: path("a.csv"))
    try put("new", at: "a.csv")
    let attributes = try FileManager.default.attributesOfItem(atPath: path("a.csv"))
    #expect((attributes[.ownerAccountID] as? NSNumber)?.intValue == 1234)
    #expect((attributes[.groupOwnerAccountID] as? NSNumber)?.intValue == 2345)
    #expect(try mode("a.csv") == 0o640)
  }

  /// Who may not give the group on gives its rights to nobody else. Only the superuser becomes somebody else.
  @Test func anotherGroupGetsNoRights() async throws {
    guard geteuid() == 0 else { return }
    try make("a.csv", "old")
    try #require(give(folder, to: 65_534, 65_534) && give(path("a.csv"), to: 65_534, 2345))
    try set(0o660, of: path("a.csv"))
    await #expect(processExitsWith: .success) { [folder = folder as String] in
      #expect(setgid(65_534) == 0 && setuid(65_534) == 0)
      try WholeFile(at: FilePlace(folder + "/a.csv")).commit()
    }
    #expect(try mode("a.csv") == 0o600)
  }

  @Test func whileItIsMadeOnlyItsOwnerLooksIntoTheNextOfAnOldFile() throws {
    try make("a.csv", "old")
    let file = try WholeFile(at: FilePlace(path("a.csv")))
    #expect(try names() == [".a.csv.partial", "a.csv"])
    #expect(try mode(".a.csv.partial") == 0o600)
    try file.write([1])
    #expect(try text("a.csv") == "old")
  }

  @Test func aFileThatMayNotBeWrittenIsNotReplaced() async throws {
    try make("a.csv", "old")
    try set(0o444, of: path("a.csv"))
    try set(0o777, of: folder)
    await #expect(processExitsWith: .success) { [folder = folder as String] in
      if geteuid() == 0 { #expect(setuid(65_534) == 0) }
      #expect(throws: FileFault(EACCES)) { try WholeFile(at: FilePlace(folder + "/a.csv")) }
    }
    #expect(try text("a.csv") == "old" && names() == ["a.csv"])
  }

  @Test func linksStayAndWhatTheyLeadToIsReplaced() throws {
    try FileManager.default.createDirectory(atPath: path("far"), withIntermediateDirectories: true)
    try make("far/b.csv", "old")
    for (link, target) in [("two.csv", "one.csv"), ("one.csv", "far/b.csv"), ("free.csv", "far/new.csv")] {
      try FileManager.default.createSymbolicLink(atPath: path(link), withDestinationPath: target)
    }
    try put("new", at: "two.csv")
    try put("first", at: "free.csv")
    #expect(try text("far/b.csv") == "new" && text("far/new.csv") == "first")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path("two.csv")) == "one.csv")
    #expect(try names() == ["far", "free.csv", "one.csv", "two.csv"])
    try FileManager.default.createSymbolicLink(atPath: path("circle"), withDestinationPath: "circle")
    #expect(throws: FileFault(ELOOP)) { try FilePlace(self.path("circle")) }
    #expect(FileFault(ELOOP).reason == "too many levels of symbolic links")
  }

  @Test func whatIsNoFileIsAStream() throws {
    #expect(try FilePlace("/dev/null").kind == .stream)
    #expect(try FilePlace("/dev/stdout").kind == .stream)
    #expect(try FilePlace("/dev/fd/1").kind == .stream)
    // SAFETY: the path is passed as a NUL-terminated copy that lives during the call.
    try #require(unsafe mkfifo(path("pipe"), 0o600) == 0)
    #expect(try FilePlace(path("pipe")).kind == .stream)
    #expect(try FilePlace(folder).kind == .directory)
    #expect(throws: FileFault(ENOTDIR)) { try FilePlace("/dev/null/x") }
  }

  @Test func droppedItTakesWhatItWroteWithIt() throws {
    try make("a.csv", "old")
    do {
      let file = try WholeFile(at: FilePlace(path("a.csv")))
      try file.write([1, 2, 3])
    }
    #expect(try text("a.csv") == "old" && names() == ["a.csv"])
  }

  @Test func twoAtOnceDoNotMeet() throws {
    let first = try WholeFile(at: FilePlace(path("a.csv")))
    let second = try WholeFile(at: FilePlace(path("a.csv")))
    #expect(try names() == [".a.csv.2.partial", ".a.csv.partial"])
    WholeFile.clearLeftovers(of: try FilePlace(path("a.csv")))
    try first.write(Array("one".utf8))
    try second.write(Array("two".utf8))
    try second.commit()
    try first.commit()
    #expect(try text("a.csv") == "one" && names() == ["a.csv"])
  }

  @Test func withoutReplacingTheFirstStays() throws {
    let file = try WholeFile(at: FilePlace(path("a.csv")))
    try make("a.csv", "first")
    #expect(throws: FileFault(EEXIST)) { try file.commit(replacing: false) }
    #expect(try text("a.csv") == "first")
    let free = try WholeFile(at: FilePlace(path("b.csv")))
    try free.commit(replacing: false)
    #expect(try names().contains("b.csv"))
  }

  /// Whoever makes the file next clears away what a killed process left, and so does whoever asks.
  @Test func whatAKilledProcessLeavesIsClearedAway() async throws {
    for _ in 0..<2 {
      await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String] in
        let file = try WholeFile(at: FilePlace(folder + "/a.csv"))
        try file.write([1, 2, 3])
        kill(getpid(), SIGKILL)
        try file.commit()
      }
      #expect(try names() == [".a.csv.partial"], "one at most")
    }
    WholeFile.clearLeftovers(of: try FilePlace(path("a.csv")))
    #expect(try names().isEmpty)
    try make(".a.csv.partial", "left")
    try put("new", at: "a.csv")
    #expect(try names() == ["a.csv"] && text("a.csv") == "new")
  }

  @Test func whatIsNoFileOfOursIsLeft() throws {
    try make("else", "precious")
    try FileManager.default.createSymbolicLink(atPath: path(".a.csv.partial"), withDestinationPath: "else")
    try put("new", at: "a.csv")
    #expect(try names() == [".a.csv.partial", "a.csv", "else"] && text("else") == "precious")
  }

  @Test func theLongestNameThatTheSystemTakes() throws {
    let name = String(repeating: "日", count: 85)
    try put("long", at: name)
    #expect(try names() == [name])
  }
}
