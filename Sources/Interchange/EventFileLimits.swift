import CSimdJSON
import SourceText

/// What a file of events may hold of what is kept whole while it is read: memory stays bounded whatever a file says.
enum EventFileLimits {
  /// Bytes of a row, an object, or an event of a log with the attributes of its trace.
  static let row = 64 << 20
  /// Different names. More are no columns but data.
  static let columns = 4_096
  /// Bytes of a name, with those that lead to it.
  static let name = Int(json_longest_name)
  /// Elements within elements.
  static let depth = 1_000
}

extension Diagnostic {
  static func rowTooLong(_ limit: Int, at place: String) -> Diagnostic {
    Diagnostic(
      "load.row-too-long", "a row is longer than \(limit >> 20) MB; a quote may be open", place: place)
  }

  /// - Parameters:
  ///   - who: has them: `the JSON objects have`.
  ///   - what: they are: `columns`.
  static func tooManyNames(_ who: String, _ what: String = "different names", at place: String) -> Diagnostic {
    Diagnostic("load.too-many-names", "\(who) more than \(EventFileLimits.columns) \(what)", place: place)
  }

  static func nameTooLong(_ name: String, at place: String) -> Diagnostic {
    Diagnostic(
      "load.name-too-long",
      "a name is longer than \(EventFileLimits.name) bytes: '\(RowFault.excerpt(of: Array(name.utf8.prefix(200)).span, 40))'",
      place: place)
  }
}
