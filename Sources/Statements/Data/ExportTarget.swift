import Foundation
import Interchange
import JourneyQuery
import Language
import Rendering
import SourceText

/// Where an export goes and in which format: the one after `as`, else the one the file's ending means.
struct ExportTarget {
  let file: String
  let format: String
  let span: Range<Int>?
  /// How the file is compressed, by a second ending: `events.csv.gz`.
  let packing: Packing?

  /// What is to be made of an SVG; nil for a text.
  var picture: PictureFormat? { PictureFormat(rawValue: format) }

  /// - Parameter packs: whether a second ending compresses; elsewhere it is an ending like others.
  init(_ parsed: ParsedStatement, among known: [FileFormat], packs: Bool = false) throws(Diagnostic) {
    guard let file = parsed.text("file") else { throw .incomplete(parsed) }
    self.file = file
    let formats = known.map(\.name)
    span = parsed.span(of: "file")
    var endings = file.split(separator: "/").last.map { $0.split(separator: ".").dropFirst() } ?? []
    packing = packs ? endings.last.flatMap { Packing(rawValue: $0.lowercased()) } : nil
    if packing != nil { endings.removeLast() }
    if let named = parsed.word("format") {
      format = named
    } else {
      let ending = endings.last?.lowercased() ?? ""
      guard let known = FileFormat.all.first(where: { $0.endings.contains(ending) })?.name else {
        throw Diagnostic(
          .formatUnknown, "the ending of '\(file)' says no format", at: span,
          hint: "as " + formats.joined(separator: ", as "))
      }
      format = known
    }
    guard formats.contains(format) else {
      throw Diagnostic(
        .formatUnfit, "\(format) cannot hold this", at: parsed.span(of: "format") ?? span,
        hint: "as " + formats.joined(separator: ", as "))
    }
    guard packing == nil || format != "parquet" else {
      throw Diagnostic(
        .formatUnfit, "parquet is compressed inside, and never as a whole", at: span,
        hint: String(file.dropLast((packing?.rawValue.utf8.count ?? 0) + 1)).quoted)
    }
  }
}

extension Session {
  /// The answer behind a name: of this session, or asked again.
  func answer(behind name: NameSyntax) throws(Diagnostic) -> Answer {
    if name.text == "_", let last = results.last { return last }
    if let number = Int(name.text), results.indices.contains(number - 1) { return results[number - 1] }
    let saved = try resolver().savedQuestion(name)
    do {
      return try ask(saved, savedAs: name)
    } catch {
      throw error.inDefinition(of: "$" + name.text, at: name.span)
    }
  }

  /// Writes an answer; what is to be said of it.
  func write(_ answer: Answer, to target: ExportTarget) throws(Diagnostic) -> [Diagnostic] {
    guard let format = target.picture == nil ? Format(rawValue: target.format) : .svg else { return [] }
    var context = RenderingContext(zone: try zone)
    (context.formulas, context.hasIntervals, context.run) = (formulas, hasIntervals, run)
    let (text, count) = try apart { [context] () throws(ExecutionError) in
      (try render(answer, as: format, in: context).words, try formulaCount(in: answer, as: format, context.run))
    }
    try write(text, to: target)
    return remarks(onFormulas: count)
  }

  /// Writes a text as it is, or the picture that is made of it, an SVG then.
  func write(_ text: String, to target: ExportTarget) throws(Diagnostic) {
    guard let picture = target.picture else { return try files.write(text, to: target.file, at: target.span) }
    func check() throws(Diagnostic) {
      do { try run.check() } catch { throw Diagnostic(error, at: target.span) }
    }
    let bytes = try Diagnostic.locating(at: target.span) { () throws(Diagnostic) in
      let converter = try PictureConverter(files.door, ProcessInfo.processInfo.environment)
      return try converter.bytes(of: text, as: picture, check: check)
    }
    try files.write(bytes, to: target.file, at: target.span)
  }

  /// What is to be said of so many cells of a file that a spreadsheet would take for formulas.
  func remarks(onFormulas count: Int) -> [Diagnostic] {
    guard count > 0, formulas == .plain else { return [] }
    return [
      Diagnostic(
        .exportFormulas,
        "a spreadsheet would take \(count.counted("cell")) for \(count == 1 ? "a formula" : "formulas")",
        hint: ".formulas safe", severity: .warning)
    ]
  }
}

extension Syntax {
  /// `to FILE [as FORMAT]`; labels `file`, `format`.
  static let exported: Syntax = .choice([
    ["to", .slot("file", .file), .optional(["as", .slot("format", .oneOf(FileFormat.all.map(\.name)))])]
  ])
}

extension DiagnosticCode {
  package static let formatUnfit = DiagnosticCode(
    "format.unfit", "The format cannot hold this: a map is no list of people, an answer is no diagram.")
  package static let exportFormulas = DiagnosticCode(
    "export.formulas",
    "A warning: texts begin with =, +, - or @, and a spreadsheet would run them. .formulas safe puts ' in front.")
}
