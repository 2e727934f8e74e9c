import CZlib
import SourceText

/// Unpacks gzip, member by member (RFC 1952). Owns a zlib stream, which must not move in memory.
@safe final class GzipUnpacker: Unpacker {
  private let stream: UnsafeMutablePointer<z_stream>

  init() throws(Diagnostic) {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 15: the largest window; 32: gzip or zlib, by the header.
    guard unsafe inflateInit2_(stream, 15 + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw Diagnostic(.fileUnreadable, "no memory to unpack the file")
    }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Another member, or padding, which gzip ignores too.
  func begins(with first: UInt8) -> Bool {
    unsafe inflateReset(stream)
    return first == 0x1F
  }

  func unpack(_ input: ArraySlice<UInt8>, into buffer: inout [UInt8], at offset: Int, room: Int, of file: String)
    throws(Diagnostic) -> (isEnd: Bool, taken: Int, made: Int)
  {
    let (status, taken, made) = unsafe input.withUnsafeBufferPointer { source in
      unsafe buffer.withUnsafeMutableBufferPointer { target in
        // SAFETY: zlib reads avail_in bytes of `source`, all of it, and writes at most avail_out, which lies within
        // `target`.
        unsafe stream.pointee.next_in = unsafe UnsafeMutablePointer(mutating: source.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(source.count)
        unsafe stream.pointee.next_out = unsafe target.baseAddress.map { unsafe $0 + offset }
        unsafe stream.pointee.avail_out = UInt32(room)
        let status = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
        return unsafe (status, source.count - Int(stream.pointee.avail_in), room - Int(stream.pointee.avail_out))
      }
    }
    guard [Z_STREAM_END, Z_OK, Z_BUF_ERROR].contains(status) else {
      throw Diagnostic(.loadGzDamaged, "the gz file is damaged", place: file)
    }
    return (status == Z_STREAM_END, taken, made)
  }

  static func cut(_ file: String) -> Diagnostic { Diagnostic(.loadGzCut, "the gz file ends early", place: file) }
}

extension DiagnosticCode {
  package static let loadGzCut = DiagnosticCode(
    "load.gz-cut", "The compressed file ends too early: it was not copied whole.")
  package static let loadGzDamaged = DiagnosticCode(
    "load.gz-damaged", "The compressed file fails its checksum.")
}
