import EventStore
import Interchange
import JourneyQuery
import SourceText
import Workspace

/// What answers come from, as hashes: equal where the data, the map or the definitions are, in every process and on every machine.
struct WorkspaceMarks: Hashable {
  var data: String
  var map: String
  /// Of steps, segments and values that have names.
  var names: String

  static func text(of parts: [String]) -> String {
    let hash = String(Checksum.xxh64(Array(parts.joined(separator: "\u{0}").utf8)), radix: 16)
    return String(repeating: "0", count: 16 - hash.count) + hash
  }
}

extension Session {
  /// Reads all events in use, and of the rest what is known without reading it.
  func marks() throws(Diagnostic) -> WorkspaceMarks {
    let mark = try attempt(workspace.mark())
    if let known = knownMarks, known.mark == mark { return known.marks }
    var data = [try zone.identifier, try attempt(workspace.rowSums())]
    if let source = try activeSource {
      let executor = try attempt(source.executor)
      let found = try apart { [run = run] () throws(ExecutionError) in try FingerprintQuery().ask(executor, run) }
      data.append("\(found.sum) \(found.events)")
    }
    let map = try attempt(workspace.activeMapName().map(workspace.map))
    var names: [String] = []
    for kind in [Workspace.SavedKind.step, .segment, .value] {
      names += try attempt(workspace.saved(kind)).flatMap { [kind.rawValue, $0.name, $0.text] }
    }
    let marks = WorkspaceMarks(
      data: WorkspaceMarks.text(of: data),
      map: WorkspaceMarks.text(of: map.map { [MapFormat.yaml.write($0).text] } ?? []),
      names: WorkspaceMarks.text(of: names))
    knownMarks = (mark, marks)
    return marks
  }
}
