import Language

/// `help [TOPIC]`.
package enum HelpStatement {
  static let form = Form(
    "help", in: .teach,
    ["help", .optional([.slot("topic", .name(.topic)), .repeated([.slot("topic", .name(.topic))])])],
    summary: "what can be said, and what it means",
    meaning: """
      Alone it lists all statements. A topic is a statement, a clause, or the code that ends an error message.
      """,
    examples: [
      "help",
      "help funnel",
      "help within",
      "help statement.unknown",
    ])
}
