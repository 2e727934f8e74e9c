import JourneyQuery
import SourceText

/// What a lesson says at a time, part by part.
package struct LessonPage: Sendable, Hashable {
  package enum Part: Sendable, Hashable {
    /// Which step it is, and how many of how many are done.
    case heading(id: String, title: String, progress: LessonProgress)
    /// Markdown; its last paragraph is the task.
    case lesson(String)
    /// The same, all of it read.
    case prose(String)
    /// The task again, Markdown.
    case task(String)
    /// That a step is done, and what goes on.
    case passed(String, progress: LessonProgress, then: String = "")
    /// What is still missing, or what a likely mistake is.
    case remark(String, progress: LessonProgress)
    /// Statements as they are typed.
    case statements(String)
    /// A quiet line.
    case note(String)
  }

  package var parts: [Part]

  package init(_ parts: [Part]) { self.parts = parts }

  /// Columns that are read with ease.
  private static let widest = 80

  package func text(in context: RenderingContext) throws(ExecutionError) -> PaintedText {
    let width = min(context.width, Self.widest)
    var lines: [StyledLine] = []
    for part in parts {
      switch part {
      case .heading(let id, let title, let progress):
        var line = StyledLine(id, .strong)
        line.append("  " + progress.text(in: context) + "  ", .dim)
        line.append(title, .strong)
        lines += [StyledLine(), line]
      case .lesson(let markdown): lines += TerminalProse(markdown, width: width, in: context, endsInTask: true).lines
      case .prose(let markdown): lines += TerminalProse(markdown, width: width, in: context).lines
      case .task(let markdown):
        lines += TerminalProse(Self.task(of: markdown), width: width, in: context, endsInTask: true).lines
      case .passed(let words, let progress, let next):
        let text = "\(context.glyphs.taken) \(words) \(progress.text(in: context))"
        lines += .sentence(text + (next.isEmpty ? "" : "  " + next), .strong, width: width)
      case .remark(let words, let progress):
        lines += .sentence("\(progress.text(in: context))  \(words)", .normal, width: width)
      case .statements(let text):
        lines += text.split(separator: "\n").map { StyledLine("  " + $0, .strong) }
      case .note(let words): lines += .sentence(words, .dim, width: width)
      }
    }
    return try lines.painted(in: context)
  }

  /// The last paragraph.
  package static func task(of markdown: String) -> String {
    markdown.split(separator: "\n", omittingEmptySubsequences: false).split { $0.allSatisfy(\.isWhitespace) }.last?
      .joined(separator: "\n") ?? markdown
  }
}

/// How many steps of a lesson are done.
package struct LessonProgress: Sendable, Hashable {
  package var done: Int
  package var count: Int

  package init(_ done: Int, of count: Int) { (self.done, self.count) = (done, count) }

  /// `▰▰▱▱ 2/4`
  func text(in context: RenderingContext) -> String {
    let signs = context.style == .ascii ? ("#", "-") : ("▰", "▱")
    let full = min(max(done, 0), count)
    return String(repeating: signs.0, count: full) + String(repeating: signs.1, count: count - full)
      + " \(done)/\(count)"
  }

  /// The same as people see it on a screen that draws all signs.
  package var words: String { text(in: RenderingContext()) }
}
