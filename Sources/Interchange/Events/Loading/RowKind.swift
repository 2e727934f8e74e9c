/// What the rows of a file are: which roles their columns may have, and which of them must be there.
///
/// All are read by the same readers into the same columns. A row has a key, which rows are dealt out by, and an instant, a name and a
/// figure where its kind has them; every other column is a property.
package enum RowKind: String, CaseIterable, Sendable {
  /// What somebody did at a time.
  case events
  /// What is known of a person.
  case customers
  /// Which person an id belongs to.
  case identities
  /// What somebody answered, and when.
  case survey
  /// What a channel cost.
  case spend

  /// What one row is called.
  package var noun: String {
    switch self {
    case .events: "event"
    case .customers: "customer"
    case .identities: "id"
    case .survey: "answer"
    case .spend: "cost"
    }
  }

  /// In the order in which they are told.
  package var roles: [ColumnRole] {
    switch self {
    case .events: [.customer, .time, .event, .order, .session, .device]
    case .customers: [.customer]
    case .identities: [.device, .customer]
    case .survey: [.customer, .time, .score, .comment, .touchpoint, .channel]
    case .spend: [.channel, .cost, .time, .from, .to]
    }
  }

  /// Those without which a file is refused.
  package var required: [ColumnRole] {
    switch self {
    case .events: [.customer, .time, .event]
    case .customers: [.customer]
    case .identities: [.device, .customer]
    case .survey: [.time, .score]
    case .spend: [.channel, .cost]
    }
  }

  /// What a row has beside its properties.
  enum Slot: CaseIterable {
    case key, time, event
    /// The number of a row: what orders events, a score, a cost. A store has it as `order`.
    case figure
  }

  /// The roles that fill a slot, the best first; none where rows of the kind do not have it.
  func roles(of slot: Slot) -> [ColumnRole] {
    switch (slot, self) {
    // All of nobody, so that they stay in the order of the file: the first pair of a person names them.
    case (.key, .identities): []
    case (.key, .spend): [.channel]
    case (.key, _): [.customer]
    case (.time, .events), (.time, .survey): [.time]
    case (.time, .spend): [.time, .from]
    case (.time, _): []
    case (.event, .events): [.event]
    case (.figure, .events): [.order]
    case (.figure, .survey): [.score]
    case (.figure, .spend): [.cost]
    case (.event, _), (.figure, _): []
    }
  }

  /// Whether a row without a key is a bad one.
  var needsKey: Bool { self != .survey && self != .identities }

  /// Roles whose columns are text whatever they look like, beside keys and names.
  var texts: [ColumnRole] { self == .identities ? [.device, .customer] : [] }

  /// Whether a row without a figure is a bad one.
  var needsFigure: Bool { self == .survey || self == .spend }
}
