import JourneyModel

/// What a name stands for where it is written, so that completion offers the right ones.
package enum Names: Hashable, Sendable {
  /// A name that nothing has yet.
  case new
  case map, snapshot
  /// Events loaded or connected.
  case store
  case survey, sample, template, format
  /// A form, a clause or a diagnostic code.
  case topic
  /// Something on the map; of any kind where nil.
  case element(ElementKind?)
  /// What a bare step may name: a touchpoint, a stage, an event or a defined step.
  case step
  case event
  case definedStep
  case segment
  /// A segment or a persona.
  case segmentOrPersona
  case property
  /// What `by` groups by: a property, or the people of a saved answer by `$name`.
  case grouping
  /// A text value of this property.
  case valueOf(String)
  /// A value of this attribute.
  case attributeValue(Attribute)
  case customer
  /// A column of the file that is to be loaded.
  case column
  /// A column of the answer, to sort its rows by.
  case answerColumn
  /// A figure of an answer: `median`, `customers`.
  case figure

  /// With its article, for messages: `a step`.
  package var described: String {
    switch self {
    case .new: "a new name"
    case .map: "a map"
    case .snapshot: "a snapshot"
    case .store: "an event store"
    case .survey: "a survey"
    case .sample: "a sample"
    case .template: "a template"
    case .format: "a format"
    case .topic: "a statement, clause or code"
    case .element(let kind?): ["action", "opportunity"].contains(kind.rawValue) ? "an \(kind)" : "a \(kind)"
    case .element(nil): "a name on the map"
    case .step: "a step"
    case .event: "an event"
    case .definedStep: "a defined step"
    case .segment: "a segment"
    case .segmentOrPersona: "a segment or persona"
    case .property, .grouping: "a property"
    case .valueOf, .attributeValue: "a value"
    case .customer: "a customer"
    case .column: "a column"
    case .answerColumn: "a column of the answer"
    case .figure: "a figure"
    }
  }
}
