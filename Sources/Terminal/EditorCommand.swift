/// The editor's own commands, by their number in the shim; all else is libedit's emacs mode.
enum EditorCommand: Int, CaseIterable {
  case enter, openLine, complete, interrupt, abandon, endOrDelete, suspend
  case up, down, left, right, lineStart, lineEnd, deleteBefore, deleteAt
  case paste, search, redraw
  case completeBack, wordRight, undo, redo, lastArgument, editElsewhere
  case deleteWord, toWordEnd, transpose

  /// The keys that ask for it; `abandon`, `redraw` and `toWordEnd` are asked for by the editor itself.
  var keys: [String] {
    switch self {
    case .enter: ["\r", "\n"]
    case .openLine: ["\u{1B}\r", "\u{1B}\n"]
    case .complete: ["\t"]
    case .interrupt: ["\u{3}"]
    case .abandon: [Private.abandon]
    case .endOrDelete: ["\u{4}"]
    case .suspend: ["\u{1A}"]
    case .up: ["\u{1B}[A", "\u{1B}OA", "\u{10}"]
    case .down: ["\u{1B}[B", "\u{1B}OB", "\u{E}"]
    case .left: ["\u{1B}[D", "\u{1B}OD", "\u{2}"]
    case .right: ["\u{1B}[C", "\u{1B}OC", "\u{6}"]
    case .lineStart: ["\u{1}", "\u{1B}[H", "\u{1B}OH", "\u{1B}[1~"]
    case .lineEnd: ["\u{5}", "\u{1B}[F", "\u{1B}OF", "\u{1B}[4~"]
    case .deleteBefore: ["\u{8}", "\u{7F}"]
    case .deleteAt: ["\u{1B}[3~"]
    case .paste: ["\u{1B}[200~"]
    case .search: ["\u{12}", "\u{13}"]
    case .redraw: ["\u{1E}"]
    case .completeBack: ["\u{1B}[Z"]
    case .wordRight: ["\u{1B}[1;5C", "\u{1B}[1;3C", "\u{1B}f"]
    case .undo: ["\u{1F}", "\u{18}\u{15}"]
    case .redo: ["\u{1B}_", "\u{18}\u{12}"]
    case .lastArgument: ["\u{1B}."]
    case .editElsewhere: ["\u{18}\u{5}"]
    case .deleteWord: ["\u{1B}d", "\u{1B}D"]
    case .toWordEnd: [Private.wordEnd]
    case .transpose: ["\u{14}"]
    }
  }

  /// libedit's own commands under keys that people expect, and under sequences that no key sends, so that ours can ask for them.
  static let builtins: [(name: String, keys: [String])] = [
    ("ed-newline", [Private.newline]), ("ed-prev-history", [Private.older]), ("ed-next-history", [Private.newer]),
    ("ed-delete-prev-word", ["\u{17}"]), ("em-next-word", [Private.nextWord]),
    ("em-set-mark", [Private.mark]), ("em-kill-region", [Private.kill]),
    ("ed-prev-word", ["\u{1B}[1;5D", "\u{1B}[1;3D"]),
    // Under Alt-X the library would take commands of its own, some of which lead to other keys and other programs.
    ("ed-unassigned", ["\u{1B}x", "\u{1B}X"]),
  ]

  /// Sequences that no key sends.
  enum Private {
    static let newline = "\u{1B}[>1~"
    static let older = "\u{1B}[>2~"
    static let newer = "\u{1B}[>3~"
    static let abandon = "\u{1B}[>4~"
    static let nextWord = "\u{1B}[>5~"
    static let mark = "\u{1B}[>6~"
    static let wordEnd = "\u{1B}[>7~"
    static let kill = "\u{1B}[>8~"
    /// One character, since it stands in for a key that was acted upon already; typed, it draws the line again.
    static let redraw: UInt32 = 0x1E
  }
}
