/// The column names that each role goes by, best first; written as `normalized` leaves them.
enum RoleNames {
  static func names(of role: ColumnRole, in kind: RowKind) -> [String] {
    switch (kind, role) {
    // Every row of theirs is a person, who may go by the name of any row.
    case (.customers, .customer): names(of: .customer) + ["id", "recordid", "externalid", "loyaltyid", "key"]
    case (.survey, .time):
      [
        "answeredat", "answered", "submittedat", "submitted", "responded", "respondedat", "completedat", "recordeddate",
        "submitdate",
      ] + names(of: .time)
    case (.identities, .device):
      names(of: .device) + ["visitorid", "distinctid", "device", "cookie", "anonymous", "alias", "from"]
    case (.spend, .time): ["date", "day", "month", "week"] + names(of: .time)
    default: names(of: role)
    }
  }

  static func names(of role: ColumnRole) -> [String] {
    switch role {
    case .customer:
      [
        "customerid", "userid", "uid", "customer", "user", "caseconceptname", "caseid", "case", "visitorid", "visitor",
        "distinctid", "personid", "person", "clientid", "memberid", "contactid", "accountid", "userpseudoid",
        "fullvisitorid", "anonymousid", "cookieid", "username", "email", "useremail", "customeremail",
      ]
    case .time:
      [
        "timestamp", "eventtimestamp", "eventtime", "timetimestamp", "time", "ts", "datetime", "eventdatetime",
        "occurredat",
        "occurredon", "createdat", "starttimestamp", "starttime", "startedat", "originaltimestamp", "receivedat",
        "sentat",
        "clienttimestamp", "eventdate", "date", "when",
      ]
    case .event:
      [
        "event", "eventname", "activity", "activityname", "action", "actionname", "conceptname", "eventtype", "name",
        "step",
        "touchpoint", "interaction", "type", "screen", "screenname", "page", "pagename", "title", "path",
      ]
    // A column named `order` mostly holds order numbers, so it is taken only when it is named.
    case .order: ["seq", "sequence", "sequencenumber", "seqno", "eventindex", "eventorder", "eventnumber"]
    case .session: ["sessionid", "session", "sessid", "gasessionid", "visitid"]
    case .device: ["deviceid", "anonymousid", "cookieid", "browserid"]
    case .score:
      [
        "score", "npsscore", "rating", "nps", "csat", "ces", "csatscore", "cesscore", "answer", "response", "value",
        "stars",
        "satisfaction", "likelihoodtorecommend", "recommend", "grade",
      ]
    case .comment:
      ["comment", "comments", "feedback", "verbatim", "remark", "remarks", "text", "freetext", "reason", "review"]
    case .touchpoint: ["touchpoint", "interaction", "moment"]
    case .channel: ["channel", "source", "utmsource", "medium", "platform", "campaign"]
    case .cost: ["cost", "costs", "spend", "adspend", "amount", "amountspent", "spent", "budget", "price"]
    case .from: ["from", "start", "startdate", "datefrom", "periodstart", "begin", "reportingstarts"]
    case .to: ["to", "end", "enddate", "dateto", "periodend", "until", "reportingends"]
    }
  }

  /// Lower case, letters and digits only: `User-ID`, `user_id` and `userId` are one name.
  static func normalized(_ name: String) -> String {
    String(name.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil })
  }
}
