import SourceText

/// Rows of a small CSV text (RFC 4180) with the place of every field; blank lines are skipped. The fields are parted by the first of
/// comma, semicolon and tab that stands in the first line.
enum CSVRows {
  struct Field: Sendable {
    var text: String
    var mark: Mark
  }

  static func rows(of text: String, _ source: MapSource) throws(Diagnostic) -> [[Field]] {
    let separator = text.unicodeScalars.prefix { $0 != "\n" }.first { ",;\t".unicodeScalars.contains($0) } ?? ","
    var rows: [[Field]] = []
    var row: [Field] = []
    var mark = Mark(line: 1, column: 1)
    var field = Field(text: "", mark: mark)
    var (isQuoted, wasQuoted) = (false, false)
    let scalars = Array(text.unicodeScalars)
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      mark = scalar == "\n" ? Mark(line: mark.line + 1, column: 1) : Mark(line: mark.line, column: mark.column + 1)
      if isQuoted {
        if scalar != "\"" {
          field.text.unicodeScalars.append(scalar)
        } else if index < scalars.count, scalars[index] == "\"" {
          field.text += "\""
          index += 1
          mark.column += 1
        } else {
          isQuoted = false
        }
      } else if scalar == "\r", index == scalars.count || scalars[index] == "\n" {
        continue
      } else if scalar == "\"", field.text.isEmpty, !wasQuoted {
        (isQuoted, wasQuoted) = (true, true)
      } else if scalar == separator || scalar == "\n" {
        row.append(field)
        if scalar == "\n" {
          if row.count > 1 || wasQuoted || !row[0].text.isEmpty { rows.append(row) }
          row = []
        }
        field = Field(text: "", mark: mark)
        wasQuoted = false
      } else {
        field.text.unicodeScalars.append(scalar)
      }
    }
    guard !isQuoted else {
      let line = field.text.prefix { !$0.isNewline }.prefix(40)
      throw source.error(.mapCsvQuote, "a quoted field is not closed", at: field.mark, hint: "\"\(line)\"")
    }
    row.append(field)
    if row.count > 1 || wasQuoted || !field.text.isEmpty { rows.append(row) }
    return rows
  }
}

extension DiagnosticCode {
  package static let mapCsvQuote = DiagnosticCode(
    "map.csv-quote", "A quoted field of a CSV map is not closed.")
}
