import Glibc

/// The standard streams of the process, before it opens anything.
package enum StandardStreams {
  /// Opens the null device in place of those that are closed, or the next file that is opened would take what is meant for them: a
  /// workspace the answers. Input is empty then, answers fail to be written, and errors go nowhere.
  package static func openClosed() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
      // SAFETY: the path is a text that lives through the call. The lowest number that is free is taken: the one at hand.
      _ = unsafe open("/dev/null", descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
