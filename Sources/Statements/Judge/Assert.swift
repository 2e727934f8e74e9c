import Language

/// `assert FIGURE COMPARISON VALUE`.
package enum AssertStatement {
  static let form = Form(
    "assert", in: .judge,
    [
      "assert",
      .choice([
        [.slot("figure", .name(.figure)), "of", .slot("measure", .askOrVariable)],
        [.slot("measure", .askOrVariable)],
        [.slot("measure", .figure)],
      ]),
      .slot("comparison", .comparison), .slot("value", .value), .optional(["else", .slot("message", .text)]),
    ],
    summary: "fail unless a figure is as it should be",
    meaning: """
      A question alone stands for its main figure: the overall conversion of a funnel, the events of a count, \
      the findings of check map. Another is picked by its name and of. A script stops with status 3 when an \
      assert fails, and says the text after else.
      """,
    examples: [
      "assert funnel visit -> purchase >= 1%",
      "assert count purchase > 100 else \"hardly any purchases\"",
      "assert customers of count purchase > 10",
    ])
}
