import Dispatch
import Foundation
import SourceText
import Synchronization

/// A stream that is read on a thread of its own, some pieces ahead: a file is unpacked while what came before is parsed.
struct ReadAheadStream: ByteStream {
  private let channel: Channel
  /// Stops the thread when the last copy of the stream goes.
  private let end: ChannelEnd
  private var piece = Channel.Piece()
  private var used = 0

  /// - Parameter open: makes the stream, on that thread.
  init(_ open: @escaping @Sendable () throws(Diagnostic) -> any ByteStream) {
    let channel = Channel()
    self.channel = channel
    end = ChannelEnd(of: channel)
    Thread.detachNewThread { channel.fill(from: open) }
  }

  var position: Int { piece.position }

  mutating func read(into buffer: inout [UInt8], at offset: Int, room: Int) throws(Diagnostic) -> Int {
    if used == piece.bytes.count, !piece.isLast {
      piece = try channel.next().get()
      used = 0
    }
    let count = min(room, piece.bytes.count - used)
    buffer.replaceSubrange(offset..<offset + count, with: piece.bytes[used..<used + count])
    used += count
    return count
  }
}

/// Pieces of a stream on their way from one thread to another, a few at a time.
private final class Channel: Sendable {
  struct Piece: Sendable {
    var bytes: [UInt8] = []
    /// Bytes of the file taken so far.
    var position = 0
    var isLast = false
  }
  private static let size = 1 << 20
  private static let mostWaiting = 4

  private let waiting = Mutex<[Result<Piece, Diagnostic>]>([])
  private let filled = DispatchSemaphore(value: 0)
  private let free = DispatchSemaphore(value: mostWaiting)
  private let isStopped = Atomic<Bool>(false)

  func stop() {
    isStopped.store(true, ordering: .relaxed)
    free.signal()
  }

  func next() -> Result<Piece, Diagnostic> {
    filled.wait()
    free.signal()
    return waiting.withLock { $0.removeFirst() }
  }

  func fill(from open: () throws(Diagnostic) -> any ByteStream) {
    do throws(Diagnostic) {
      var stream = try open()
      while !isStopped.load(ordering: .relaxed) {
        let piece = try Self.piece(of: &stream)
        guard put(.success(piece)), !piece.isLast else { return }
      }
    } catch {
      _ = put(.failure(error))
    }
  }

  /// False if nobody waits for it any more.
  private func put(_ piece: Result<Piece, Diagnostic>) -> Bool {
    free.wait()
    if isStopped.load(ordering: .relaxed) { return false }
    waiting.withLock { $0.append(piece) }
    filled.signal()
    return true
  }

  private static func piece(of stream: inout any ByteStream) throws(Diagnostic) -> Piece {
    var (bytes, count) = ([UInt8](repeating: 0, count: size), 0)
    while count < size {
      let more = try stream.read(into: &bytes, at: count, room: size - count)
      if more == 0 {
        bytes.removeSubrange(count...)
        return Piece(bytes: bytes, position: stream.position, isLast: true)
      }
      count += more
    }
    return Piece(bytes: bytes, position: stream.position)
  }
}

private final class ChannelEnd: Sendable {
  private let channel: Channel

  init(of channel: Channel) { self.channel = channel }

  deinit { channel.stop() }
}
