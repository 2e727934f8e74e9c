import Synchronization

/// Whether some part of a file holds something else than its first records; shared by the threads of one load.
final class Surprise: Sendable {
  private let flag = Atomic<Bool>(false)

  var hasCome: Bool { flag.load(ordering: .relaxed) }

  func come() { flag.store(true, ordering: .relaxed) }
}
