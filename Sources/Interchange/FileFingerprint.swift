import EventStore
import SourceText
import Synchronization

extension OpenFile {
  /// A hash of all bytes of the file, block by block on all cores: the same for the same bytes on every machine.
  func fingerprint(progress: LoadProgress) throws(Diagnostic) -> UInt64 {
    let block = 1 << 20
    let threads = 4
    let (size, stride) = (size, block * threads)
    let parts = concurrentMap(count: size < stride ? 1 : threads) { thread -> Result<UInt64, Diagnostic> in
      let step = size < stride ? block : stride
      var (buffer, sum, position) = ([UInt8](repeating: 0, count: block), UInt64(0), thread * block)
      do throws(Diagnostic) {
        while position < size {
          if progress.isCancelled { throw .cancelled }
          var count = 0
          while count < block {
            let more = try self.read(into: &buffer, at: count, room: block - count, position: position + count)
            if more == 0 { break }
            count += more
          }
          // Each block's place takes part, so that exchanged blocks make another sum.
          let hash = stableHash(buffer.span.extracting(first: count))
          sum &+= (hash ^ UInt64(position)) &* 0x9E37_79B9_7F4A_7C15 | 1
          position += step
        }
        return .success(sum)
      } catch {
        return .failure(error)
      }
    }
    var sum = UInt64(truncatingIfNeeded: size)
    for part in parts { sum &+= try part.get() }
    return sum
  }
}
