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
      .loadRowTooLong, "a row is longer than \(limit >> 20) MB; a quote may be open", place: place)
  }

  /// - Parameters:
  ///   - who: has them: `the JSON objects have`.
  ///   - what: they are: `columns`.
  static func tooManyNames(_ who: String, _ what: String = "different names", at place: String) -> Diagnostic {
    Diagnostic(.loadTooManyNames, "\(who) more than \(EventFileLimits.columns) \(what)", place: place)
  }

  static func nameTooLong(_ name: String, at place: String) -> Diagnostic {
    Diagnostic(
      .loadNameTooLong,
      "a name is longer than \(EventFileLimits.name) bytes: '\(RowFault.excerpt(of: Array(name.utf8.prefix(200)).span, 40))'",
      place: place)
  }
}

extension DiagnosticCode {
  package static let loadRowTooLong = DiagnosticCode(
    "load.row-too-long", "A row is longer than any row should be; most likely a quote is open.")
  package static let loadTooManyNames = DiagnosticCode(
    "load.too-many-names", "The records have so many different names that these are data, not columns.")
  package static let loadNameTooLong = DiagnosticCode(
    "load.name-too-long", "A column has a name of more than 1,024 bytes, which is no name.")
}
