import SourceText

/// A library that unpacks a file piece by piece. Owned by one thread.
protocol Unpacker: AnyObject {
  init() throws(Diagnostic)
  /// Whether a part that begins so goes on behind one that has ended; what does not is no part of the file.
  func begins(with first: UInt8) -> Bool
  /// Unpacks some of `input` to `buffer` from `offset` on, at most `room` bytes, which it has. Whether a part ended, and how
  /// many bytes were taken and made.
  func unpack(_ input: ArraySlice<UInt8>, into buffer: inout [UInt8], at offset: Int, room: Int, of file: String)
    throws(Diagnostic) -> (isEnd: Bool, taken: Int, made: Int)
  /// Why a file is not whole that ends inside a part.
  static func cut(_ file: String) -> Diagnostic
}

/// What a compressed file holds: all of its parts, one after another.
struct UnpackedStream<Library: Unpacker>: ByteStream {
  private var source: FileStream
  private let library: Library
  private var input = [UInt8](repeating: 0, count: 256 << 10)
  private var (next, filled) = (0, 0)
  private var isInside = true

  init(_ file: OpenFile) throws(Diagnostic) {
    source = FileStream(file)
    library = try Library()
  }

  var position: Int { source.position }

  mutating func read(into buffer: inout [UInt8], at offset: Int, room: Int) throws(Diagnostic) -> Int {
    let room = min(room, buffer.count - offset)
    guard room > 0 else { return 0 }
    while true {
      if next == filled {
        filled = try source.read(into: &input, at: 0, room: input.count)
        next = 0
        // At the end, what the library still holds comes out with no more input.
        if filled == 0, !isInside { return 0 }
      }
      if !isInside, !library.begins(with: input[next]) { return 0 }
      let step = try library.unpack(
        input[next..<filled], into: &buffer, at: offset, room: room, of: source.file.name)
      next += step.taken
      isInside = !step.isEnd
      if step.made > 0 { return step.made }
      if filled == 0, isInside { throw Library.cut(source.file.name) }
    }
  }
}
