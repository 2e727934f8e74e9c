import EventStore
import Foundation
import JourneyEngine
import JourneyQuery
import TestSupport

/// Events that are asked from afar: questions go there as bytes, and what is found comes back as bytes.
struct SentPart: EventPart {
  let engine: any EventPart

  var catalog: Catalog { engine.catalog }

  func partial<Question: PartialQuestion>(of question: Question, _ run: Run) throws(ExecutionError) -> Question.Partial
  {
    let question = try sent(question)
    return try sent(engine.partial(of: question, run))
  }

  private func sent<Content: Codable>(_ content: Content) throws(ExecutionError) -> Content {
    do {
      let bytes = try PropertyListEncoder().encode([content])
      guard let sent = try PropertyListDecoder().decode([Content].self, from: bytes).first else {
        throw ExecutionError.damaged("an empty answer")
      }
      return sent
    } catch {
      throw .damaged("\(error)")
    }
  }
}

extension PartedEngine {
  /// The events in so many parts, customers dealt out by chance, each part with names and values of its own in an order of its own.
  /// What is known of people lies where their events do.
  init?(
    _ rows: [EventRow], _ people: [Person] = [], parts count: Int, session: String? = nil,
    using random: inout SeededRandom
  ) {
    var parts = [[EventRow]](repeating: [], count: count)
    var partOf: [String: Int] = [:]
    for row in rows {
      let part = partOf[row.customer] ?? Int.random(in: 0..<count, using: &random)
      partOf[row.customer] = part
      parts[part].append(row)
    }
    var dealt = [[Person]](repeating: [], count: count)
    for person in people { dealt[partOf[person.customer] ?? Int.random(in: 0..<count, using: &random)].append(person) }
    let sent = zip(parts, dealt).map { rows, people in
      let table = people.isEmpty ? nil : PersonTable(people.shuffled(using: &random))
      return SentPart(engine: EmbeddedEngine(EventStore(rows: rows, session: session), people: table, threads: 1))
    }
    guard count > 2, let some = PartedEngine(Array(sent.dropFirst())), let first = sent.first else {
      self.init(sent)
      return
    }
    // What is added up may have been added up before.
    self.init([first, SentPart(engine: some)])
  }
}

/// The ways to hold the same events: in few buckets or many, by one thread or two, and now and then in one part or several.
///
/// - Parameter share: one in so many times in parts: writing and reading bytes takes long.
func engines(
  _ rows: [EventRow], _ people: [Person] = [], session: String? = nil, parted share: Int = 12,
  using random: inout SeededRandom
) throws -> [any Executor] {
  let table = people.isEmpty ? nil : PersonTable(people)
  var engines: [any Executor] = [(1, 1), (4, 2)].map { buckets, threads in
    EmbeddedEngine(EventStore(rows: rows, buckets: buckets, session: session), people: table, threads: threads)
  }
  if random.one(in: share),
    let parted = PartedEngine(rows, people, parts: random.pick([1, 2, 7]), session: session, using: &random)
  {
    engines.append(parted)
  }
  return engines
}
