import EventStore
import Foundation
import SourceText

/// A stream that is read on a thread of its own, some pieces ahead: a file is unpacked while what came before is parsed.
struct ReadAheadStream: ByteStream {
  private struct Piece: Sendable {
    var bytes: [UInt8] = []
    /// Bytes of the file taken so far.
    var position = 0
    var isLast = false
  }
  private typealias Pieces = BoundedQueue<Result<Piece, Diagnostic>>

  private static let pieceSize = 1 << 20
  private static let mostWaiting = 4

  private let pieces: Pieces
  /// Ends the thread when the last copy of the stream goes, wherever it waits.
  private let end: End
  private var piece = Piece()
  private var used = 0

  /// - Parameter open: makes the stream, on that thread.
  init(_ open: @escaping @Sendable () throws(Diagnostic) -> any ByteStream) {
    let pieces = Pieces(capacity: Self.mostWaiting)
    self.pieces = pieces
    end = End(of: pieces)
    Thread.detachNewThread { Self.fill(pieces, from: open) }
  }

  var position: Int { piece.position }

  mutating func read(into buffer: inout [UInt8], at offset: Int, room: Int) throws(Diagnostic) -> Int {
    if used == piece.bytes.count, !piece.isLast, let next = pieces.take() {
      piece = try next.get()
      used = 0
    }
    let count = min(room, piece.bytes.count - used)
    buffer.replaceSubrange(offset..<offset + count, with: piece.bytes[used..<used + count])
    used += count
    return count
  }

  private static func fill(_ pieces: Pieces, from open: () throws(Diagnostic) -> any ByteStream) {
    do throws(Diagnostic) {
      var stream = try open()
      var isLast = false
      while !isLast {
        let piece = try piece(of: &stream)
        guard pieces.put(.success(piece)) else { return }
        isLast = piece.isLast
      }
    } catch {
      _ = pieces.put(.failure(error))
    }
  }

  private static func piece(of stream: inout any ByteStream) throws(Diagnostic) -> Piece {
    var (bytes, count) = ([UInt8](repeating: 0, count: pieceSize), 0)
    while count < pieceSize {
      let more = try stream.read(into: &bytes, at: count, room: pieceSize - count)
      if more == 0 {
        bytes.removeSubrange(count...)
        return Piece(bytes: bytes, position: stream.position, isLast: true)
      }
      count += more
    }
    return Piece(bytes: bytes, position: stream.position)
  }

  private final class End: Sendable {
    private let pieces: Pieces

    init(of pieces: Pieces) { self.pieces = pieces }

    deinit { pieces.close() }
  }
}
