extension Clause {
  /// How it is written.
  package var grammarLine: String {
    switch self {
    case .within: "within (DURATION | forever)"
    case .order: "order (any | strict)"
    case .entry: "entry (best | first)"
    case .counting: "counting (customers | entries | sessions)"
    case .gap: "gap DURATION"
    case .without: "without STEP, STEP …"
    case .holding: "holding PROPERTY"
    case .where: "where CONDITION"
    case .for: "for PEOPLE"
    case .by: "by PROPERTY, PROPERTY …"
    case .at: "at (STEP | N)"
    case .during: "during DATES"
    case .vs: "vs DATES"
    case .per: "per (hour | day | week | month | quarter | year)"
    case .depth: "depth N"
    case .top: "top N"
    case .using: "using WORD, WORD …"
    case .as: "as NAME"
    }
  }

  /// What it means, in a few sentences.
  package var meaning: String {
    switch self {
    case .within:
      "The most that may lie between the first step and the last, 30d unless said otherwise; forever sets no limit. Days have 24 hours."
    case .order:
      """
      Without it, steps follow each other and two events of one moment may stand in either order. Strict: instants must \
      increase. Any: the first step comes first, the others in any order.
      """
    case .entry:
      "Best, the default, takes the entry that gets a customer furthest; first looks only at the earliest entry."
    case .counting:
      """
      What one is: a customer (the default), each entry at the first step, or each session. Sessions are cut by the session \
      column, or where nothing happens for longer than gap.
      """
    case .gap: "The silence that ends a session where the data has no session column: 30m unless said otherwise."
    case .without: "No event matching these may stand between the first and the last step."
    case .holding:
      "All steps have the same value of the property, say one and the same product; an event without it starts nothing."
    case .where:
      "Keeps the events that pass and drops the others, before anything is matched. A test on a missing value keeps nothing."
    case .for: "Keeps the people who pass, judged by their whole journeys, whatever where and during say."
    case .by: "One group per value of the property at the first step, largest first; several properties make pairs."
    case .at:
      "Reads the property of by at this step instead of the first. A step that occurs twice is named by its number."
    case .during:
      "Keeps entries whose first step lies in these dates; of a count, the events that do. A range holds its last date whole."
    case .vs: "Asks the same of other dates and sets both side by side. It needs during."
    case .per:
      "A row per unit of the calendar, empty ones too. Weeks are ISO weeks; units are cut in the workspace's zone."
    case .depth: "How many steps are shown."
    case .top: "How many groups are shown, 10 unless said otherwise; the rest stand together as (other)."
    case .using: "What the answer is computed with or named by."
    case .as: "Keeps the answer under a name: as main makes $main."
    }
  }
}
