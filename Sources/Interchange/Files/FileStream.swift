import SourceText

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
