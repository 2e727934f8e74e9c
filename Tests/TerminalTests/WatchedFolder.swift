import Foundation
import Testing

/// A folder for a program to work in, with everything in it that it could be lured to: a home, a place for temporary files, and
/// other programs under every name by which one may be called. Each touch is noticed, reading and listing too.
@safe final class WatchedFolder {
  let path: String
  private let notices: Int32
  /// Folders by the number of their watch, as seen from the top.
  private var watched: [Int32: String] = [:]

  /// IN_ALL_EVENTS of <sys/inotify.h>, which Swift does not import.
  private static let allEvents: UInt32 = 0xFFF
  private static let programs = [
    "less", "more", "vi", "vim", "nano", "ed", "duckdb", "rsvg-convert", "sh", "bash", "touch", "git",
  ]

  /// - Parameter files: texts by path.
  init(_ files: [String: String]) throws {
    path =
      FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path + "/waymark-watched-\(UUID().uuidString)"
    notices = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    try #require(notices >= 0)
    let all = files.merging(["home/.config/waymark/init.way": "new map init\n", "tmp/there": ""]) { $1 }
    for (name, text) in all { try write(text, to: name) }
    for program in Self.programs {
      try write("#!/bin/sh\n: > \"\(path)/ran-\(program)\"\ncat > /dev/null\n", to: "bin/" + program)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path + "/bin/" + program)
    }
    for name in [""] + (try FileManager.default.subpathsOfDirectory(atPath: path)) {
      let number = unsafe inotify_add_watch(notices, path + "/" + name, Self.allEvents | UInt32(IN_ONLYDIR))
      if number >= 0 { watched[number] = name.isEmpty ? "." : name }
    }
    try #require(watched.count >= 5)
  }

  deinit {
    close(notices)
    try? FileManager.default.removeItem(atPath: path)
  }

  private func write(_ text: String, to name: String) throws {
    let file = URL(fileURLWithPath: path + "/" + name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// What makes a program that works in the folder look nowhere else.
  var environment: [String: String] {
    let program = { (name: String) in self.path + "/bin/" + name }
    return [
      "HOME": path + "/home", "TMPDIR": path + "/tmp", "PATH": path + "/bin", "SHELL": program("sh"),
      "PAGER": program("less"), "EDITOR": program("ed"), "VISUAL": program("vi"), "WAYMARK_DUCKDB": program("duckdb"),
      "WAYMARK_RSVG": program("rsvg-convert"),
    ]
  }

  /// What has happened since it was last asked, each once: `opened home/.config`.
  func touches() -> [String] {
    var touches: [String] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = unsafe read(notices, &buffer, buffer.count), count > 0 {
      var event = buffer[..<count]
      while event.count >= 16 {
        // int watch; uint32_t mask, cookie, length; then a name of that length, filled up with NUL.
        let fields = stride(from: 0, to: 16, by: 4).map { offset in
          (0..<4).reduce(UInt32(0)) { $0 | UInt32(event[event.startIndex + offset + $1]) << (8 * $1) }
        }
        let name = event.dropFirst(16).prefix(Int(fields[3])).prefix { $0 != 0 }
        let folder = watched[Int32(bitPattern: fields[0])] ?? "?"
        let verb = fields[1] & UInt32(IN_CREATE) != 0 ? "made" : fields[1] & UInt32(IN_OPEN) != 0 ? "opened" : "touched"
        let place = name.isEmpty ? folder : folder + "/" + String(decoding: name, as: UTF8.self)
        if !touches.contains("\(verb) \(place)") { touches.append("\(verb) \(place)") }
        event = event.dropFirst(16 + Int(fields[3]))
      }
    }
    return touches
  }
}
