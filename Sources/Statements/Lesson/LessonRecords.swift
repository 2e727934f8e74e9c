import EventStore
import Foundation
import Interchange
import Outside
import SourceText

/// Where it is kept how far a person came: a file a lesson, written whole after each step. Without a folder it is known while the shell
/// runs.
struct LessonRecords {
  /// Nil behind a shut door, and without a home.
  private let files: Files?
  private var known: [String: LessonRecord] = [:]

  init(in folder: OutsideFile?, _ run: CurrentRun) {
    files = folder.map { Files(directory: $0.path, door: .open, run: run) }
  }

  /// What a lesson is called here: its number, or a hash of where its file is.
  static func key(of choice: LessonChoice, in files: Files) -> String {
    switch choice {
    case .number(let number): return String(number)
    case .file(let written):
      let path = (try? files.file(written, at: nil))?.path ?? written
      return "file-"
        + String(Checksum.xxh64(Array(URL(fileURLWithPath: path).standardizedFileURL.path.utf8)), radix: 16)
    }
  }

  /// Nil where nothing is known. Throws for a file that is none of ours.
  func record(_ key: String) throws(Diagnostic) -> LessonRecord? {
    if let record = known[key] { return record }
    guard let files, files.isFolder(Self.name(key)) == false else { return nil }
    let bytes = try files.script(Self.name(key), at: nil)
    do {
      return try JSONDecoder().decode(LessonRecord.self, from: Data(bytes))
    } catch {
      throw Diagnostic(
        .lessonProgress, "what was kept of this lesson cannot be read, in '\(files.directory)/\(Self.name(key))'",
        hint: "lesson forget " + (Int(key) != nil ? key : "\"FILE\""))
    }
  }

  /// Throws where it cannot be written; it is known all the same.
  mutating func keep(_ record: LessonRecord, as key: String) throws(Diagnostic) {
    known[key] = record
    guard let files else { return }
    try files.makeFolder("", isPrivate: true)
    try files.write(Self.text(of: record), to: Self.name(key), at: nil)
  }

  /// As files have it: JSON, its keys in order.
  static func text(of value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    // Texts, numbers and lists of them are always JSON.
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) + "\n" } ?? ""
  }

  mutating func forget(_ key: String) throws(Diagnostic) {
    known[key] = nil
    try files?.remove(Self.name(key))
  }

  /// Of lessons in files, in the order of their titles.
  func ofFiles() throws(Diagnostic) -> [LessonRecord] {
    let kept = files?.names(in: "") ?? []
    let keys = Set(known.keys).union(
      kept.filter { $0.hasSuffix(Self.ending) }.map { String($0.dropLast(Self.ending.count)) })
    var records: [LessonRecord] = []
    for key in keys where key.hasPrefix("file-") {
      if let record = try record(key) { records.append(record) }
    }
    return records.sorted { $0.lesson < $1.lesson }
  }

  private static let ending = ".json"
  private static func name(_ key: String) -> String { key + ending }
}

extension DiagnosticCode {
  package static let lessonProgress = DiagnosticCode(
    "lesson.progress", "How far you are in lessons is kept in a file each; this one cannot be read or written.")
}
