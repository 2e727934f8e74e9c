import Testing

@testable import Workspace

/// What is said of a workspace, whole; some of it needs another user, another host or a full disk to come about.
@Suite struct WorkspaceErrorTests {
  private static let sentences: [(WorkspaceError.Fact, String)] = [
    (
      .missing,
      "workspace.missing: 'w' does not exist (new workspace \"w\")"
    ),
    (.exists, "workspace.exists: 'w' exists already (open \"w\")"),
    (.isDirectory, "workspace.is-directory: 'w' is a directory"),
    (.notAWorkspace(found: "a letter"), "workspace.not-a-workspace: 'w' is not a workspace but a letter"),
    (
      .newerVersion(found: 9, supported: 1),
      "workspace.newer-version: 'w' has format 9 of a newer waymark; this one reads formats up to 1 "
        + "(a newer waymark opens it; nothing was changed)"
    ),
    (
      .olderFormat(1),
      "workspace.older-format: 'w' has format 1, which has to be brought up to date before it is read "
        + "(open it once where it may be written)"
    ),
    (
      .untrusted(what: "view 'map'"),
      "workspace.untrusted: 'w' is not opened: view 'map' is not of waymark's making "
        + "(whoever made the file has to take that out of it; ask where it comes from)"
    ),
    (
      .damaged(what: "page 3"),
      "workspace.damaged: 'w' is damaged: page 3 "
        + "(take a copy before anything else; what is not named can still be read)"
    ),
    (
      .locked(by: []),
      "workspace.locked: 'w' is being written by another process "
        + "(nothing was changed; try again when it has finished)"
    ),
    (
      .locked(by: [LockHolder(process: 7, command: "waymark"), LockHolder(process: 8)]),
      "workspace.locked: 'w' is in use by process 7 (waymark), process 8 "
        + "(nothing was changed; try again when it has finished)"
    ),
    (
      .diskFull,
      "workspace.disk-full: no space left to write 'w' (nothing was changed; free some space and try again)"
    ),
    (.unreadable(reason: "no permission"), "workspace.unreadable: 'w' cannot be read: no permission"),
    (.unwritable(reason: "no permission"), "workspace.unwritable: 'w' cannot be written: no permission"),
    (
      .readOnly,
      "workspace.read-only: 'w' is open for reading only (save \"copy.waymark\" makes a copy that can be changed)"
    ),
    (
      .replaced,
      "workspace.replaced: 'w' is no longer the file that was opened: it was moved, deleted or replaced "
        + "(nothing was changed; save \"copy.waymark\" keeps what is open)"
    ),
    (.interrupted, "run.interrupted: interrupted; nothing has changed"),
    (.unknown(kind: "map", name: "m"), "workspace.unknown-name: 'w' has no map 'm'"),
    (.taken(kind: "map", name: "m"), "workspace.name-taken: 'w' has map 'm' already"),
  ]

  @Test(arguments: sentences) func isSaid(_ fact: WorkspaceError.Fact, _ expected: String) {
    let error = WorkspaceError(fact, file: "w")
    #expect("\(error.code): \(error.message)" + (error.hint.map { " (\($0))" } ?? "") == expected)
  }

  @Test func aWorkspaceInMemoryHasNoName() {
    #expect(
      WorkspaceError(.taken(kind: "map", name: "m"), file: nil).message == "the workspace in memory has map 'm' already"
    )
  }
}
