import Foundation
import Testing

/// Nothing goes around the door: files, folders and programs are touched in these files only, and each of them is handed an
/// `OutsideFile` or an `OutsideProgram`, or is part of something that was. What is added here is to be as well.
@Suite struct OutsideTests {
  private static let touching: Set<String> = [
    "CLibEdit/editor.c",  // /dev/null
    "EventStore/RowSpill.swift",  // while a load runs
    "Interchange/Files/OpenFile.swift", "Interchange/Events/SQLite/SQLiteDatabase.swift",  // EventFile, MapFile
    "Interchange/Programs/ChildProcess.swift", "Interchange/Programs/InstalledProgram.swift",
    "Interchange/Events/Loading/LoadOptions.swift",
    "Interchange/Events/Writing/ParquetExport.swift",  // a program that may be run, and the place that the door gave
    "Statements/Session/Files.swift", "Statements/Session/Files+Checks.swift",
    "Statements/Session/ScriptFile.swift", "Statements/Session/Session+Loading.swift",
    "Statements/Session/StreamFile.swift",
    "Terminal/Console.swift", "Terminal/StandardStreams.swift",  // the standard streams
    "Terminal/ProcessLimits.swift",  // what the kernel tells of the process
    "Terminal/EditorBorrowing.swift", "Terminal/ForegroundProgram.swift", "Terminal/HistoryFile.swift",
    "Terminal/Pager.swift",
    "Workspace/LockHolders.swift", "Workspace/SchemaCheck.swift", "Workspace/Workspace.swift",
    "Workspace/Workspace+Saving.swift",
    "Workspace/WorkspaceFile.swift", "WholeFiles/WholeFile.swift",
    // What the command itself names, and the standard streams.
    "waymark/Run.swift", "waymark/Waymark.swift", "waymark/NotebookCommands.swift",
    "Statements/Notebook/NotebookTask.swift", "waymark/GradeCommand.swift",
  ]

  /// Files that may say that the door is open: whoever started the process did.
  private static let opening: Set<String> = [
    "Outside/Door.swift", "Statements/Session/Session.swift", "Statements/Session/Session+Opening.swift",
    "waymark/Run.swift",
    // The notebook that the command names, its pictures and what is made of it.
    "Statements/Notebook/NotebookTask.swift", "Statements/Notebook/NotebookExport.swift",
    "waymark/NotebookCommands.swift",
    // The files that the command names, and the folder that a door gave.
    "waymark/GradeCommand.swift", "Statements/Lesson/LessonRecords.swift",
  ]

  /// Files of the sources with a line of code that matches.
  private func files(matching pattern: String) throws -> Set<String> {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/grep")
    process.arguments = ["-rnE", pattern, "."]
    process.currentDirectoryURL = URL(fileURLWithPath: TranscriptRunner.root.path + "/Sources")
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let found = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let lines = found.split(separator: "\n").map { $0.split(separator: ":", maxSplits: 2) }
    return Set(
      lines.filter { $0.count == 3 && !$0[2].drop { $0 == " " }.hasPrefix("//") }.map { String($0[0].dropFirst(2)) })
  }

  @Test func filesAndProgramsAreTouchedWhereADoorWasAsked() throws {
    // With strict memory safety no C function takes a path without the word `unsafe`.
    let found = try files(
      matching: #"FileManager|FileHandle|\bProcess\(\)|emporaryDirectory|(Data|String)\(contentsOf|contentsOfFile|"#
        + #"DatabaseQueue\(|DatabasePool\(|sqlite3_open|[io]fstream|posix_spawnp?\(|fopen\(|"#
        + #"unsafe (open|openat|creat|unlink|rename|mkdir|mkstemp|opendir|symlink|link|system|popen|exec[lv]p?e?)\("#)
    #expect(found.subtracting(Self.touching) == [], "asks no door")
    #expect(Self.touching.subtracting(found) == [], "touches nothing any more")
  }

  @Test func theDoorIsOpenedByThePersonOnly() throws {
    let found = try files(matching: #"Door\.open|door: \.open|door: Door = \.open|\(\.open[,)]"#)
    #expect(found.subtracting(Self.opening) == [])
  }
}
