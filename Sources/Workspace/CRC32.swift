import CZlib

/// zlib's CRC-32: what the columns of format 1 are checked by.
enum CRC32 {
  static func of(_ bytes: [UInt8]) -> UInt32 {
    unsafe bytes.withUnsafeBufferPointer { bytes in
      // SAFETY: zlib reads `count` bytes from the start of a buffer that has as many; an empty one is not read.
      UInt32(truncatingIfNeeded: unsafe crc32_z(0, bytes.baseAddress, bytes.count))
    }
  }
}
