import Foundation
import Outside
import SourceText
import Synchronization

/// Another program, with a pipe into it and maybe one out of it.
///
/// Owned by who started it: when the last reference goes, it is killed, with all programs that it started itself. It
/// runs in a process group of its own, so that a `^C` reaches it through us alone.
final class ChildProcess: Sendable {
  private let process: pid_t
  /// Where it is written to; −1 once closed.
  private let input: Mutex<Int32>
  /// Where what it writes is read; −1 if that goes nowhere.
  private let output: Int32
  /// What it says of errors: a file without a name.
  private let errors: Int32
  /// How it ended, once that is known: its exit status, or 128 more than the signal that ended it.
  private let status = Mutex<Int32?>(nil)

  /// - Parameters:
  ///   - program: by its path.
  ///   - isRead: whether what it writes is of interest.
  ///   - given: open files of ours that it finds as its descriptors 3, 4 …
  /// - Returns: nil if it cannot be started.
  init?(_ program: OutsideProgram, isRead: Bool, given: [Int32] = []) {
    let (toChild, fromChild) = (Self.pipe(), isRead ? Self.pipe() : (read: -1, write: -1))
    errors = Self.namelessFile()
    let started = Self.start(
      [program.name] + program.arguments, input: toChild.read, output: fromChild.write, errors: errors, given: given)
    for end in [toChild.read, fromChild.write] where end >= 0 { close(end) }
    input = Mutex(toChild.write)
    (output, process) = (fromChild.read, started ?? 0)
    guard started != nil, toChild.write >= 0, errors >= 0, !isRead || output >= 0 else { return nil }
  }

  deinit {
    closeInput()
    if process > 0, status.withLock({ $0 == nil }) {
      kill(-process, SIGKILL)
      _ = wait()
    }
    for file in [output, errors] where file >= 0 { close(file) }
  }

  private static func pipe() -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    // SAFETY: the array has room for both ends.
    guard unsafe ends.withUnsafeMutableBufferPointer({ unsafe Foundation.pipe($0.baseAddress) }) == 0 else {
      return (-1, -1)
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  /// Where a program finds the first, second … of the files that it is given: a path that means the open file, whatever its
  /// name is by now.
  static func path(ofGiven index: Int) -> String { "/dev/fd/\(STDERR_FILENO + 1 + Int32(index))" }

  /// An open file that nobody else can open; −1 if none can be made.
  static func namelessFile() -> Int32 {
    let path = NSTemporaryDirectory() + "/waymark-\(UUID().uuidString)"
    let file = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if file >= 0 { unsafe unlink(path) }
    return file
  }

  private static func start(
    _ command: [String], input: Int32, output: Int32, errors: Int32, given: [Int32]
  ) -> pid_t? {
    guard let path = command.first, input >= 0, errors >= 0 else { return nil }
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    guard unsafe posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { unsafe _ = posix_spawn_file_actions_destroy(&actions) }
    // Out of the way first, so that none takes the place of another.
    let firstGiven = STDERR_FILENO + 1
    let moved = given.map { fcntl($0, F_DUPFD_CLOEXEC, firstGiven + Int32(given.count)) }
    defer { for file in moved where file >= 0 { close(file) } }
    guard moved.allSatisfy({ $0 >= 0 }) else { return nil }
    guard unsafe posix_spawnattr_init(&attributes) == 0 else { return nil }
    defer { unsafe _ = posix_spawnattr_destroy(&attributes) }
    unsafe posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    if output >= 0 {
      unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    } else {
      unsafe posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    }
    unsafe posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    for (index, file) in moved.enumerated() {
      unsafe posix_spawn_file_actions_adddup2(&actions, file, firstGiven + Int32(index))
    }
    var (none, all) = (sigset_t(), sigset_t())
    unsafe sigemptyset(&none)
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let settings = ProcessInfo.processInfo.environment.map { "\($0)=\($1)" }
    // SAFETY: copies that end in 0, in arrays that end in nil; they are freed once the program has its own.
    let words = unsafe command.map { unsafe strdup($0) }
    let environment = unsafe settings.map { unsafe strdup($0) }
    defer { unsafe (words + environment).forEach { unsafe free($0) } }
    var process: pid_t = 0
    guard unsafe posix_spawn(&process, path, &actions, &attributes, words + [nil], environment + [nil]) == 0 else {
      return nil
    }
    return process
  }

  /// Writes all of it; false if the program reads no more.
  func write(_ bytes: [UInt8]) -> Bool {
    let input = input.withLock { $0 }
    guard input >= 0 else { return false }
    return withoutBrokenPipes {
      var written = 0
      while written < bytes.count {
        let count = unsafe bytes.withUnsafeBytes { bytes in
          // SAFETY: `written` is less than the count, so the rest lies inside.
          unsafe Foundation.write(input, bytes.baseAddress.map { unsafe $0 + written }, bytes.count - written)
        }
        if count < 0, errno != EINTR { return false }
        written += max(0, count)
      }
      return true
    }
  }

  /// Keeps the signal away that a write to a program gone would send, which ends who gets it.
  private func withoutBrokenPipes(_ body: () -> Bool) -> Bool {
    var (broken, before) = (sigset_t(), sigset_t())
    unsafe sigemptyset(&broken)
    unsafe sigaddset(&broken, SIGPIPE)
    unsafe pthread_sigmask(SIG_BLOCK, &broken, &before)
    let result = body()
    if !result {
      // Takes the pending signal of this thread away before it is let through again.
      var atOnce = timespec()
      while unsafe sigtimedwait(&broken, nil, &atOnce) < 0, errno == EINTR {}
    }
    unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
    return result
  }

  /// Says that nothing more is written.
  func closeInput() {
    input.withLock { input in
      if input >= 0 { close(input) }
      input = -1
    }
  }

  /// Reads up to `room` bytes that the program wrote into `buffer` at `offset`; 0 when it writes no more.
  ///
  /// - Parameter check: called again and again while there is nothing to read; may throw to stop.
  func read(
    into buffer: inout [UInt8], at offset: Int, room: Int, check: () throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> Int {
    let room = min(room, buffer.count - offset)
    guard room > 0, output >= 0 else { return 0 }
    while true {
      var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      if unsafe poll(&waiting, 1, 50) <= 0 {
        try check()
        continue
      }
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        // SAFETY: offset + room is at most the buffer's count, by the line above.
        unsafe Foundation.read(output, bytes.baseAddress.map { unsafe $0 + offset }, room)
      }
      if count >= 0 { return count }
      if errno != EINTR, errno != EAGAIN { return 0 }
    }
  }

  /// Waits for its end. How it ended, and what it said of errors, at most 64 KiB of it.
  func end() -> (status: Int32, errors: String) {
    closeInput()
    let status = wait()
    var text = [UInt8](repeating: 0, count: 64 << 10)
    let count = unsafe text.withUnsafeMutableBytes { unsafe pread(errors, $0.baseAddress, $0.count, 0) }
    return (status, String(decoding: text[..<max(0, count)], as: UTF8.self))
  }

  private func wait() -> Int32 {
    status.withLock { known in
      if let known { return known }
      var status: Int32 = 0
      while unsafe waitpid(process, &status, 0) < 0 {
        guard errno == EINTR else { return 127 }
      }
      let signal = status & 0x7F
      let ended = signal == 0 ? (status >> 8) & 0xFF : 128 + signal
      known = ended
      return ended
    }
  }
}
