import JourneyModel
import SourceText

/// Maps as a table: a row for each element, with the kind and name of what it hangs under, a column for each attribute, and
/// `emotions` (`Newcomer: -2; Regular: 1`), `as` and `links`. The map itself is in rows of the kinds `map`, `title` and `note`.
///
/// Several channels, personas or links in a field are parted by `;`, several notes by line breaks; `\` before such a sign, a blank
/// at an end or a `\` takes it as text.
enum MapCSV {
  private static let columns =
    ["kind", "name", "under", "parent"] + Attribute.allCases.map(\.rawValue) + ["emotions", "as", "links"]

  // MARK: Writing

  static func write(_ map: JourneyMap, _ formulas: Formulas) -> MapWriting {
    var rows = [columns, ["map", map.name]]
    if !map.title.isEmpty { rows.append(["title", map.title]) }
    rows += map.notes.map { ["note", $0] }
    rows += map.elements.map { element in
      let attributes = Attribute.allCases.map { attribute in
        let texts = (element.attributes[attribute] ?? []).map(\.text)
        return attribute.takesMany ? joined(texts, separator(of: attribute)) : texts.first ?? ""
      }
      return [element.kind.rawValue, element.name, element.parent?.kind.rawValue ?? "", element.parent?.name ?? ""]
        + attributes
        + [joined(element.emotions().map { "\($0.persona): \($0.emotion)" }, ";"), element.meaning ?? ""]
        + [joined(element.links, ";")]
    }
    let text = rows.map { row in
      let cells = (row + Array(repeating: "", count: columns.count - row.count)).map { quoted(formulas.written($0)) }
      return cells.joined(separator: ",") + "\n"
    }.joined()
    let count = rows.map { row in row.count { Formulas.isFormula($0.utf8) } }.reduce(0, +)
    return MapWriting(text: text, warnings: [], formulaCount: count)
  }

  private static func separator(of attribute: Attribute) -> Unicode.Scalar {
    attribute == .note ? "\n" : ";"
  }

  private static func quoted(_ field: String) -> String {
    let isPlain = !field.unicodeScalars.contains { ",;\"\n\r\t".unicodeScalars.contains($0) }
    guard !isPlain || field.hasPrefix(" ") || field.hasSuffix(" ") else { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }

  private static func joined(_ texts: [String], _ separator: Unicode.Scalar) -> String {
    texts.map { escaped($0, separator) }.joined(separator: separator == ";" ? "; " : String(separator))
  }

  private static func escaped(_ text: String, _ separator: Unicode.Scalar) -> String {
    let scalars = Array(text.unicodeScalars)
    var escaped = ""
    for (index, scalar) in scalars.enumerated() {
      let isEdge = (scalar == " " || scalar == "\r") && (index == 0 || index == scalars.count - 1)
      if scalar == "\\" || scalar == separator || isEdge { escaped += "\\" }
      escaped.unicodeScalars.append(scalar)
    }
    return escaped
  }

  // MARK: Reading

  static func read(_ text: String, _ source: MapSource, name: String) throws(Diagnostic) -> MapReading {
    var reader = try Reader(source, CSVRows.rows(of: text, source))
    return MapReading(map: try reader.map(named: name), warnings: [])
  }

  /// The texts of a field that holds several.
  private static func split(_ field: String, _ separator: Unicode.Scalar) -> [String] {
    var parts: [[(scalar: Unicode.Scalar, isEscaped: Bool)]] = [[]]
    var isEscaped = false
    for scalar in field.unicodeScalars {
      if !isEscaped, scalar == "\\" {
        isEscaped = true
        continue
      }
      if !isEscaped, scalar == separator {
        parts.append([])
      } else {
        parts[parts.count - 1].append((scalar, isEscaped))
      }
      isEscaped = false
    }
    if isEscaped { parts[parts.count - 1].append(("\\", true)) }
    return parts.map { part in
      let isBlank = { (item: (scalar: Unicode.Scalar, isEscaped: Bool)) in
        !item.isEscaped && (item.scalar == " " || item.scalar == "\r")
      }
      let start = part.drop(while: isBlank)
      let end = start.lastIndex { !isBlank($0) }
      return String(String.UnicodeScalarView(end.map { start[...$0].map(\.scalar) } ?? []))
    }.filter { !$0.isEmpty }
  }

  private struct Reader {
    private let source: MapSource
    private let rows: [[CSVRows.Field]]
    /// The place of each column that is there.
    private var columns: [String: Int] = [:]

    init(_ source: MapSource, _ rows: [[CSVRows.Field]]) throws(Diagnostic) {
      self.source = source
      self.rows = rows
      for (index, field) in (rows.first ?? []).enumerated() {
        let column = field.text.trimmed.lowercased()
        guard MapCSV.columns.contains(column) else {
          throw source.error(
            .mapKeyUnknown, "'\(field.text)' is not a column here", at: field.mark,
            hint: nearest(to: column, among: MapCSV.columns) ?? MapCSV.columns.joined(separator: ","))
        }
        guard columns.updateValue(index, forKey: column) == nil else {
          throw source.error(.mapKeyRepeated, "'\(column)' stands here twice", at: field.mark)
        }
      }
      for column in ["kind", "name"] where columns[column] == nil {
        throw source.error(
          .mapKeyMissing, "the table has no column '\(column)'", at: Mark(line: 1, column: 1),
          hint: MapCSV.columns.joined(separator: ","))
      }
    }

    mutating func map(named name: String) throws(Diagnostic) -> JourneyMap {
      var map = JourneyMap(name: name)
      var known: [ElementReference: Mark] = [:]
      var placed: [(element: Element, row: [CSVRows.Field])] = []
      for row in rows.dropFirst() {
        let (kind, name) = (field("kind", row), field("name", row))
        switch kind.text.trimmed.lowercased() {
        case "map": map.name = name.text
        case "title": map.title = name.text
        case "note": map.notes.append(name.text)
        default:
          let element = Element(try self.kind(kind), name.text)
          if let first = known.updateValue(name.mark, forKey: element.reference) {
            let error = MapError.nameTaken(element.reference)
            throw source.error(error.diagnosticCode, "\(error.message), in line \(first.line)", at: name.mark)
          }
          placed.append((element, row))
        }
      }
      guard !map.name.trimmed.isEmpty else { throw source.error(.nameBlank(nil), at: Mark(line: 1, column: 1)) }
      let references = Set(known.keys)
      var elements: [Element] = []
      for (element, row) in placed { elements.append(try complete(element, row, references)) }
      do {
        return try JourneyMap(name: map.name, title: map.title, notes: map.notes, elements: elements)
      } catch {
        throw source.error(error, at: Mark(line: 1, column: 1))
      }
    }

    private func kind(_ field: CSVRows.Field) throws(Diagnostic) -> ElementKind {
      let word = field.text.trimmed.lowercased()
      if let kind = ElementKind(rawValue: word) { return kind }
      let kinds = ElementKind.allCases.map(\.rawValue)
      throw source.error(
        .mapKindUnknown, "'\(field.text)' is not a kind of element", at: field.mark,
        hint: nearest(to: word, among: kinds) ?? kinds.joined(separator: ", "))
    }

    /// The element with all that its row says.
    private func complete(
      _ given: Element, _ row: [CSVRows.Field], _ known: Set<ElementReference>
    ) throws(Diagnostic) -> Element {
      var element = given
      element.parent = try parent(of: element, row, known)
      for attribute in Attribute.allCases {
        let field = field(attribute.rawValue, row)
        guard !field.text.isEmpty else { continue }
        let texts = attribute.takesMany ? split(field.text, separator(of: attribute)) : [field.text]
        do {
          let values = try attribute.values(reading: texts)
          if !values.isEmpty { element.attributes[attribute] = values }
        } catch {
          throw source.error(error, at: field.mark)
        }
      }
      element.emotions = try emotions(field("emotions", row))
      let meaning = field("as", row).text
      if !meaning.isEmpty { element.meaning = meaning }
      element.links = split(field("links", row).text, ";")
      do {
        try element.check()
      } catch {
        throw source.error(error, at: field("name", row).mark)
      }
      return element
    }

    /// What personas feel: of each its name, a colon and a number.
    private func emotions(_ field: CSVRows.Field) throws(Diagnostic) -> [String: Int] {
      var emotions: [String: Int] = [:]
      for pair in split(field.text, ";") {
        guard let colon = pair.lastIndex(of: ":") else {
          throw source.error(
            .mapShape, "'emotions' holds a number for each persona", at: field.mark, hint: "Newcomer: -2")
        }
        let persona = String(pair[..<colon])
        let values: [AttributeValue]
        do {
          values = try Attribute.emotion.values(reading: [String(pair[pair.index(after: colon)...]).trimmed])
        } catch {
          throw source.error(error, at: field.mark)
        }
        guard case .integer(let emotion)? = values.first else { continue }
        guard emotions.updateValue(emotion, forKey: persona) == nil else {
          throw source.error(.mapKeyRepeated, "'\(persona)' stands here twice", at: field.mark)
        }
      }
      return emotions
    }

    /// The parent by its kind and name, or by its name among the kinds that fit.
    private func parent(
      of element: Element, _ row: [CSVRows.Field], _ known: Set<ElementReference>
    ) throws(Diagnostic) -> ElementReference? {
      let (under, name) = (field("under", row), field("parent", row))
      guard !name.text.isEmpty else { return nil }
      let kinds = under.text.trimmed.isEmpty ? element.kind.parents : [try kind(under)]
      let found = kinds.map { ElementReference($0, name.text) }.filter { known.contains($0) }
      if found.count > 1 { throw source.error(.parentAmbiguous(name.text, found), at: name.mark) }
      if let parent = found.first { return parent }
      let near = nearest(to: name.text, among: known.filter { kinds.contains($0.kind) }.map(\.name).sorted())
      let kind = kinds.count == 1 ? kinds[0] : nil
      let reference = near.flatMap { near in kinds.map { ElementReference($0, near) }.first { known.contains($0) } }
      throw source.error(.elementUnknown(kind, name.text, nearest: reference), at: name.mark)
    }

    private func field(_ column: String, _ row: [CSVRows.Field]) -> CSVRows.Field {
      guard let index = columns[column], index < row.count else {
        return CSVRows.Field(text: "", mark: row.last?.mark ?? Mark(line: 1, column: 1))
      }
      return row[index]
    }
  }
}

extension DiagnosticCode {
  package static let mapKeyUnknown = DiagnosticCode(
    "map.key-unknown", "The key has no meaning here; the hint is the nearest.")
  package static let mapKeyMissing = DiagnosticCode(
    "map.key-missing", "A key that must be there is not.")
  package static let mapKeyRepeated = DiagnosticCode(
    "map.key-repeated", "One key stands twice in one place.")
  package static let mapKindUnknown = DiagnosticCode(
    "map.kind-unknown", "The kind column of a CSV map holds no kind of element.")
}
