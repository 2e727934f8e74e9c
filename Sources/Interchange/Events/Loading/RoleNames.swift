/// The column names that each role goes by, best first; written as `normalized` leaves them.
enum RoleNames {
  static func names(of role: EventRole) -> [String] {
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
    }
  }

  /// Lower case, letters and digits only: `User-ID`, `user_id` and `userId` are one name.
  static func normalized(_ name: String) -> String {
    String(name.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil })
  }
}
