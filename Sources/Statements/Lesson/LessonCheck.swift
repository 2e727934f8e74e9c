import Interchange
import Language
import SourceText

/// The assertions of one block of a lesson.
struct LessonCheck {
  let block: Notebook.Block
  private let file: String
  private let assertions: [Assertion]
  /// Statements before the assertions: of a block `wrong`, the mistake itself.
  let example: [StatementReader.Piece]

  private struct Assertion {
    let piece: StatementReader.Piece
    let parsed: ParsedStatement
    /// Whether it looks at the last answer.
    var isOfAnswer: Bool { piece.text.contains("$_") }
  }

  /// What came of it.
  enum Outcome {
    case holds
    /// What is to be said of the first that does not hold.
    case misses(String)
    /// It is no fault of the learner's.
    case fails(Diagnostic)
  }

  /// Reads them; throws for what is no assertion, in its place.
  init(_ block: Notebook.Block, of notebook: Notebook, in session: Session) throws(Diagnostic) {
    (self.block, file) = (block, notebook.file)
    let allowsExample = block.words.role == .wrong
    var (assertions, example) = ([Assertion](), [StatementReader.Piece]())
    for piece in notebook.pieces(of: block) {
      do throws(Diagnostic) {
        let parsed = piece.isDotCommand ? nil : try session.parsed(piece.text)
        if let parsed, [AssertStatement.form.name, AssertMapStatement.form.name].contains(parsed.form) {
          assertions.append(Assertion(piece: piece, parsed: parsed))
        } else if allowsExample, assertions.isEmpty {
          example.append(piece)
        } else {
          throw Diagnostic(.lessonCheck, "a check asserts, and does nothing else", hint: "assert …")
        }
      } catch {
        throw error.located(in: piece, of: file)
      }
    }
    guard !assertions.isEmpty else {
      throw Diagnostic(
        .lessonCheck, "this block asserts nothing", hint: "assert …", place: "\(file):\(block.line)")
    }
    (self.assertions, self.example) = (assertions, example)
  }

  /// Whether some of them look at the last answer, and whether some at the map.
  var isOfAnswer: Bool { assertions.contains { $0.isOfAnswer } }
  var isOfMap: Bool { assertions.contains { !$0.isOfAnswer } }

  /// What the last one says where it does not hold.
  var words: String? { assertions.last?.parsed.text("message") }

  /// Tries them in the session, which stays as it is, up to the first that does not hold; throws where that is interrupted.
  ///
  /// - Parameter isOfMapOnly: whether those that look at the last answer are left out.
  func outcome(isOfMapOnly: Bool = false, in session: Session) throws(Diagnostic) -> Outcome {
    session.currentRun.begin()
    defer { session.currentRun.end() }
    for assertion in assertions where !(isOfMapOnly && assertion.isOfAnswer) {
      if let miss = try miss(of: assertion, in: session) { return miss }
    }
    return .holds
  }

  /// Tries them behind what was typed: what came of the first that does not hold, and whether those that look at the last answer hold.
  ///
  /// - Parameters:
  ///   - isAnswered: whether these held before, which is enough.
  ///   - canAnswer: whether anything was answered since the step began.
  func look(
    isAnswered: Bool, canAnswer: Bool, in session: Session
  ) throws(Diagnostic) -> (outcome: Outcome, isAnswered: Bool) {
    session.currentRun.begin()
    defer { session.currentRun.end() }
    var (first, isRight) = (Outcome?.none, true)
    for assertion in assertions {
      // What can change neither is not asked.
      if assertion.isOfAnswer ? isAnswered || !isRight : first != nil { continue }
      let miss: Outcome? =
        if assertion.isOfAnswer, !canAnswer {
          .misses(assertion.parsed.text("message") ?? "nothing was asked yet")
        } else {
          try miss(of: assertion, in: session)
        }
      guard let miss else { continue }
      if assertion.isOfAnswer { isRight = false }
      first = first ?? miss
    }
    return (first ?? .holds, isRight)
  }

  /// What came of one; nil where it holds.
  private func miss(of assertion: Assertion, in session: Session) throws(Diagnostic) -> Outcome? {
    do {
      _ = try session.perform(assertion.parsed)
      return nil
    } catch {
      if error.code == .runInterrupted { throw error }
      guard Self.isMiss(error, assertion) else { return .fails(error.located(in: assertion.piece, of: file)) }
      return .misses(assertion.parsed.text("message") ?? error.message)
    }
  }

  /// Whether an error says that something is not there yet, and not that the check is wrong.
  private static func isMiss(_ error: Diagnostic, _ assertion: Assertion) -> Bool {
    let missing: [DiagnosticCode] = [
      .assertFailed, .mapNone, .eventsNone, .mapElementUnknown, .stepUnknown, .touchpointUnknown, .stageUnknown,
      .personaUndefined, .variableUnknown, .peopleUnknown,
    ]
    let unfit: [DiagnosticCode] = [.figureUnknown, .figureNone, .assertSeveral, .assertKind, .variableKind]
    return missing.contains(error.code) || assertion.isOfAnswer && unfit.contains(error.code)
  }
}

extension DiagnosticCode {
  package static let lessonCheck = DiagnosticCode(
    "lesson.check",
    "The checks of a lesson are assertions, which hold for its solution, and neither before nor for a mistake it names."
  )
}
