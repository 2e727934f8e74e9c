import Language

// Statements of the language that are read whole and answered with [statement.not-yet].

extension Forms {
  private static func form(_ name: String, _ group: Form.Group, _ syntax: [Syntax]) -> Form {
    Form(name, in: group, syntax, summary: "")
  }

  /// Which column is what; labels `role` and `column`, in pairs.
  private static let roles: Syntax = .repeated([
    .slot(
      "role",
      .oneOf([
        "customer", "time", "event", "order", "session", "device", "score", "comment", "touchpoint", "channel", "cost",
        "from", "to", "format",
      ])), .slot("column", .column),
  ])

  package static let notYet: [Form] = [
    form(
      "connect", .data,
      ["connect", .slot("address", .file), "table", .slot("table", .name(.store)), roles, .named]),
    form("pull", .data, ["pull", .slot("source", .name(.store)), .named]),
    form("export session", .data, ["export", "session", .exported]),
  ]
}
