import Language

/// `funnel PATH …`: how far customers get along a path.
package enum FunnelStatement {
  static let form = Form(
    "funnel", in: .ask,
    ["funnel", .choice([["stages"], [.slot("path", .path)]]), .clauses(.ofPaths)],
    summary: "how many customers get how far along a path of steps",
    meaning: """
      A step is a touchpoint, a stage, an event or a defined step; -> is later, => directly next, a? may be \
      skipped, {a | b} is either, and step(condition) filters its events. All steps lie within 30d of the first \
      unless within says otherwise. By default each customer counts once, by the entry that gets furthest; \
      events of one moment may stand in either order. Funnel stages takes the stages of the map in their order.
      """,
    examples: [
      "funnel visit -> product_view -> add_to_cart -> purchase",
      "funnel visit -> purchase within 7d by device",
      "funnel stages",
      "funnel add_to_cart ->[2h] purchase where device = mobile per week",
    ])
}
