import CZlib
import Foundation
import SourceText

/// Bytes that come one after another.
protocol ByteStream {
  /// Reads up to `room` bytes into `buffer` from `offset` on, which it has room for. 0 only at the end.
  mutating func read(into buffer: inout [UInt8], at offset: Int, room: Int) throws(Diagnostic) -> Int
  /// Bytes of the file taken so far.
  var position: Int { get }
}

/// A regular file, open for reading until the last reference goes. Reading at a place does not move anything, so that
/// several threads can read at once.
final class OpenFile: Sendable {
  let name: String
  let size: Int
  /// Hashes of the blocks that have been read.
  let blocks: BlockHashes
  let descriptor: Int32

  init(path: String) throws(Diagnostic) {
    name = (path as NSString).lastPathComponent
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw errno == ENOENT
        ? Diagnostic(.fileMissing, "there is no file '\(path)'")
        : Diagnostic(.fileUnreadable, "'\(path)' cannot be read: \(systemReason(errno))")
    }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      close(descriptor)
      throw Diagnostic(.fileUnreadable, "'\(path)' cannot be read")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw status.st_mode & S_IFMT == S_IFDIR
        ? Diagnostic(.fileDirectory, "'\(path)' is a directory")
        : Diagnostic(.fileUnreadable, "'\(path)' is no regular file")
    }
    size = Int(status.st_size)
    blocks = BlockHashes(count: (size + Self.blockSize - 1) / Self.blockSize)
  }

  deinit { close(descriptor) }

  /// Reads up to `room` bytes at `position` of the file into `buffer` at `offset`; 0 only at the file's end.
  func read(into buffer: inout [UInt8], at offset: Int, room: Int, position: Int) throws(Diagnostic) -> Int {
    let room = min(room, buffer.count - offset)
    guard room > 0 else { return 0 }
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        // SAFETY: offset + room is at most the buffer's count, by the line above.
        unsafe pread(descriptor, bytes.baseAddress.map { unsafe $0 + offset }, room, position)
      }
      if count >= 0 { return count }
      if errno != EINTR {
        throw Diagnostic(
          .fileUnreadable, "'\(name)' cannot be read: \(systemReason(errno))")
      }
    }
  }
}

/// What the system calls this error: `permission denied`.
func systemReason(_ code: Int32) -> String {
  // SAFETY: strerror gives a terminated string that is copied at once.
  unsafe String(cString: strerror(code)).lowercased()
}

/// A file's bytes from some place on. Whole blocks are hashed as they are read.
struct FileStream: ByteStream {
  let file: OpenFile
  private(set) var position: Int

  init(_ file: OpenFile, from position: Int = 0) {
    self.file = file
    self.position = position
  }

  mutating func read(into buffer: inout [UInt8], at offset: Int, room: Int) throws(Diagnostic) -> Int {
    // Up to the end of a block where there is room for that, so that the next read begins with a whole one.
    let whole = (position + room) / OpenFile.blockSize * OpenFile.blockSize - position
    let count = try file.read(into: &buffer, at: offset, room: whole > 0 ? whole : room, position: position)
    file.noteBlocks(buffer.span.extracting(offset..<offset + count), at: position)
    position += count
    return count
  }
}

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
  package static let fileMissing = DiagnosticCode(
    "file.missing", "No file is there; the hint is one beside it with a similar name.")
  package static let fileDirectory = DiagnosticCode(
    "file.directory", "A directory stands where a file is due.")
  package static let fileUnreadable = DiagnosticCode(
    "file.unreadable", "The file cannot be read: its permissions, or the disk.")
  package static let loadGzCut = DiagnosticCode(
    "load.gz-cut", "The compressed file ends too early: it was not copied whole.")
  package static let loadGzDamaged = DiagnosticCode(
    "load.gz-damaged", "The compressed file fails its checksum.")
}
