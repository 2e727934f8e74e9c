import Language

/// Every statement that is answered, in the order of `help`. Where two forms fit, the first wins.
package enum Forms {
  static let statements: [any Statement.Type] = [
    OpenStatement.self,
    NewWorkspaceStatement.self,
    SaveSessionStatement.self,
    SaveStatement.self,
    LoadEventsStatement.self,
    LoadCustomersStatement.self,
    LoadIdentitiesStatement.self,
    LoadSurveyStatement.self,
    LoadSpendStatement.self,
    LoadMapStatement.self,
    LoadSampleStatement.self,
    SimulateStatement.self,
    UseStatement.self,
    ForgetCustomerStatement.self,
    ForgetStatement.self,
    ExportMapStatement.self,
    ExportEventsStatement.self,
    ExportPeopleStatement.self,
    ExportWalkStatement.self,
    ExportReviewStatement.self,
    ExportResultStatement.self,
    NewMapStatement.self,
    AddStatement.self,
    SetElementStatement.self,
    RenameStatement.self,
    MoveStatement.self,
    RemoveStatement.self,
    LinkStatement.self,
    UnlinkStatement.self,
    UndoStatement.self,
    RedoStatement.self,
    SnapshotStatement.self,
    NoteStatement.self,
    FunnelStatement.self,
    TimeStatement.self,
    DropoffStatement.self,
    CountStatement.self,
    ListStatement.self,
    PathsStatement.self,
    FlowStatement.self,
    LoopsStatement.self,
    ConformStatement.self,
    RetentionStatement.self,
    SessionsStatement.self,
    ValueStatement.self,
    AttributeStatement.self,
    CompareStatement.self,
    LiftStatement.self,
    DriversStatement.self,
    KpisStatement.self,
    PeopleStatement.self,
    NPSStatement.self,
    CSATStatement.self,
    CESStatement.self,
    AnswersStatement.self,
    DescribeStatement.self,
    CheckMapStatement.self,
    ReviewStatement.self,
    AssertStatement.self,
    AssertMapStatement.self,
    ExplainStatement.self,
    WhyCustomerStatement.self,
    WalkStatement.self,
    LessonStatement.self,
    HintStatement.self,
    SkipStatement.self,
    BackStatement.self,
    AgainStatement.self,
    HelpStatement.self,
    ShowMapStatement.self,
    ShowElementStatement.self,
    ShowListStatement.self,
    ShowEventStatement.self,
    ShowEventsStatement.self,
    ShowCustomerStatement.self,
    ShowCustomersStatement.self,
    ShowHistoryStatement.self,
    ShowDiffStatement.self,
    ShowResultStatement.self,
    LetStatement.self,
    RunStatement.self,
    DefineSegmentStatement.self,
    DefineStepStatement.self,
  ]

  package static let due: [Form] = statements.map { statement in
    var form = statement.form
    form.isCompared = statement is any ComparedQuestion.Type
    return form
  }

  /// All that is read.
  package static let all: [Form] = due + notYet

  package static let grammar = Grammar(all)

  /// The statement that answers a form; nil for one not yet due.
  static func statement(named name: String) -> (any Statement.Type)? {
    statements.first { $0.form.name == name }
  }
}
