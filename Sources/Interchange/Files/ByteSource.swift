import SourceText

/// What a data file holds, as often as it is asked for: the bytes of the file, or what they unpack to.
enum ByteSource: Sendable {
  case plain(OpenFile)
  case gzip(OpenFile)
  case zstd(OpenFile)
  /// A table that another program reads.
  case table(DuckDBTable)
  /// Has tables, and no bytes of its own.
  case server(ServerAddress)

  /// Looks at the first bytes of the file, whatever it is called.
  init(_ file: OpenFile) throws(Diagnostic) {
    var magic = [UInt8](repeating: 0, count: 4)
    let count = try file.read(into: &magic, at: 0, room: magic.count, position: 0)
    if count >= 2, magic[0] == 0x1F, magic[1] == 0x8B {
      self = .gzip(file)
    } else if count == 4, ZstdUnpacker.opens(with: magic) {
      self = .zstd(file)
    } else {
      self = .plain(file)
    }
  }

  /// Nil for what is no file.
  var file: OpenFile? {
    switch self {
    case .plain(let file), .gzip(let file), .zstd(let file): file
    case .table, .server: nil
    }
  }

  var isCompressed: Bool {
    switch self {
    case .gzip, .zstd: true
    case .plain, .table, .server: false
    }
  }

  /// What it is called where something is wrong with it.
  var name: String {
    switch self {
    case .plain(let file), .gzip(let file), .zstd(let file): file.name
    case .table(let table): table.name
    case .server(let server): server.shown
    }
  }

  /// Bytes of the file.
  var size: Int { if case .table(let table) = self { table.size } else { file?.size ?? 0 } }

  /// All bytes from the start on; each call begins anew.
  func stream() throws(Diagnostic) -> any ByteStream {
    switch self {
    case .plain(let file): FileStream(file)
    case .gzip(let file): try UnpackedStream<GzipUnpacker>(file)
    case .zstd(let file): try UnpackedStream<ZstdUnpacker>(file)
    case .table(let table): try DuckDBStream(table)
    case .server: NoBytes()
    }
  }

  private struct NoBytes: ByteStream {
    let position = 0
    func read(into buffer: inout [UInt8], at offset: Int, room: Int) -> Int { 0 }
  }
}
