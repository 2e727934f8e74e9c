import JourneyQuery
import SourceText

/// How an answer is written. `table`, `markdown`, `html` and `svg` are for people: figures are rounded, instants stand in the zone.
/// The others are for programs: figures are exact, shares fractions, durations seconds, instants RFC 3339 in UTC.
package enum Format: String, CaseIterable, Hashable, Sendable {
  case table, csv, tsv, json, jsonl, markdown, html, svg
}

extension Format {
  /// Whether programs read it, so that nothing else may stand between the answers.
  package var isForPrograms: Bool { type(of: writer).isForPrograms }

  /// Of files in it, without the dot; none for what is no file's format.
  package var endings: [String] { type(of: writer).endings }
}

/// One way to write an answer.
protocol AnswerFormat {
  static var isForPrograms: Bool { get }
  /// Of files in it, without the dot, the usual one first.
  static var endings: [String] { get }
  /// Ends with a newline; empty for an answer that has nothing to show in this format. Throws `cancelled` if the context's run is,
  /// as all of these do.
  func text(of answer: Answer, in context: RenderingContext) throws(ExecutionError) -> String
  /// The same as a screen shows it, for a format that has colours.
  func painted(_ answer: Answer, in context: RenderingContext) throws(ExecutionError) -> PaintedText
  /// How many cells a spreadsheet would take for formulas if they are written as they are.
  func formulaCount(in answer: Answer, _ run: Run) throws(ExecutionError) -> Int
}

extension AnswerFormat {
  static var isForPrograms: Bool { false }
  func painted(_ answer: Answer, in context: RenderingContext) throws(ExecutionError) -> PaintedText {
    PaintedText(try text(of: answer, in: context))
  }

  func formulaCount(in answer: Answer, _ run: Run) throws(ExecutionError) -> Int { 0 }
}

extension Format {
  /// All that there is to know of a format, in the only list of them.
  var writer: any AnswerFormat {
    switch self {
    case .table: TableFormat()
    case .csv: CSVFormat()
    case .tsv: TSVFormat()
    case .json: JSONFormat()
    case .jsonl: JSONLinesFormat()
    case .markdown: MarkdownFormat()
    case .html: HTMLFormat()
    case .svg: ChartFormat()
    }
  }
}

/// The whole text of an answer, ending with a newline; empty where the format has nothing to show. Throws `cancelled` if the context's
/// run is.
package func render(
  _ answer: Answer, as format: Format, in context: RenderingContext
) throws(ExecutionError) -> PaintedText {
  let answer = context.hasIntervals && format.isForPrograms ? answer.withIntervals : answer
  return try format.writer.painted(answer, in: context)
}

/// How many cells of an answer a spreadsheet would take for formulas: 0 in formats that none reads as such.
/// Throws `cancelled` if the run is.
package func formulaCount(in answer: Answer, as format: Format, _ run: Run) throws(ExecutionError) -> Int {
  try format.writer.formulaCount(in: answer, run)
}
