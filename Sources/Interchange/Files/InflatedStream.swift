import CZlib
import SourceText

/// What a gzip file holds: all of its members, one after another.
struct InflatedStream: ByteStream {
  private var source: FileStream
  private let inflater: Inflater
  private var input = [UInt8](repeating: 0, count: 256 << 10)
  private var (next, filled) = (0, 0)
  private var isInMember = true

  init(_ file: OpenFile) throws(Diagnostic) {
    source = FileStream(file)
    inflater = try Inflater()
  }

  var position: Int { source.position }

  mutating func read(into buffer: inout [UInt8], at offset: Int, room: Int) throws(Diagnostic) -> Int {
    while true {
      if next == filled {
        filled = try source.read(into: &input, at: 0, room: input.count)
        next = 0
        if filled == 0 {
          guard isInMember else { return 0 }
          throw Diagnostic(.loadGzCut, "the gz file ends early", place: source.file.name)
        }
      }
      if !isInMember {
        // Behind a member: another one, or padding, which gzip ignores too.
        guard input[next] == 0x1F else { return 0 }
        inflater.reset()
        isInMember = true
      }
      let step = inflater.inflate(input[next..<filled], into: &buffer, at: offset, room: room)
      next += step.taken
      switch step.status {
      case Z_STREAM_END: isInMember = false
      case Z_OK, Z_BUF_ERROR: break
      default: throw Diagnostic(.loadGzDamaged, "the gz file is damaged", place: source.file.name)
      }
      if step.made > 0 { return step.made }
    }
  }
}

/// Owns a zlib stream, which must not move in memory.
@safe private final class Inflater {
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

  func reset() { unsafe inflateReset(stream) }

  /// Inflates some of `input` to `buffer` from `offset` on, at most `room` bytes.
  func inflate(_ input: ArraySlice<UInt8>, into buffer: inout [UInt8], at offset: Int, room: Int)
    -> (status: Int32, taken: Int, made: Int)
  {
    let room = min(room, buffer.count - offset)
    return unsafe input.withUnsafeBufferPointer { source in
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
  }
}

extension DiagnosticCode {
  package static let loadGzCut = DiagnosticCode(
    "load.gz-cut", "The compressed file ends too early: it was not copied whole.")
  package static let loadGzDamaged = DiagnosticCode(
    "load.gz-damaged", "The compressed file fails its checksum.")
}
