import EventStore
import SourceText
import Synchronization

/// Hashes of a file's blocks, as far as they have been read; written from several threads.
final class BlockHashes: Sendable {
  private let hashes: Mutex<[UInt64?]>

  init(count: Int) { hashes = Mutex(Array(repeating: nil, count: count)) }

  func isKnown(_ block: Int) -> Bool { hashes.withLock { !$0.indices.contains(block) || $0[block] != nil } }

  func set(_ block: Int, to hash: UInt64) {
    hashes.withLock { if $0.indices.contains(block) { $0[block] = hash } }
  }

  /// Blocks that have not been read.
  var missing: [Int] { hashes.withLock { hashes in hashes.indices.filter { hashes[$0] == nil } } }

  /// All hashes, in order; a missing one counts as zero.
  func folded(into seed: UInt64) -> UInt64 {
    hashes.withLock { $0.reduce(seed) { stableHash($0, $1 ?? 0) } }
  }
}

extension OpenFile {
  /// The unit of a fingerprint.
  static let blockSize = 64 << 10

  /// Hashes the blocks that lie whole in `bytes`, which stand at `position` of the file.
  func noteBlocks(_ bytes: Span<UInt8>, at position: Int) {
    var block = (position + Self.blockSize - 1) / Self.blockSize
    while true {
      let start = block * Self.blockSize - position
      let end = min(start + Self.blockSize, size - position)
      guard start < end, end <= bytes.count else { return }
      if !blocks.isKnown(block) { blocks.set(block, to: blockHash(bytes.extracting(start..<end))) }
      block += 1
    }
  }

  /// A hash of all bytes of the file: the same for the same bytes on every machine. What has been read before is not
  /// read again.
  func fingerprint(progress: LoadProgress) throws(Diagnostic) -> UInt64 {
    let missing = blocks.missing
    let stride = 16
    let failures = concurrentMap(count: (missing.count + stride - 1) / stride) { part -> Diagnostic? in
      var buffer = [UInt8](repeating: 0, count: Self.blockSize)
      do throws(Diagnostic) {
        for block in missing[part * stride..<min(missing.count, (part + 1) * stride)] {
          if progress.isCancelled { throw .cancelled }
          try self.noteBlock(block, &buffer)
        }
        return nil
      } catch {
        return error
      }
    }
    if let failure = failures.lazy.compactMap({ $0 }).first { throw failure }
    return blocks.folded(into: UInt64(truncatingIfNeeded: size))
  }

  private func noteBlock(_ block: Int, _ buffer: inout [UInt8]) throws(Diagnostic) {
    let position = block * Self.blockSize
    var count = 0
    while count < Self.blockSize {
      let more = try read(into: &buffer, at: count, room: Self.blockSize - count, position: position + count)
      if more == 0 { break }
      count += more
    }
    noteBlocks(buffer.span.extracting(first: count), at: position)
  }
}
