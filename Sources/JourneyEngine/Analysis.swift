import EventStore
import JourneyQuery
import JourneyTime

/// A way from a question to its report that can be gone where the events lie in parts: in several stores, processes or machines, each of
/// which has all events of its customers.
///
/// Every part is asked the same and says what it found as a partial answer; partial answers are added up, in any order, and `take` makes the
/// report of the whole. What cannot be told from one reading is asked in a second one: `take` then keeps what it learnt, answers nil, and
/// `question` is the next.
protocol Analysis: Sendable {
  associatedtype Question: PartialQuestion
  associatedtype Report: Sendable

  /// What every part is to be asked next.
  var question: Question { get }

  /// The report, or nil where parts are to be asked once more.
  mutating func take(_ found: Question.Partial, _ run: Run) throws(ExecutionError) -> Report?
}

/// A question that one reading answers: it needs no analysis beside it.
protocol SingleReading: PartialQuestion {
  associatedtype Report

  func report(_ found: Partial, _ run: Run) throws(ExecutionError) -> Report
}

/// What is asked of each part: plain data, which can be sent there.
public protocol PartialQuestion: Sendable, Codable {
  associatedtype Partial: PartialAnswer

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> Partial
}

/// What was found in a part: values, never codes that another part would read in another way.
public protocol PartialAnswer: Sendable, Codable {
  /// Adds what was found of other customers.
  mutating func absorb(_ other: Self)
}

/// Events that can be asked, wherever they lie: here, or behind a connection.
public protocol EventPart: Sendable {
  var catalog: Catalog { get }
  func partial<Question: PartialQuestion>(
    of question: Question, _ run: Run
  ) throws(ExecutionError) -> Question.Partial
}

extension EventPart {
  /// The report of what is found in all. Throws `cancelled` once the run is stopped.
  func answer<Question: SingleReading>(_ question: Question, _ run: Run) throws(ExecutionError) -> Question.Report {
    try question.report(partial(of: question, run), run)
  }

  /// The report of an analysis. Throws what it does, and `cancelled` once the run is stopped.
  func answer<Way: Analysis>(_ analysis: Way, _ run: Run) throws(ExecutionError) -> Way.Report {
    var analysis = analysis
    while true {
      if let report = try analysis.take(partial(of: analysis.question, run), run) { return report }
    }
  }
}
