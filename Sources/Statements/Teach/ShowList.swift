import Language

/// `show stages`, `show links`, `show results` …
package enum ShowListStatement {
  static let form = Form(
    "show list", in: .teach,
    [
      "show",
      .oneWord(
        "list",
        [
          "stages", "touchpoints", "personas", "channels", "pains", "opportunities", "questions", "needs", "actions",
          "motivations", "wins", "kpis", "goals", "links", "segments", "steps", "results",
        ]),
    ],
    summary: "list all of one kind: stages, touchpoints, links, segments …",
    meaning: """
      In map order, or in the order they were made.
      """,
    examples: [
      "show touchpoints",
      "show links",
      "show results",
    ])
}
