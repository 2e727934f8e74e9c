import Testing

@testable import Interchange

@Suite struct ColumnRoleTests {
  /// `customer=… time=… event=…` for a file with this header and one row.
  private func roles(_ header: String, _ row: String, _ given: [ColumnRole: ColumnReference] = [:]) throws -> String {
    try loaded(header + "\n" + row, LoadOptions(roles: given)).summary.roles
      .map { "\($0.role)=\($0.column)" }.joined(separator: " ")
  }

  @Test(arguments: [
    ("user_id,event,timestamp,page", "customer=user_id time=timestamp event=event"),
    ("Event Name,USER-ID,createdAt,kind", "customer=USER-ID time=createdAt event=Event Name"),
    (
      "case:concept:name,concept:name,time:timestamp,org:resource",
      "customer=case:concept:name time=time:timestamp event=concept:name"
    ),
    ("Activity,CaseID,Timestamp,Resource", "customer=CaseID time=Timestamp event=Activity"),
    ("name,distinct_id,time,mp_lib", "customer=distinct_id time=time event=name"),
    ("anonymous_id,event,ts,email", "customer=anonymous_id time=ts event=event"),
  ])
  func foundByName(header: String, roles: String) throws {
    let names = header.split(separator: ",")
    let row = names.map { roles.contains("time=\($0)") ? "2024-01-01" : "x" }.joined(separator: ",")
    #expect(try self.roles(header, row) == roles)
  }

  @Test func theBestNameWinsAndTheOthersAreSaid() throws {
    let summary = try loaded("email,user_id,date,timestamp,event\na@b,u,2024-01-01,2024-01-02,e\n").summary
    #expect(summary.roles.map(\.column) == ["user_id", "timestamp", "event"])
    #expect(summary.roles.map(\.source) == [.found(others: ["email"]), .found(others: ["date"]), .found(others: [])])
    #expect(summary.properties.map(\.name) == ["email", "date"])
  }

  @Test func givenOnesGoFirst() throws {
    #expect(
      try roles("user_id,event,ts,name", "u,1,2024-01-01,view", [.event: .name("name"), .order: .name("event")])
        == "customer=user_id time=ts event=name order=event")
    #expect(try roles("a,event,ts", "u,view,2024-01-01", [.customer: .number(1)]) == "customer=a time=ts event=event")
  }

  @Test func missingOnes() throws {
    let missing = try failure("foo,when it was,event\nu,2024-01-01,e\n")
    #expect(
      missing.line
        == "events.csv:1: no column looks like the customer among foo, \"when it was\", event [load.role-missing]")
    #expect(missing.hint == "load events \"events.csv\" customer foo time foo event event")
    let typo = try failure("user_id,ts,event\nu,2024-01-01,e\n", LoadOptions(roles: [.customer: .name("userid")]))
    #expect(typo.line == "events.csv:1: there is no column 'userid' among user_id, ts, event [load.no-column]")
    #expect(typo.hint == "customer user_id")
    let number = try failure("user_id,ts,event\nu,2024-01-01,e\n", LoadOptions(roles: [.time: .number(4)]))
    #expect(number.line == "events.csv:1: there is no column 4, the file has 3 [load.no-column]")
    let headless = try failure("u1,2024-01-01,view\nu1,2024-01-01,buy\n")
    #expect(headless.code == .loadNoHeader)
    #expect(headless.hint == "load events \"events.csv\" customer 1 time 2 event 3")
  }
}
