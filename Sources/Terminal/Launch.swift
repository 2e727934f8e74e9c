import CLaunch

/// What the program was built from and started with.
package enum Launch {
  /// The commit, with a `+` where the tree was changed since; empty where nobody said (`scripts/build` does).
  package static var commit: String {
    // SAFETY: the text is a constant of the program and ends in 0.
    unsafe String(cString: launch_commit())
  }

  /// What follows the program's name on its command line, also where there is no /proc; bytes that are no UTF-8 are replaced. Nil where
  /// the system handed nothing over, not even a name.
  package static var arguments: [String]? {
    var count: Int32 = 0
    // SAFETY: the call fills the one integer that it is given.
    guard let texts = unsafe launch_arguments(&count) else { return nil }
    // SAFETY: there are `count` texts, each ends in 0, and they hold to the end of the process.
    return (1..<max(1, Int(count))).map { index in unsafe String(cString: texts[index]) }
  }
}
