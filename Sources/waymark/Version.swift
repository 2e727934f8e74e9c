import Terminal

/// What the program calls itself: `waymark 0.1.0 (d490b73)`, or without a commit where it is built from no repository.
enum Version {
  /// By semantic versioning; nothing else says it.
  private static let number = "0.1.0"

  static var sentence: String {
    "waymark \(number)" + (Launch.commit.isEmpty ? "" : " (\(Launch.commit))")
  }
}
