/// What every event has beside the properties of its store, as a query that asks for it carries it: a property that is worked out.
public struct Builtin: Hashable, Sendable, Codable {
  public enum Content: Hashable, Sendable, Codable {
    /// The event's name, a text.
    case event
    /// The first of these rules that names the event, a text; missing where none does.
    case named(Naming)
    /// The event's instant, a time.
    case time
    /// The day on the clocks of the query's zone, a text: `2025-07-01`.
    case date
    /// The same as `Mon` … `Sun`, a text.
    case weekday
    /// The hour that these clocks show, a text from `0` to `23`.
    case hour
    /// The customer's id, a text.
    case customer
    /// What the table of people has of the customer as a property of this name, of its kind; missing where the table has no such property, or
    /// does not have the customer.
    case person(String)
    /// Of rows beside events, what the customer's events have of this property: the first value that is not missing. Missing where they have
    /// none, and of events themselves.
    case ofEvents(String)

    /// Whether its values have an order of their own: that of the calendar.
    public var isOfCalendar: Bool { [.date, .weekday, .hour].contains(self) }
  }
  /// What tests and breakdowns of the query call it. A property of the store that has this name goes before.
  public var name: String
  public var content: Content

  public init(_ name: String, _ content: Content) {
    (self.name, self.content) = (name, content)
  }

  public static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
}
