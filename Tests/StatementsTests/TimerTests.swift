import JourneyTime
import Testing

@testable import Statements

@Suite struct TimerTests {
  @Test(arguments: [
    (0, "0.00 ms\n"), (424, "0.42 ms\n"), (9_994, "9.99 ms\n"), (9_996, "10.0 ms\n"), (12_340, "12.3 ms\n"),
    (99_960, "100 ms\n"), (123_400, "123 ms\n"), (999_600, "1.00 s\n"), (62_340_000, "62.34 s\n"),
  ])
  func aTimeHasThreeDigits(microseconds: Int, text: String) {
    #expect(Shell.timing(.microseconds(microseconds)) == text)
  }

  @Test func timesFollowStatementsAndStayOutOfData() throws {
    let session = try Session(opening: nil, directory: "/") { Instant(microseconds: 0) }
    var data = ""
    var remarks = ""
    let shell = Shell(session: session, remark: { remarks += $0 }, write: { data += $0 })
    shell.settings.format = .json
    try shell.run(.text(Array(".timer on\nnew map m\nshow stages\n".utf8), name: "s.way"))
    #expect(!data.contains(" ms"))
    #expect(remarks.split(separator: "\n").filter { $0.hasSuffix(" ms") || $0.hasSuffix(" s") }.count == 3)
  }
}
