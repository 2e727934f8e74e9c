import Foundation

/// Why the system refused something with a file.
package struct FileFault: Error, Equatable, Sendable {
  /// As `errno` has it.
  package var number: Int32

  package init(_ number: Int32) { self.number = number }

  /// Of the call that has just failed.
  static var last: FileFault { FileFault(errno) }

  /// What the system calls it: `no space left on device`.
  package var reason: String {
    // SAFETY: the library's own text, which ends in 0, is copied.
    unsafe String(cString: strerror(number)).lowercased()
  }
}
