import Language
import Rendering
import SourceText

/// `lesson`, `lesson 3`, `lesson "mine.way.md"`, `lesson quit` …
enum LessonStatement: Statement {
  private static let choice: Syntax = .choice([[.slot("number", .count)], [.slot("file", .file)]])

  static let form = Form(
    "lesson", in: .teach,
    [
      "lesson",
      .optional([
        .choice([
          ["quit"], ["forget", choice], ["export", .slot("to", .file), "as", .slot("name", .text)],
          [.slot("number", .count)], [.slot("file", .file)],
        ])
      ]),
    ],
    summary: "learn journey mapping here, step by step",
    meaning: """
      Alone it lists the lessons, and how far you are in each. A lesson, by its number or its file, begins or goes on in a \
      workspace of its own; yours stays as it is. Anything can be typed: whatever way reaches what a step asks for is right. \
      hint helps, skip does the step for you, back and again go back; an empty line shows the task. Quit leaves it, and how far \
      you came is kept. Forget begins it anew. Export writes how far you are in all lessons into a file to hand in, under the \
      name that you give.
      """,
    examples: [
      "lesson",
      "lesson forget 3",
    ])

  static func run(_ parsed: ParsedStatement, in session: Session) throws(Diagnostic) -> Reply {
    try session.learn(request(parsed), parsed)
  }

  private static func request(_ parsed: ParsedStatement) throws(Diagnostic) -> LessonRequest {
    if parsed.has("quit") { return .quit }
    if let file = parsed.text("to"), let name = parsed.text("name") { return .export(to: file, name: name) }
    let choice: LessonChoice? =
      parsed.number("number").map { .number($0) } ?? parsed.text("file").map { .file($0) }
    guard let choice else { return .list }
    return parsed.has("forget") ? .forget(choice) : .begin(choice)
  }
}

extension Session {
  /// Hands on what a lesson's statement asks to the shell, where lessons are played. What is wrong with a lesson is told with its place
  /// there, all else with the words that ask.
  func learn(_ request: LessonRequest, _ parsed: ParsedStatement) throws(Diagnostic) -> Reply {
    let span = ["number", "file", "to"].lazy.compactMap { parsed.span(of: $0) }.first ?? parsed.span
    guard let takeLesson else {
      throw Diagnostic(.lessonNone, "lessons are played in a shell", at: span, hint: "waymark -c lesson")
    }
    do {
      return try takeLesson(request)
    } catch {
      throw error.place == nil && error.source == nil ? error.located(at: span) : error
    }
  }
}
