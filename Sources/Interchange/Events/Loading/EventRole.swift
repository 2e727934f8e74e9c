/// What a column of an event file is for.
package enum EventRole: String, CaseIterable, Sendable {
  case customer, time, event, order, session, device
}

/// A column as a person names it: by its header, or by its number from 1.
package enum ColumnReference: Hashable, Sendable {
  case name(String)
  case number(Int)
}
