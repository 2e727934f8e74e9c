import Interchange
import Outside
import Rendering
import SourceText

/// How far a person came in lessons: kept, listed, handed in.
extension Shell {
  /// Keeps how far the person comes in a folder from now on; nil keeps it while the shell runs.
  package func keepLessons(in folder: OutsideFile?) { records = LessonRecords(in: folder, session.currentRun) }

  func keepRecord() {
    guard let play = lesson else { return }
    do {
      try records.keep(play.record, as: play.key)
    } catch {
      guard !hasToldOfRecords else { return }
      hasToldOfRecords = true
      say("how far you are in lessons cannot be kept: \(error.message)")
    }
  }

  func forget(_ choice: LessonChoice) throws(Diagnostic) -> String {
    if case .number = choice { _ = try read(choice) }
    let key = LessonRecords.key(of: choice, in: session.files)
    try records.forget(key)
    if let play = lesson, play.key == key { lesson?.record = LessonRecord(of: play.lesson) }
    switch choice {
    case .number(let number): return "lesson \(number) begins anew"
    case .file(let file): return "lesson \(file.quoted) begins anew"
    }
  }

  func exportLessons(to file: String, as name: String) throws(Diagnostic) -> String {
    guard !name.trimmingBlanks.isEmpty, name.utf8.count <= 200 else {
      throw Diagnostic(.lessonProgress, "the name is what tells your file from others'", hint: "as \"Anna B.\"")
    }
    let all = try ownLessons().map(\.record).filter { !$0.isUntouched } + records.ofFiles()
    guard !all.isEmpty else { throw Diagnostic(.lessonProgress, "no lesson was begun", hint: "lesson 1") }
    try session.files.write(LessonRecords.text(of: LessonReport(of: name, all)), to: file, at: nil)
    return "wrote how far '\(name)' is in \(all.count.grouped) lesson\(all.count == 1 ? "" : "s") to '\(file)'"
  }

  /// Those of the program, in their order, and how far the person is in each.
  func ownLessons() throws(Diagnostic) -> [(lesson: Lesson, record: LessonRecord)] {
    try LessonShelf.lessons().enumerated().map { (index, lesson) throws(Diagnostic) in
      (lesson, try records.record(String(index + 1))?.fitted(to: lesson) ?? LessonRecord(of: lesson))
    }
  }

  func lessonList() throws(Diagnostic) -> Answer {
    let lessons = try ownLessons()
    let rows = lessons.enumerated().map { index, known -> [Cell] in
      [
        .integer(index + 1), .text(known.lesson.title),
        known.lesson.notebook.front.minutes.map { .integer($0) } ?? .missing,
        .text(LessonProgress(known.record.done, of: known.lesson.steps.count).words),
        known.record.skipped == 0 ? .missing : .integer(known.record.skipped),
      ]
    }
    let columns: [Table.Column] = [
      .init("lesson"), .init("about", priority: 1), .init("minutes", priority: 3), .init("done"),
      .init("skipped", priority: 2),
    ]
    let open = zip(1..., lessons.map(\.record)).filter { $0.1.place != nil }
    let begun = open.last { !$0.1.isUntouched }
    var next = "all are done; lesson 1 begins again"
    if let begun, let step = begun.1.place {
      next = "lesson \(begun.0) goes on at step \(step)"
    } else if let first = open.first {
      next = "lesson \(first.0) begins"
    }
    let note = lesson.map { "you are in \($0.name), at step \($0.step.id): an empty line shows the task" }
    return Answer(
      tables: [Table(columns: columns, rows: rows)],
      notes: [note ?? next],
      figures: [.init("lessons", .integer(lessons.count))])
  }
}
