import Foundation
import Outside
import SourceText
import WholeFiles

/// Files that people name. Relative paths start in the session's folder; every failure is a diagnostic that names the path as written.
struct Files {
  let directory: String
  /// What all of them are asked of.
  let door: Door
  /// What ends waiting for a file.
  let run: CurrentRun

  /// The file of a name, whatever it is.
  func file(_ written: String, at span: Range<Int>?) throws(Diagnostic) -> OutsideFile {
    try door.file(path(written), at: span)
  }

  private func path(_ written: String) -> String {
    let home = ProcessInfo.processInfo.environment["HOME"]
    let expanded = written.hasPrefix("~/") ? (home ?? "") + written.dropFirst() : written
    return expanded.hasPrefix("/") ? expanded : directory + "/" + expanded
  }

  /// A path as people would write it from the session's folder.
  func written(_ path: String) -> String {
    path.hasPrefix(directory + "/") ? String(path.dropFirst(directory.utf8.count + 1)) : path
  }

  /// Whether a file or a folder is there.
  func isThere(_ written: String, at span: Range<Int>?) throws(Diagnostic) -> Bool {
    FileManager.default.fileExists(atPath: try file(written, at: span).path)
  }

  /// A file that is there and is no directory.
  func existing(_ written: String, at span: Range<Int>?) throws(Diagnostic) -> OutsideFile {
    let file = try checked(written, at: span)
    guard FileManager.default.fileExists(atPath: file.path) else {
      if let fault = patternFault(written, at: span) { throw fault }
      throw Diagnostic(.fileMissing, "no file is called '\(written)'", at: span, hint: similar(to: written))
    }
    let target = URL(fileURLWithPath: file.path).resolvingSymlinksInPath().path
    let kind = (try? FileManager.default.attributesOfItem(atPath: target))?[.type] as? FileAttributeType
    guard kind != .typeDirectory else {
      throw Diagnostic(.fileDirectory, "'\(written)' is a directory, not a file", at: span)
    }
    return file
  }

  /// The same of a file, or of the file in front of a `#` and what stands behind it.
  func existingPart(_ written: String, at span: Range<Int>?) throws(Diagnostic) -> (file: OutsideFile, part: String?) {
    let pieces = written.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard pieces.count == 2, !FileManager.default.fileExists(atPath: try file(written, at: span).path),
      FileManager.default.fileExists(atPath: try checked(pieces[0], at: span).path)
        || patternFault(pieces[0], at: span) != nil
    else { return (try existing(written, at: span), nil) }
    return (try existing(pieces[0], at: span), pieces[1])
  }

  /// Writes a file whole or not at all; what is no file but a device or a pipe is written to as it is.
  func write(_ text: String, to written: String, at span: Range<Int>?) throws(Diagnostic) {
    try write(Array(text.utf8), to: written, at: span)
  }

  /// The same of bytes.
  func write(_ bytes: [UInt8], to written: String, at span: Range<Int>?) throws(Diagnostic) {
    let file = try replacement(of: written, at: span)
    try file.write(bytes)
    try file.commit()
  }

  /// A file to write to piece by piece as it is, empty at first.
  func stream(to written: String) throws(Diagnostic) -> StreamFile {
    try StreamFile(target(written, at: nil), written: written, at: nil, run: run)
  }

  /// Makes a folder, and those it stands in, where it is not there; a private one for its owner alone.
  func makeFolder(_ written: String, isPrivate: Bool = false) throws(Diagnostic) {
    guard isFolder(written) == nil else { return }
    let path = try file(written, at: nil).path
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: isPrivate ? [.posixPermissions: 0o700] : nil)
    } catch {
      throw .unwritable(written.isEmpty ? directory : written, "no folder can be made here", at: nil)
    }
  }

  /// Takes its own folder away with all that is in it.
  func removeFolder() throws(Diagnostic) {
    do { try FileManager.default.removeItem(atPath: file("", at: nil).path) } catch {
      throw .unwritable(directory, "it cannot be taken away", at: nil)
    }
  }

  /// Takes a file away, where it is there.
  func remove(_ written: String) throws(Diagnostic) {
    guard try isThere(written, at: nil) else { return }
    do { try FileManager.default.removeItem(atPath: file(written, at: nil).path) } catch {
      throw .unwritable(written, "it cannot be taken away", at: nil)
    }
  }

  /// Where a file is written: links followed, its folder there, no directory and no database.
  func target(_ written: String, at span: Range<Int>?) throws(Diagnostic) -> FilePlace {
    let file = try checked(written, at: span)
    let place: FilePlace
    do { place = try FilePlace(file.path) } catch { throw .unwritable(written, error.reason, at: span) }
    guard place.kind != .missing || FileManager.default.fileExists(atPath: place.folder) else {
      throw .unwritable(written, "its folder is not there", at: span)
    }
    guard place.kind != .directory else {
      throw Diagnostic(.fileDirectory, "'\(written)' is a directory, not a file", at: span)
    }
    if place.kind == .regular, holdsDatabase(place.path) {
      throw Diagnostic(.fileWorkspace, "'\(written)' is a workspace, and nothing else is written over it", at: span)
    }
    return place
  }

  /// Whether a workspace stands there, or any other database: its content could not be brought back.
  private func holdsDatabase(_ path: String) -> Bool {
    guard let handle = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? handle.close() }
    let head = try? handle.read(upToCount: 15)
    return path.hasSuffix(".waymark-journal") || head == Data("SQLite format 3".utf8)
  }

  /// What a folder holds, by name; nothing where it cannot be listed.
  func names(in folder: String) -> [String] {
    guard let folder = try? file(folder, at: nil) else { return [] }
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }

  /// Whether a folder stands there, links followed; nil where nothing does.
  func isFolder(_ written: String) -> Bool? {
    guard let file = try? file(written, at: nil) else { return nil }
    var isFolder: ObjCBool = false
    // SAFETY: the call sets the one truth value it is given.
    return unsafe FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder) ? isFolder.boolValue : nil
  }

  /// The file beside it whose name is most like the missing one's.
  func similar(to written: String, ending: String = "") -> String? {
    let url = URL(fileURLWithPath: path(written))
    let beside = names(in: url.deletingLastPathComponent().path).filter { $0.hasSuffix(ending) }
    guard let near = nearest(to: url.lastPathComponent, among: beside) else { return nil }
    let folder = written.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return "\"" + (folder.map(String.init) + [near]).joined(separator: "/") + "\""
  }
}

extension Diagnostic {
  static func unwritable(_ written: String, _ reason: String, at span: Range<Int>?) -> Diagnostic {
    Diagnostic(.fileUnwritable, "'\(written)' cannot be written: \(reason)", at: span)
  }
}

extension DiagnosticCode {
  package static let fileWorkspace = DiagnosticCode(
    "file.workspace", "A workspace or another database stands there. Exports go to a file of their own.")
}
