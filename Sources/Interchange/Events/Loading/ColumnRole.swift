/// What a column of a file is for.
package enum ColumnRole: String, CaseIterable, Sendable {
  case customer, time, event, order, session, device
  case score, comment, touchpoint
  case channel, cost, from, to
}

/// A column as a person names it: by its header, or by its number from 1.
package enum ColumnReference: Hashable, Sendable {
  case name(String)
  case number(Int)
}
