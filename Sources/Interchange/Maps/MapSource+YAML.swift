import SourceText
import Yams

extension MapSource {
  /// The document of a YAML text. Aliases are refused, and so is a document deeper than `DocumentNode.depthLimit`.
  func yamlDocument(_ text: String) throws(Diagnostic) -> DocumentNode {
    if let alias = aliasOfAnchor(in: text) {
      throw error(.mapYamlAlias, "aliases are not read", at: alias)
    }
    if let bracket = bracketTooDeep(in: text) { throw .tooDeep(in: self, at: bracket) }
    do {
      // The basic resolver leaves all plain texts as they are written.
      guard let node = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot() else {
        throw error(.loadEmpty, "the file holds nothing", at: Mark(line: 1, column: 1))
      }
      return try document(of: node, depth: 0)
    } catch let diagnostic as Diagnostic {
      throw diagnostic
    } catch {
      throw yamlError(error, in: text)
    }
  }

  private func document(of node: Node, depth: Int) throws(Diagnostic) -> DocumentNode {
    let mark = Mark(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    guard depth < DocumentNode.depthLimit else {
      throw .tooDeep(in: self, at: mark)
    }
    switch node {
    case .scalar(let scalar):
      return DocumentNode(.scalar(scalar.string, isPlain: scalar.style == .plain), at: mark)
    case .sequence(let sequence):
      var items: [DocumentNode] = []
      for item in sequence { items.append(try document(of: item, depth: depth + 1)) }
      return DocumentNode(.list(items), at: mark)
    case .mapping(let mapping):
      var entries: [DocumentNode.Entry] = []
      for (key, value) in mapping {
        let place = Mark(line: key.mark?.line ?? 1, column: key.mark?.column ?? 1)
        guard case .scalar(let text) = key else { throw error(.mapShape, "a key is a text", at: place) }
        entries.append(DocumentNode.Entry(text.string, try document(of: value, depth: depth + 1), at: place))
      }
      return DocumentNode(.mapping(entries), at: mark)
    case .alias:
      throw error(.mapYamlAlias, "aliases are not read", at: mark)
    }
  }

  /// The first `*name` for which there is an `&name`, both where YAML could read them as alias and anchor.
  ///
  /// The parser shares what an alias repeats but compares whole keys, so a small file of aliases of aliases could cost it hours:
  /// this is looked for before it runs. Of texts in quotes it can only be wrong where one says both `&x` and `*x`.
  private func aliasOfAnchor(in text: String) -> Mark? {
    let isName = { (scalar: Unicode.Scalar) in
      scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_" || scalar == "-"
    }
    var anchors: Set<String> = []
    var aliases: [(name: String, mark: Mark)] = []
    var (line, column) = (1, 0)
    var previous: Unicode.Scalar = "\n"
    var token: (sign: Unicode.Scalar, name: String, mark: Mark)?
    for scalar in text.unicodeScalars {
      column += 1
      if isName(scalar), token != nil {
        token?.name.unicodeScalars.append(scalar)
      } else {
        if let found = token, !found.name.isEmpty {
          if found.sign == "&" { anchors.insert(found.name) } else { aliases.append((found.name, found.mark)) }
        }
        let isSign = scalar == "&" || scalar == "*"
        let mayStart = isSign && " \t\n\r\u{85}\u{2028}\u{2029}[{,:?-".unicodeScalars.contains(previous)
        token = mayStart ? (scalar, "", Mark(line: line, column: column)) : nil
      }
      if scalar == "\n" { (line, column) = (line + 1, 0) }
      previous = scalar
    }
    if let last = token, last.sign == "*" { aliases.append((last.name, last.mark)) }
    return aliases.first { anchors.contains($0.name) }?.mark
  }

  /// Where more brackets are open than any map has. The parser looks at each of them for each word in them, which costs it
  /// minutes: this is looked for before it runs. Those in texts count too, and no text has so many.
  private func bracketTooDeep(in text: String) -> Mark? {
    var (line, column, depth) = (1, 0, 0)
    for scalar in text.unicodeScalars {
      column += 1
      switch scalar {
      case "[", "{": depth += 1
      case "]", "}": depth = max(0, depth - 1)
      case "\n": (line, column) = (line + 1, 0)
      default: break
      }
      if depth > Self.mostBrackets { return Mark(line: line, column: column) }
    }
    return nil
  }

  private static let mostBrackets = 100

  private func yamlError(_ error: any Error, in text: String) -> Diagnostic {
    let code = DiagnosticCode.mapYaml
    switch error as? YamlError {
    case .scanner(let context, let problem, let mark, _)?, .parser(let context, let problem, let mark, _)?,
      .composer(let context, let problem, let mark, _)?:
      // The library's own limit, below which its parser and ours are safe.
      if problem.hasPrefix("Maximum nesting level") {
        return .tooDeep(in: self, at: Mark(line: mark.line, column: mark.column))
      }
      let start = context.map { " (\($0.text) in line \($0.mark.line))" } ?? ""
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      if lines.indices.contains(mark.line - 1), lines[mark.line - 1].dropFirst(mark.column - 1).first == "\t" {
        return self.error(
          code, "a tab stands here, and YAML indents by blanks", at: Mark(line: mark.line, column: mark.column))
      }
      return self.error(code, problem + start, at: Mark(line: mark.line, column: mark.column))
    case .duplicatedKeysInMapping(let duplicates, let context)?:
      let mark = Mark(line: context.mark.line, column: context.mark.column)
      return self.error(.mapKeyRepeated, "'\(duplicates.first ?? "")' stands here twice", at: mark)
    case .reader(let problem, let offset, _, _)?:
      let before = text.prefix(offset ?? 0).unicodeScalars
      let line = 1 + before.count { $0 == "\n" }
      let column = 1 + before.reversed().prefix { $0 != "\n" }.count
      return self.error(code, problem, at: Mark(line: line, column: column))
    default:
      return self.error(code, "the YAML cannot be read", at: Mark(line: 1, column: 1))
    }
  }
}

extension DiagnosticCode {
  package static let mapYaml = DiagnosticCode(
    "map.yaml", "The text is no YAML.")
  package static let mapYamlAlias = DiagnosticCode(
    "map.yaml-alias", "Aliases (*name) of YAML are not read; write it out.")
}
