import CZlib
import CZstd
import SourceText

/// How a file is compressed. Pieces packed one by one make a file when they stand one after another: both formats are
/// sequences of such pieces (RFC 1952: members, RFC 8878: frames), so that pieces can be packed at once.
package enum Packing: String, Sendable, CaseIterable {
  case gzip = "gz"
  case zstd = "zst"

  /// One whole member or frame. Quick levels: an export waits for the disk otherwise.
  package func pack(_ bytes: [UInt8]) throws(Diagnostic) -> [UInt8] {
    let packed =
      switch self {
      case .gzip: gzipMember(of: bytes)
      case .zstd: zstdFrame(of: bytes)
      }
    guard let packed else { throw Diagnostic(.fileUnwritable, "no memory to pack the file") }
    return packed
  }
}

/// Nil if memory does not suffice.
private func gzipMember(of bytes: [UInt8]) -> [UInt8]? {
  // Allocated, since the stream must not move.
  let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  unsafe stream.initialize(to: z_stream())
  defer { unsafe stream.deallocate() }
  // 15: the largest window; 16: a gzip header.
  let opened = unsafe deflateInit2_(
    stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
    Int32(MemoryLayout<z_stream>.size))
  guard opened == Z_OK else { return nil }
  defer { _ = unsafe deflateEnd(stream) }
  var packed = [UInt8](repeating: 0, count: Int(unsafe deflateBound(stream, UInt(bytes.count))))
  let left: Int? = unsafe bytes.withUnsafeBufferPointer { source in
    unsafe packed.withUnsafeMutableBufferPointer { target in
      // SAFETY: zlib reads avail_in bytes of `source`, all of it, and writes at most avail_out, all of `target`.
      unsafe stream.pointee.next_in = unsafe UnsafeMutablePointer(mutating: source.baseAddress)
      unsafe stream.pointee.avail_in = UInt32(source.count)
      unsafe stream.pointee.next_out = target.baseAddress
      unsafe stream.pointee.avail_out = UInt32(target.count)
      return unsafe deflate(stream, Z_FINISH) == Z_STREAM_END ? Int(stream.pointee.avail_out) : nil
    }
  }
  guard let left else { return nil }
  packed.removeLast(left)
  return packed
}

/// With a checksum, as the command has it. Nil if memory does not suffice.
private func zstdFrame(of bytes: [UInt8]) -> [UInt8]? {
  guard let context = unsafe ZSTD_createCCtx() else { return nil }
  defer { _ = unsafe ZSTD_freeCCtx(context) }
  _ = unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
  var packed = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
  let count = unsafe bytes.withUnsafeBytes { source in
    unsafe packed.withUnsafeMutableBytes { target in
      // SAFETY: the library reads source.count bytes of `source` and writes at most target.count of `target`.
      unsafe ZSTD_compress2(context, target.baseAddress, target.count, source.baseAddress, source.count)
    }
  }
  guard ZSTD_isError(count) == 0, count <= packed.count else { return nil }
  packed.removeLast(packed.count - count)
  return packed
}

extension DiagnosticCode {
  package static let fileUnwritable = DiagnosticCode(
    "file.unwritable", "The file cannot be written: its permissions, its folder, or a full disk. It was left as it was."
  )
}
