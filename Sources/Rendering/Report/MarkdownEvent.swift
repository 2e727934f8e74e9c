/// What Markdown consists of, in its order: elements begin and end, and text stands in them.
enum MarkdownEvent: Hashable, Sendable {
  case begin(MarkdownElement)
  case end(MarkdownElement)
  case text(String)
  /// The name of a character that HTML knows, or does not: `&nbsp;`.
  case entity(String)
  /// A line ends where the writer broke it: to be seen, or not.
  case lineBreak(isSeen: Bool)
}

/// A block or a span.
enum MarkdownElement: Hashable, Sendable {
  enum Alignment: Hashable, Sendable { case usual, left, center, right }

  case paragraph, quote, rule, code
  /// 1 … 6
  case heading(level: Int)
  case bullets
  case numbers(from: Int)
  /// Whether a task is done; nil of what is no task.
  case item(isDone: Bool?)
  case table, head, body, row
  case cell(Alignment, isHead: Bool)
  case emphasis, strong, struck, codeSpan
  case link(to: String, title: String)
  case image(of: String, title: String)
}
