import Language
import SourceText
import Statements

extension FuzzTarget {
  /// Statements printed as they are kept: what is read back prints the same again.
  package static let printing = FuzzTarget(
    "printing", words: Session.words, example: { Array(Script.example(&$0).utf8) },
    read: { bytes in
      for piece in StatementReader.pieces(of: bytes) where !piece.isDotCommand {
        do {
          let statement = try Forms.grammar.parse(piece.text)
          try Printed(Forms.grammar.canonical(statement)).check(of: piece.text)
        } catch let error as Diagnostic {
          try ReplyReading.look(at: error, in: piece.text)
        }
      }
    })

  /// What the prompt shows at each key of a text: colours, suggestions, hints and candidates lie within it.
  package static let prompt = FuzzTarget(
    "prompt", longest: 512, words: Session.words + DotCommand.all.map(\.name),
    example: { Array(Script.example(&$0).utf8) },
    read: { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      let scratch = try Scratch()
      let guide = PromptGuide(try SmallWorld.session(in: scratch))
      let ends = [0, text.utf8.count, text.utf8.count / 2, text.utf8.count / 3]
      for cursor in ends.map({ text.scalarStart(at: $0) }) {
        let styled = guide.styles(of: text, cursor: cursor)
        guard styled.allSatisfy({ 0 <= $0.range.lowerBound && $0.range.upperBound <= text.utf8.count }) else {
          throw Contradiction("a style beyond the text: \(styled.map(\.range)) of \(text.utf8.count)")
        }
        let (range, _) = guide.completer.candidates(in: text, at: cursor)
        guard 0 <= range.lowerBound, range.upperBound <= text.utf8.count else {
          throw Contradiction("a completion of what is not there: \(range) of \(text.utf8.count)")
        }
        _ = guide.hint(in: text, at: cursor)
      }
      _ = (guide.suggestion(for: text), StatementReader.isIncomplete(text))
    })
}

/// A statement in canonical form; or none.
struct Printed {
  let text: String

  init(_ text: String) { self.text = text }

  func check(of original: String) throws {
    if text.isEmpty { return }
    let again: String
    do {
      again = Forms.grammar.canonical(try Forms.grammar.parse(text))
    } catch {
      throw Contradiction("printed as what cannot be read: \(original)\n\(text)\n\(error)")
    }
    if again != text { throw Contradiction("printed anew as another: \(original)\n\(text)\n\(again)") }
  }
}

extension String {
  /// The offset itself, or that of the scalar it lies in.
  fileprivate func scalarStart(at offset: Int) -> Int {
    let bytes = Array(utf8.prefix(offset + 1))
    guard bytes.count > offset else { return offset }
    return bytes.lastIndex { $0 & 0xC0 != 0x80 } ?? 0
  }
}
