import Foundation
import Outside

/// Another program on the process's own terminal. It stays in this process's group, or the terminal would not let it read keys.
enum ForegroundProgram {
  /// Runs it to its end: its exit status, or 128 more than the signal that ended it; nil where it cannot be started.
  ///
  /// - Parameter input: what it reads in place of the terminal.
  static func run(_ program: OutsideProgram, input: Int32? = nil) -> Int32? {
    var actions = unsafe posix_spawn_file_actions_t()
    guard unsafe posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { unsafe _ = posix_spawn_file_actions_destroy(&actions) }
    if let input { unsafe posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO) }
    var attributes = posix_spawnattr_t()
    guard unsafe posix_spawnattr_init(&attributes) == 0 else { return nil }
    defer { unsafe _ = posix_spawnattr_destroy(&attributes) }
    // What this process ignores, another need not.
    var ignored = sigset_t()
    unsafe sigemptyset(&ignored)
    unsafe sigaddset(&ignored, SIGPIPE)
    unsafe posix_spawnattr_setsigdefault(&attributes, &ignored)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    let settings = ProcessInfo.processInfo.environment.map { "\($0)=\($1)" }
    // SAFETY: copies that end in 0, in arrays that end in nil; they are freed once the program has its own.
    let words = unsafe ([program.name] + program.arguments).map { unsafe strdup($0) }
    let environment = unsafe settings.map { unsafe strdup($0) }
    defer { unsafe (words + environment).forEach { unsafe free($0) } }
    var process: pid_t = 0
    guard unsafe posix_spawnp(&process, program.name, &actions, &attributes, words + [nil], environment + [nil]) == 0
    else {
      return nil
    }
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { return nil }
    }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}
