import SourceText

/// A notebook that teaches: sections `## 3.2 Title` are its steps, each with a task, what holds when it is done, and how it is done.
package struct Lesson: Sendable {
  package let notebook: Notebook
  package let title: String
  /// What is said when it begins, in Markdown.
  package let welcome: String
  package let steps: [Step]
  /// What is said when it is done, in Markdown.
  package let farewell: String

  package struct Step: Sendable {
    /// `3.2`; no other step of the lesson has it.
    package let id: String
    package let title: String
    /// Of its heading, from 1.
    package let line: Int
    /// What it teaches, in Markdown; its last paragraph is the task.
    package let text: String
    /// Idea, form, the statement.
    package let hints: [String]
    /// By what they are for, in their order.
    fileprivate(set) package var blocks: [FenceWords.Role: [Notebook.Block]] = [:]
  }

  /// Whether a notebook is one: some block of it has a part in a lesson.
  package static func isOne(_ notebook: Notebook) -> Bool { notebook.blocks.contains { $0.words.role != nil } }

  /// Throws for what is no lesson, and for the first step that cannot be played, with its line.
  package init(_ notebook: Notebook) throws(Diagnostic) {
    var reader = try LessonReader(notebook)
    (steps, welcome, farewell) = (try reader.steps(), reader.welcome, reader.farewell)
    self.notebook = notebook
    title = notebook.front.title ?? notebook.headings.first { $0.level == 1 }?.text ?? notebook.file
  }
}

/// Cuts a notebook into the steps of a lesson.
private struct LessonReader {
  private let notebook: Notebook
  private(set) var welcome = ""
  private(set) var farewell = ""

  init(_ notebook: Notebook) throws(Diagnostic) {
    self.notebook = notebook
    guard notebook.front.workspace == nil else {
      throw Diagnostic(
        .lessonForm, "a lesson begins in an empty workspace, and loads what it needs in its blocks 'way setup'",
        hint: "leave out workspace: of the front matter", place: "\(notebook.file):1")
    }
  }

  mutating func steps() throws(Diagnostic) -> [Lesson.Step] {
    let sections = notebook.headings.filter { $0.level <= 2 }
    let ends = sections.dropFirst().map(\.range.lowerBound) + [notebook.bytes.count]
    welcome = prose(notebook.front.end..<(sections.first?.range.lowerBound ?? notebook.bytes.count))
    try refuseBlocks(in: 0..<(sections.first?.range.lowerBound ?? notebook.bytes.count))
    var (steps, lineOfID) = ([Lesson.Step](), [String: Int]())
    for (heading, end) in zip(sections, ends) {
      let body = heading.range.upperBound..<end
      guard heading.level == 2, let id = Self.id(of: heading.text) else {
        try refuseBlocks(in: body)
        if steps.isEmpty { welcome += (welcome.isEmpty ? "" : "\n\n") + prose(body) } else { farewell = prose(body) }
        continue
      }
      if let line = lineOfID[id] {
        throw fault(.lessonStep, "step \(id) stands in line \(line), too", at: heading.line, hint: "another number")
      }
      lineOfID[id] = heading.line
      steps.append(try step(id, heading, body))
    }
    guard !steps.isEmpty else {
      throw fault(.lessonForm, "the lesson has no step", at: 1, hint: "## 1.1 The first stage")
    }
    return steps
  }

  private func step(_ id: String, _ heading: Notebook.Heading, _ body: Range<Int>) throws(Diagnostic) -> Lesson.Step {
    let mark = notebook.headings.first { body.contains($0.range.lowerBound) && $0.text.lowercased() == "hints" }
    let text = prose(body.lowerBound..<(mark?.range.lowerBound ?? body.upperBound))
    let hints = mark.map { Self.items(of: prose($0.range.upperBound..<body.upperBound)) } ?? []
    let title = heading.text.dropFirst(id.count).drop { $0 == " " || $0 == "\t" || $0 == "." || $0 == ":" }
    var step = Lesson.Step(id: id, title: String(title), line: heading.line, text: text, hints: hints)
    for block in notebook.blocks where body.contains(block.start) && !block.isTranscript {
      guard let role = block.words.role else {
        throw fault(
          .lessonForm, "this block of step \(id) does not say what it is for", at: block.line,
          hint: "way setup, way check, way wrong or way solution")
      }
      step.blocks[role, default: []].append(block)
    }
    guard !text.isEmpty else {
      throw fault(.lessonStep, "step \(id) has no task", at: heading.line, hint: "a paragraph that says what to reach")
    }
    for role in [FenceWords.Role.check, .solution] where step.blocks[role] == nil {
      throw fault(.lessonStep, "step \(id) has no \(role)", at: heading.line, hint: "a block 'way \(role)'")
    }
    guard hints.isEmpty || hints.count == 3 else {
      throw fault(
        .lessonStep, "step \(id) has \(hints.count) hint\(hints.count == 1 ? "" : "s"), and a step has three or none",
        at: mark?.line ?? heading.line, hint: "the idea, the form, the statement")
    }
    return step
  }

  /// Throws for a block that stands in no step.
  private func refuseBlocks(in range: Range<Int>) throws(Diagnostic) {
    guard let block = notebook.blocks.first(where: { range.contains($0.start) && !$0.isTranscript }) else { return }
    throw fault(
      .lessonForm, "this block stands in no step", at: block.line, hint: "a heading like '## 1.1 The first stage' above"
    )
  }

  /// The text of a part, without its blocks.
  private func prose(_ range: Range<Int>) -> String {
    var (text, place) = ([UInt8](), range.lowerBound)
    for block in notebook.blocks where range.contains(block.start) {
      text += notebook.bytes[place..<block.start]
      place = min(block.region?.range.upperBound ?? block.end, range.upperBound)
    }
    return String(decoding: text + notebook.bytes[place..<range.upperBound], as: UTF8.self).withLineFeeds.trimmed
  }

  /// `3.2` of `3.2 Title`; nil where it begins otherwise.
  private static func id(of heading: String) -> String? {
    let word = heading.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let parts = word.split(separator: ".", omittingEmptySubsequences: false).filter { !$0.isEmpty }
    guard parts.count == 2, parts.allSatisfy({ $0.count <= 4 }) else { return nil }
    return parts.joined(separator: ".")
  }

  /// Items of a numbered list, each in one line.
  private static func items(of text: String) -> [String] {
    var items: [String] = []
    for line in text.split(separator: "\n") {
      let trimmed = String(line).trimmed
      let digits = trimmed.prefix { $0.isASCII && $0.isNumber }
      let rest = trimmed.dropFirst(digits.count)
      if !digits.isEmpty, let sign = rest.first, sign == "." || sign == ")" {
        items.append(String(rest.dropFirst()).trimmed)
      } else if !items.isEmpty {
        items[items.count - 1] += " " + trimmed
      }
    }
    return items
  }

  private func fault(_ code: DiagnosticCode, _ message: String, at line: Int, hint: String) -> Diagnostic {
    Diagnostic(code, message, hint: hint, place: "\(notebook.file):\(line)")
  }
}

extension DiagnosticCode {
  package static let lessonForm = DiagnosticCode(
    "lesson.form", "A lesson is a notebook whose steps are sections '## 1.1 Title', and all blocks stand in them.")
  package static let lessonStep = DiagnosticCode(
    "lesson.step",
    "A step of a lesson has a number of its own, a task, a check and a solution, and three hints if it has any.")
}
