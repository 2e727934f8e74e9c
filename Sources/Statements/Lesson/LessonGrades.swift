import Foundation
import Rendering
import SourceText

extension Shell {
  /// Shows how far everyone came whose file was handed in: a row a person and lesson, by name and in the order of the lessons.
  ///
  /// - Parameter complain: takes what is wrong with a file; the others are shown all the same.
  /// - Returns: whether every file is one of ours, as it was written.
  package func grade(_ files: [String], complain: (Diagnostic) -> Void) throws(Diagnostic) -> Bool {
    var (reports, isSound) = ([(file: String, report: LessonReport)](), true)
    for file in files {
      do {
        let report = try LessonReport(session.files.script(file, at: nil), of: file)
        if !report.isGenuine {
          isSound = false
          complain(
            Diagnostic(
              .lessonAltered, "'\(file)' is not as it was written: its signature does not fit", severity: .warning))
        }
        reports.append((file, report))
      } catch {
        if error.code == .runInterrupted { throw error }
        isSound = false
        complain(error)
      }
    }
    reports.sort { ($0.report.name.lowercased(), $0.file) < ($1.report.name.lowercased(), $1.file) }
    if !reports.isEmpty { try show(.answer(Self.grades(reports.map(\.report)))) }
    return isSound
  }

  private static func grades(_ reports: [LessonReport]) -> Answer {
    var rows: [[Cell]] = []
    for report in reports {
      for lesson in report.lessons {
        rows.append([
          .text(report.name), .text(lesson.lesson), .integer(lesson.steps.count), .integer(lesson.alone),
          .integer(lesson.hinted), .integer(lesson.skipped), .integer(lesson.steps.reduce(0) { $0 + $1.tries }),
          .text(report.isGenuine ? "yes" : "no"),
        ])
      }
    }
    let columns: [Table.Column] = [
      .init("name"), .init("lesson", priority: 1), .init("steps", priority: 2), .init("alone", isFigure: true),
      .init("with hints", isFigure: true), .init("skipped", isFigure: true),
      .init("statements", isFigure: true, priority: 3),
      .init("signed", priority: 1),
    ]
    return Answer(
      tables: [Table(columns: columns, rows: rows)],
      notes: [
        "\(reports.count) file\(reports.count == 1 ? "" : "s"); alone is without a hint, statements are those typed until a step was done"
      ])
  }
}

extension LessonReport {
  /// Reads a file that was handed in.
  fileprivate init(_ bytes: [UInt8], of file: String) throws(Diagnostic) {
    do {
      self = try JSONDecoder().decode(LessonReport.self, from: Data(bytes))
    } catch {
      throw Diagnostic(
        .lessonProgress, "'\(file)' is no file of progress in lessons",
        hint: "lesson export \"anna.progress\" as \"Anna\"")
    }
  }
}

extension DiagnosticCode {
  package static let lessonAltered = DiagnosticCode(
    "lesson.altered", "A file of progress was changed after it was written, so that its figures may be anybody's.")
}
