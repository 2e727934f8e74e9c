import Foundation
import TestSupport
import Testing

/// A program on a terminal of its own: keys go in, a screen comes out. The program is ended with the value.
@safe final class PseudoTerminal {
  private(set) var screen: Screen
  /// All that the program has sent so far.
  private(set) var bytes: [UInt8] = []
  private let master: Int32
  private let slave: String
  private let process: pid_t
  private var status: Int32?
  private var isOpen = true
  /// Whether something that was expected did not come: nothing is waited for any more.
  private var hasFailed = false

  /// Starts a program that was built beside the tests, or in the folder that `WAYMARK_PROGRAMS` names, or the one at a path.
  ///
  /// - Parameter folder: where it works; nil for where the tests do.
  init(
    _ program: String, arguments: [String] = [], environment: [String: String] = [:], folder: String? = nil,
    columns: Int = 80, rows: Int = 24
  ) throws {
    screen = Screen(columns: columns, rows: rows)
    (master, slave) = try Self.open()
    Self.setSize(of: master, columns: columns, rows: rows)
    let path = program.hasPrefix("/") ? program : Self.folder + "/" + program
    let bare = ["TERM": "xterm", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": "/nonexistent"]
    process = try Self.spawn(
      folder == nil ? path : "/bin/sh",
      folder.map { ["-c", "cd \"$0\" && exec \"$@\"", $0, path] + arguments } ?? arguments,
      bare.merging(sanitizerSettings) { $1 }.merging(environment) { $1 },
      on: slave)
  }

  deinit {
    hangUp()
    if status == nil {
      kill(process, SIGKILL)
      _ = wait()
    }
  }

  /// Closes the terminal, as a window is closed or a connection lost.
  func hangUp() {
    if isOpen { close(master) }
    isOpen = false
  }

  static var folder: String {
    if let folder = ProcessInfo.processInfo.environment["WAYMARK_PROGRAMS"] { return folder }
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return (own as NSString).deletingLastPathComponent
  }

  func type(_ text: String) { type(bytes: Array(text.utf8)) }

  func type(bytes: [UInt8]) {
    let count = unsafe write(master, bytes, bytes.count)
    #expect(count == bytes.count)
  }

  /// Changes the terminal's size; its program is told. What the screen showed is forgotten, or stays in its rows as it is.
  func resize(columns: Int, rows: Int, keepsRows: Bool = false) {
    if keepsRows { screen.resize(columns: columns, rows: rows) } else { screen = Screen(columns: columns, rows: rows) }
    Self.setSize(of: master, columns: columns, rows: rows)
  }

  /// Changes the terminal's width; the screen wraps its lines anew before the program is told.
  func reflow(columns: Int) {
    screen.reflow(columns: columns)
    Self.setSize(of: master, columns: columns, rows: screen.rows)
  }

  func signal(_ signal: Int32) { kill(process, signal) }

  /// Takes what comes until the screen is as wanted, for at most half a minute; else the test fails and says what it showed.
  func expect(_ wanted: String, sourceLocation: SourceLocation = #_sourceLocation, _ isSo: (Screen) -> Bool) {
    let end = ContinuousClock.now + (hasFailed ? .zero : .seconds(30))
    while !isSo(screen) {
      guard ContinuousClock.now < end, takeSome() || isSo(screen) else {
        hasFailed = true
        Issue.record(
          "no \(wanted) on:\n\(screen.lines.joined(separator: "\n"))\n\(state)", sourceLocation: sourceLocation)
        return
      }
    }
  }

  /// What each thread of the program is at, as far as the system tells: `S pipe_read`.
  private var state: String {
    let tasks = "/proc/\(process)/task"
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? []
    let told = threads.map { thread in
      ["wchan", "stat"].map { (try? String(contentsOfFile: "\(tasks)/\(thread)/\($0)", encoding: .utf8)) ?? "" }
        .joined(separator: " ")
    }
    return told.isEmpty ? "the program has ended" : told.joined(separator: "\n")
  }

  /// Waits for these rows, one below the other, to be the last on the screen.
  func expect(rows wanted: String..., sourceLocation: SourceLocation = #_sourceLocation) {
    expect("\(wanted)", sourceLocation: sourceLocation) { $0.lines.suffix(wanted.count) == wanted[...] }
  }

  /// Takes what comes until nothing has for a tenth of a second.
  func settle() {
    var before = screen.sent
    while takeSome(), screen.sent != before { before = screen.sent }
  }

  /// Waits for the program to end: its exit status, or 128 more than the signal that ended it. After half a minute that is SIGKILL.
  func exitStatus() -> Int32 {
    let end = ContinuousClock.now + .seconds(30)
    while takeSome() {
      if ContinuousClock.now > end { kill(process, SIGKILL) }
    }
    return wait()
  }

  /// False once the program has closed the terminal.
  private func takeSome() -> Bool {
    guard isOpen else { return false }
    var watched = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&watched, 1, 100) > 0 else { return true }
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = unsafe read(master, &buffer, buffer.count)
    guard count > 0 else { return false }
    bytes += buffer[..<count]
    screen.take(Array(buffer[..<count]))
    for place in screen.takeReports() { type("\u{1B}[\(place.row + 1);\(place.column + 1)R") }
    return true
  }

  private func wait() -> Int32 {
    if let status { return status }
    var raw: Int32 = 0
    _ = unsafe waitpid(process, &raw, 0)
    let status = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 128 + (raw & 0x7F)
    self.status = status
    return status
  }

  private static func setSize(of master: Int32, columns: Int, rows: Int) {
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = unsafe ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Both ends of a new pseudo-terminal.
  private static func open() throws -> (master: Int32, slave: String) {
    // TIOCSPTLCK and TIOCGPTN of <linux/tty.h>, which Swift does not import: unlock it, ask its number.
    let (unlock, askNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
    let master = unsafe Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var (lock, number): (Int32, Int32) = (0, 0)
    try #require(master >= 0)
    let isUnlocked = unsafe ioctl(master, unlock, &lock) == 0
    let isNumbered = unsafe ioctl(master, askNumber, &number) == 0
    try #require(isUnlocked && isNumbered)
    return (master, "/dev/pts/\(number)")
  }

  /// A child in a session of its own, whose terminal becomes its controlling one by being opened first.
  private static func spawn(
    _ path: String, _ arguments: [String], _ environment: [String: String], on slave: String
  ) throws -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    // Signals do what they do by themselves, whatever the tests were started to ignore and their threads block.
    var (all, none) = (sigset_t(), sigset_t())
    unsafe sigfillset(&all)
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    // POSIX_SPAWN_SETSID, POSIX_SPAWN_SETSIGDEF, POSIX_SPAWN_SETSIGMASK
    unsafe posix_spawnattr_setflags(&attributes, 0x80 | 0x04 | 0x08)
    unsafe posix_spawn_file_actions_addopen(&actions, 0, slave, O_RDWR, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, 0, 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, 0, 2)
    let words = unsafe ([path] + arguments).map { unsafe strdup($0) }
    let settings = unsafe environment.map { unsafe strdup("\($0)=\($1)") }
    defer { unsafe (words + settings).forEach { unsafe free($0) } }
    var process: pid_t = 0
    let result = unsafe posix_spawn(&process, path, &actions, &attributes, words + [nil], settings + [nil])
    try #require(result == 0, "cannot start \(path)")
    return process
  }
}
