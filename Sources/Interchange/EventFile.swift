import EventStore
import SourceText

/// A file of events: delimited text, JSON or XES, plain, gzipped or zstd-compressed. What it is, its first bytes tell.
///
/// Opening it checks that it can be read as such; `load` makes a store of it. Rows that are no events are counted as bad,
/// and too many of them stop the load. The store is the same for any number of threads and any budget of memory.
package struct EventFile: Sendable {
  private enum Content: Sendable {
    case delimited(DelimitedEvents)
    case json(JSONEvents)
    case xes(XESEvents)
  }

  private let file: OpenFile
  private let content: Content

  /// The last part of the path.
  package var name: String { file.name }
  /// Size of the file.
  package var bytes: Int { file.size }

  /// Throws for what cannot be opened, is empty, or is plainly nothing that can be read.
  package init(path: String) throws(Diagnostic) {
    try self.init(path: path, longestRow: TextBlock<FileStream>.longestRow)
  }

  init(path: String, longestRow: Int) throws(Diagnostic) {
    file = try OpenFile(path: path)
    let source = try ByteSource(file)
    let size = 256 << 10
    let head = try source.bytes(size)
    if let json = JSONEvents(file, source, head: head, isWhole: head.count < size, longestRow: longestRow) {
      content = .json(json)
    } else if let xes = XESEvents(file, source, head: head) {
      content = .xes(xes)
    } else {
      content = .delimited(try DelimitedEvents(file, longestRow: longestRow))
    }
  }

  /// The same for the same bytes, as good as surely different for others. Reads what `load` has not read.
  package func fingerprint(progress: LoadProgress = LoadProgress()) throws(Diagnostic) -> UInt64 {
    try file.fingerprint(progress: progress)
  }

  /// Reads the whole file. Throws for missing roles, times that read two ways, too many bad rows and files that end too
  /// early; nothing has changed then.
  package func load(_ options: LoadOptions = LoadOptions(), progress: LoadProgress = LoadProgress())
    throws(Diagnostic) -> LoadedEvents
  {
    switch content {
    case .delimited(let events): try events.load(options, progress: progress)
    case .json(let events): try events.load(options, progress: progress)
    case .xes(let events): try events.load(options, progress: progress)
    }
  }
}
