import EventStore
import JourneyQuery

extension Executor where Self: EventPart {
  /// The values of a text property of events or of people, in no order; nil where it has more than `most`, or there is none of this name.
  public func texts(
    of property: String, on owner: PropertyOwner, atMost most: Int, _ run: Run
  ) throws(ExecutionError) -> [String]? {
    try answer(TextsQuestion(property: property, owner: owner, most: most), run)
  }
}

struct TextsQuestion: SingleReading {
  let property: String
  let owner: PropertyOwner
  let most: Int

  func partial(of part: EmbeddedEngine, _ run: Run) throws(ExecutionError) -> TextsPartial {
    if owner == .customer {
      guard let people = part.people, let index = people.index(ofProperty: property) else { return TextsPartial() }
      let texts = try part.rows(of: people).dictionaries[index]
      return TextsPartial(texts: texts.count > most ? nil : texts)
    }
    let schema = part.store.schema
    let index = schema.index(ofProperty: property)
    guard let held = index.map({ schema.properties[$0] }), held.kind == .text else { return TextsPartial() }
    return TextsPartial(texts: held.valueCount > most ? nil : held.dictionary)
  }

  func report(_ found: TextsPartial, _ run: Run) -> [String]? {
    guard let texts = found.texts, !texts.isEmpty, texts.count <= most else { return nil }
    return texts
  }
}

/// Nil where there are too many.
struct TextsPartial: PartialAnswer {
  var texts: [String]? = []

  mutating func absorb(_ other: TextsPartial) {
    guard let own = texts, let others = other.texts else {
      texts = nil
      return
    }
    let known = Set(own.map(ByteText.init))
    texts = own + others.filter { !known.contains(ByteText($0)) }
  }
}
