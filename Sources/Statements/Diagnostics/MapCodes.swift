import Language

extension DiagnosticCode {
  /// What a map refuses.
  static let ofMapEdits: [DiagnosticCode] = [
    .init("map.none", "The statement is about the map in use, and no map is open."),
    .init("map.unknown", "The workspace has no map of this name."),
    .init("map.element-unknown", "The map has no element of this kind and name; the hint is the nearest."),
    .init("map.name-taken", "The map has an element of this kind and name already; each has a name of its own."),
    .init("map.name-blank", "A name has at least one character that is not blank."),
    .init("map.parent-unfit", "An element of this kind does not belong there: touchpoints to stages, pains to either."),
    .init("map.parent-needed", "The element must belong to something: add touchpoint NAME to STAGE."),
    .init(
      "map.parent-ambiguous", "Several elements have this name. Say the kind before it: stage Cart, touchpoint Cart."),
    .init("map.sibling-unfit", "after and before name an element of the same kind."),
    .init("map.sibling-elsewhere", "after and before name an element that belongs to the same."),
    .init("map.sibling-itself", "An element cannot stand after or before itself."),
    .init("map.place-needed", "move needs a new place: to, after or before."),
    .init("map.attribute-unknown", "Elements of maps have no attribute of this name."),
    .init("map.attribute-repeated", "One attribute is set twice in one statement."),
    .init("map.value-unfit", "The attribute takes other values; the message says which."),
    .init("map.values-many", "The attribute takes one value, not a list."),
    .init("map.meaning-unfit", "Only personas, wins, KPIs and goals have a meaning behind as."),
    .init("meaning.kind", "A persona means people, as device = phone; a win, KPI or goal means a question."),
    .init("map.link-unfit", "Only touchpoints are linked to events."),
    .init("map.link-taken", "The touchpoint has this link already."),
    .init("map.link-unknown", "The touchpoint has no such link; a link is named exactly as show links writes it."),
    .init("map.note-blank", "A note has at least one character that is not blank."),
    .init("map.template-unknown", "No template has this name; the hint lists them."),
    .init("map.edit-stale", "The change no longer fits the map, which another process changed meanwhile."),
    .init("undo.none", "The history has no change to take back."),
    .init("redo.none", "Nothing was undone since the last change."),
  ]

  /// What `check map` finds. Each comes with a statement that mends it.
  static let ofMapChecks: [DiagnosticCode] = [
    .init("map.empty", "The map has no stages, so there is no journey to follow."),
    .init("map.stage-empty", "A stage has no touchpoints: nobody meets you there, or it was not described yet."),
    .init("map.touchpoint-unlinked", "A touchpoint is linked to no event, so nothing can be counted there."),
    .init("map.emotion-missing", "A touchpoint does not say how customers feel, -2 to +2."),
    .init("map.owner-missing", "A touchpoint has no owner, so nobody looks after it."),
    .init("map.channel-missing", "A touchpoint does not say by which channel it is met."),
    .init("map.question-missing", "A stage holds no question that the customer asks there."),
    .init("map.channel-unknown", "An element names a channel that the map does not have."),
    .init("map.persona-unknown", "An element names a persona that the map does not have."),
    .init("map.persona-undefined", "A persona does not say who belongs to it, so for and by cannot use it."),
    .init("map.pain-unanswered", "A pain has no opportunity."),
    .init("map.win-unmeasured", "A win has no question that shows whether it worked."),
    .init("map.win-undated", "A win does not say since when it is there, so before and after cannot be told apart."),
    .init("map.kpi-unmeasured", "A KPI has no question that measures it."),
    .init("map.kpi-untargeted", "A KPI has no target."),
    .init("map.goal-unmeasured", "A goal has no question that measures it."),
    .init("map.goal-untargeted", "A goal has no target."),
  ]
}
