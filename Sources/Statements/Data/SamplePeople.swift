import EventStore
import JourneyQuery
import JourneyTime
import Simulation
import Workspace

extension Sample {
  /// What the shop knows beside events: of people, of what they answered, of what channels cost. What a workspace knows of its own people
  /// and channels stays as it is.
  static func add(_ shop: ShopPeople, to workspace: Workspace, at time: Instant) throws(WorkspaceError) {
    // Whoever was forgotten is there again with the rest.
    let isOwn = try workspace.sources().allSatisfy { $0.kind != "customers" || $0.fingerprint == name }
    let known = try workspace.customerCount()
    if known == 0 || (isOwn && known < shop.people.count) {
      _ = try workspace.addCustomers(
        shop.people.map(CustomerRow.init), CustomerRow.details,
        from: source("customers", rows: shop.people.count, at: time))
    }
    if try workspace.surveys().contains(where: { $0.name == name }) { try workspace.forgetSurvey(name) }
    try workspace.addAnswers(
      shop.answers.map(AnswerRow.init), scale: ScoreScale.nps.rawValue, [], to: name,
      from: source("survey", store: name, rows: shop.answers.count, at: time))
    if try workspace.spend() == nil {
      let costs = ShopPeople.costs(of: ShopStory()).map { cost in
        let dates =
          CalendarDate.day(cost.first).range(in: .utc)
          .lowerBound..<CalendarDate.day(cost.last).range(in: .utc).upperBound
        return ChannelCost(channel: cost.channel, dates: dates, cost: cost.cost)
      }
      try workspace.addCosts(costs, from: source("spend", rows: costs.count, at: time))
    }
  }

  static func source(_ kind: String, store: String = "", rows: Int, at time: Instant) -> LoadedSource {
    LoadedSource(
      kind: kind, store: store, file: name, size: 0, fingerprint: name, rows: rows, badRows: 0, at: time, roles: "")
  }
}

extension CustomerRow {
  fileprivate static let details = [
    RowDetail(name: "loyalty", kind: .text), RowDetail(name: "newsletter", kind: .truth),
    RowDetail(name: "age", kind: .number), RowDetail(name: "since", kind: .time),
  ]

  fileprivate init(_ person: ShopPeople.Person) {
    self.init(
      customer: person.customer,
      values: [
        ("loyalty", .text(person.loyalty)), ("newsletter", .truth(person.hasNewsletter)),
        ("age", .number(Double(person.age))), ("since", .time(person.since)),
      ])
  }
}

extension AnswerRow {
  fileprivate init(_ answer: ShopPeople.Answer) {
    self.init(
      customer: answer.customer, at: Instant(microseconds: answer.instant), score: answer.score,
      comment: answer.comment,
      touchpoint: nil, channel: answer.channel, values: [])
  }
}
