import CZstd
import SourceText

/// Unpacks zstd, frame by frame (RFC 8878). Owns a decompression context of the library.
@safe final class ZstdUnpacker: Unpacker {
  private let context: OpaquePointer

  init() throws(Diagnostic) {
    guard let context = unsafe ZSTD_createDCtx() else {
      throw Diagnostic(.fileUnreadable, "no memory to unpack the file")
    }
    unsafe self.context = unsafe context
  }

  deinit { _ = unsafe ZSTD_freeDCtx(context) }

  /// Whether a file that begins with these four bytes is zstd: a frame, or a skippable one in front.
  static func opens(with magic: [UInt8]) -> Bool {
    magic == [0x28, 0xB5, 0x2F, 0xFD] || magic[0] & 0xF0 == 0x50 && magic[1...] == [0x2A, 0x4D, 0x18]
  }

  func begins(with first: UInt8) -> Bool { true }

  func unpack(_ input: ArraySlice<UInt8>, into buffer: inout [UInt8], at offset: Int, room: Int, of file: String)
    throws(Diagnostic) -> (isEnd: Bool, taken: Int, made: Int)
  {
    let (error, isEnd, taken, made) = unsafe input.withUnsafeBufferPointer { source in
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
    if let error { throw Diagnostic(.loadZstDamaged, "the zst file is damaged: \(error)", place: file) }
    return (isEnd, taken, made)
  }

  static func cut(_ file: String) -> Diagnostic { Diagnostic(.loadZstCut, "the zst file ends early", place: file) }
}

extension DiagnosticCode {
  package static let loadZstCut = DiagnosticCode(
    "load.zst-cut", "The compressed file ends too early: it was not copied whole.")
  package static let loadZstDamaged = DiagnosticCode(
    "load.zst-damaged", "The compressed file fails its checksum, or needs more memory than is given to it.")
}
