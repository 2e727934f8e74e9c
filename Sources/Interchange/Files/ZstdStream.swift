import CZstd
import SourceText

/// What a zstd file holds: all of its frames, one after another (RFC 8878).
struct ZstdStream: ByteStream {
  private var source: FileStream
  private let unpacker: Unpacker
  private var input = [UInt8](repeating: 0, count: 256 << 10)
  private var (next, filled) = (0, 0)
  /// More of a frame is due.
  private var isInFrame = true

  init(_ file: OpenFile) throws(Diagnostic) {
    source = FileStream(file)
    unpacker = try Unpacker()
  }

  /// Whether a file that begins with these four bytes is zstd: a frame, or a skippable one in front.
  static func opens(with magic: [UInt8]) -> Bool {
    magic == [0x28, 0xB5, 0x2F, 0xFD] || magic[0] & 0xF0 == 0x50 && magic[1...] == [0x2A, 0x4D, 0x18]
  }

  var position: Int { source.position }

  mutating func read(into buffer: inout [UInt8], at offset: Int, room: Int) throws(Diagnostic) -> Int {
    guard room > 0 else { return 0 }
    while true {
      if next == filled {
        filled = try source.read(into: &input, at: 0, room: input.count)
        next = 0
        // At the end, what the library still holds comes out with no more input.
        if filled == 0, !isInFrame { return 0 }
      }
      let step = unpacker.unpack(input[next..<filled], into: &buffer, at: offset, room: room)
      next += step.taken
      if let reason = step.error {
        throw Diagnostic(.loadZstDamaged, "the zst file is damaged: \(reason)", place: source.file.name)
      }
      isInFrame = !step.endsFrame
      if step.made > 0 { return step.made }
      if filled == 0, isInFrame {
        throw Diagnostic(.loadZstCut, "the zst file ends early", place: source.file.name)
      }
    }
  }
}

/// Owns a decompression context of the library.
@safe private final class Unpacker {
  private let context: OpaquePointer

  init() throws(Diagnostic) {
    guard let context = unsafe ZSTD_createDCtx() else {
      throw Diagnostic(.fileUnreadable, "no memory to unpack the file")
    }
    unsafe self.context = unsafe context
  }

  deinit { _ = unsafe ZSTD_freeDCtx(context) }

  /// Unpacks some of `input` to `buffer` from `offset` on, at most `room` bytes; `error` says what is wrong with them.
  func unpack(_ input: ArraySlice<UInt8>, into buffer: inout [UInt8], at offset: Int, room: Int)
    -> (error: String?, endsFrame: Bool, taken: Int, made: Int)
  {
    let room = min(room, buffer.count - offset)
    return unsafe input.withUnsafeBufferPointer { source in
      unsafe buffer.withUnsafeMutableBufferPointer { target in
        // SAFETY: the library reads source.count bytes of `source`, all of it, and writes at most `room` behind
        // `offset`, which lies within `target`.
        var packed = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
        var unpacked = unsafe ZSTD_outBuffer(
          dst: target.baseAddress.map { unsafe $0 + offset }, size: room, pos: 0)
        let hint = unsafe ZSTD_decompressStream(context, &unpacked, &packed)
        // SAFETY: the library's text is a constant that ends in 0.
        let error = unsafe ZSTD_isError(hint) == 0 ? nil : String(cString: ZSTD_getErrorName(hint)).lowercased()
        return unsafe (error, hint == 0, packed.pos, unpacked.pos)
      }
    }
  }
}

extension DiagnosticCode {
  package static let loadZstCut = DiagnosticCode(
    "load.zst-cut", "The compressed file ends too early: it was not copied whole.")
  package static let loadZstDamaged = DiagnosticCode(
    "load.zst-damaged", "The compressed file fails its checksum, or needs more memory than is given to it.")
}
