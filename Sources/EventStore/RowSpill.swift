import Foundation
import Synchronization

/// Why rows could not be put aside: `no space left on device`.
package struct SpillFailure: Error, Hashable {
  package var reason: String
}

/// Keeps the rows of a load within a budget: groups above it go to a temporary file.
///
/// The file has no name: however a load ends, nothing of it is left.
package final class RowSpill: Sendable {
  private let budget: Int
  private let folder: String
  private let held = Atomic<Int>(0)
  private let file = Mutex<SpillFile?>(nil)

  /// - Parameters:
  ///   - budget: bytes of rows that may stay in memory.
  ///   - folder: where the file is made once it is needed.
  package init(budget: Int, folder: String) {
    (self.budget, self.folder) = (budget, folder)
  }

  /// Bytes put aside so far.
  package var spilled: Int { file.withLock { $0?.size ?? 0 } }

  /// Keeps the group in memory if there is room, else moves it to the file.
  func place(_ group: inout RowGroup) throws(SpillFailure) {
    let size = group.size
    if held.wrappingAdd(size, ordering: .relaxed).newValue <= budget { return }
    let file = try self.file.withLock { (file) throws(SpillFailure) -> SpillFile in
      if let file { return file }
      let made = try SpillFile(in: folder)
      file = made
      return made
    }
    try group.move(to: file)
    held.wrappingSubtract(size - group.size, ordering: .relaxed)
  }
}

/// A file without a name that grows at its end; read and written from several threads.
final class SpillFile: Sendable {
  private let descriptor: Int32
  private let end = Atomic<Int>(0)

  init(in folder: String) throws(SpillFailure) {
    var path = Array((folder + "/.waymark-rows-XXXXXX").utf8CString)
    descriptor = unsafe path.withUnsafeMutableBufferPointer { name in
      // SAFETY: a terminated string that mkstemp changes in place, without a change of its length.
      guard let start = name.baseAddress else { return -1 }
      let descriptor = unsafe mkstemp(start)
      if descriptor >= 0 {
        _ = unsafe unlink(start)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      }
      return descriptor
    }
    if descriptor < 0 { throw .ofSystem(errno) }
  }

  deinit { close(descriptor) }

  var size: Int { end.load(ordering: .relaxed) }

  /// Writes `bytes` behind what is there and returns where.
  func append(_ bytes: [UInt8]) throws(SpillFailure) -> Int {
    let start = end.wrappingAdd(bytes.count, ordering: .relaxed).oldValue
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { source in
        // SAFETY: `written` is below the buffer's count, and no more is written than is behind it.
        unsafe pwrite(
          descriptor, source.baseAddress.map { unsafe $0 + written }, source.count - written, start + written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .ofSystem(count < 0 ? errno : ENOSPC) }
      written += count
    }
    return start
  }

  /// The `count` bytes at `offset`, and room behind them to read in whole words.
  func read(_ count: Int, at offset: Int) throws(SpillFailure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count + CellTable.slack)
    var filled = 0
    while filled < count {
      let more = unsafe bytes.withUnsafeMutableBytes { target in
        // SAFETY: `filled` is below `count`, and the buffer has more than `count` bytes.
        unsafe pread(descriptor, target.baseAddress.map { unsafe $0 + filled }, count - filled, offset + filled)
      }
      if more < 0, errno == EINTR { continue }
      guard more > 0 else { throw .ofSystem(more < 0 ? errno : EIO) }
      filled += more
    }
    return bytes
  }
}

extension SpillFailure {
  fileprivate static func ofSystem(_ code: Int32) -> SpillFailure {
    // SAFETY: strerror gives a terminated string that is copied at once.
    unsafe SpillFailure(reason: String(cString: strerror(code)).lowercased())
  }
}
