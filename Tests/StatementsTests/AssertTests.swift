import JourneyTime
import SourceText
import Testing
import Workspace

@testable import Statements

/// What assertions hold of the map, of answers and against other questions.
@Suite struct AssertTests {
  private static let made = """
    load sample shop
    add pain "cannot pay" to Checkout
    set pain "cannot pay" severity 4
    define segment phones as device = phone
    let $tenth = 10%
    funnel Checkout -> purchase within 1d by device
    show map
    """

  private func check(_ cases: [(statement: String, wanted: String)]) throws {
    let session = Session(workspace: try Workspace.inMemory(), directory: "/") { Instant(microseconds: 0) }
    for line in Self.made.split(separator: "\n") { _ = try session.execute(String(line)) }
    for (statement, wanted) in cases {
      var outcome = "holds"
      do { _ = try session.execute(statement) } catch { outcome = error.code.name }
      #expect(outcome == wanted, "\(statement)")
    }
  }

  private static let ofTheMap = [
    ("assert touchpoint Checkout", "holds"), ("assert touchpoint checkout in PURCHASE", "holds"),
    ("assert touchpoint Checkout in Awareness", "assert.failed"), ("assert stage Nowhere", "assert.failed"),
    ("assert pain \"cannot pay\" in Purchase", "holds"), ("assert pain \"cannot pay\" in touchpoint Checkout", "holds"),
    ("assert persona Newcomer", "holds"), ("assert touchpoint Checkout in Nowhere", "assert.failed"),
    ("assert number of pains in Checkout >= 2", "holds"), ("assert number of pains in Checkout > 2", "assert.failed"),
    ("assert number of stages = 0", "assert.failed"), ("assert number of links >= 3", "holds"),
    ("assert number of links in Checkout >= 1", "holds"), ("assert number of segments = 1", "holds"),
    ("assert number of steps = 0", "holds"),
    ("assert emotion of Checkout < 0", "holds"), ("assert emotion of Checkout >= 0", "assert.failed"),
    ("assert emotion of Checkout for Newcomer < 2", "holds"), ("assert severity of pain \"cannot pay\" >= 3", "holds"),
    ("assert channel of Checkout = WEB", "holds"), ("assert channel of Checkout != web", "assert.failed"),
    ("assert owner of Cart", "holds"), ("assert severity of Cart", "assert.failed"),
    ("assert owner of Cart < \"Ann\"", "assert.kind"), ("assert owner of Cart = 3", "assert.kind"),
    ("assert stage of Cart = Purchase", "map.attribute-unknown"), ("assert severity of Nowhere = 1", "assert.failed"),
    ("assert severity of Nowhere = 1 else \"none\"", "assert.failed"),
  ]

  @Test func theMapHasWhatItHas() throws { try check(Self.ofTheMap) }

  @Test func withoutAMapNothingIsThere() throws {
    let session = Session(workspace: try Workspace.inMemory(), directory: "/") { Instant(microseconds: 0) }
    do {
      _ = try session.execute("assert stage Purchase")
      Issue.record("holds")
    } catch {
      #expect(error.code == .mapNone)
    }
  }

  private static let ofAnswers = [
    // The figures of the whole, though the answer has groups.
    ("assert conversion of $_ = funnel Checkout -> purchase within 1d", "holds"),
    ("assert $_ = conversion of funnel Checkout -> purchase within 1d", "holds"),
    ("assert $_ > funnel Checkout -> purchase within 1d", "assert.failed"),
    ("assert customers of count visit > customers of count purchase", "holds"),
    ("assert count visit < count purchase", "assert.failed"), ("assert $_ > $tenth", "holds"),
    ("assert $1 > 10%", "holds"), ("assert nps = nps", "holds"), ("assert 5 < count visit", "holds"),
    ("assert count visit by device > 1", "assert.several"),
    ("assert count visit > nothing of count visit", "figure.unknown"),
    ("assert median of time Checkout -> purchase > events of count visit", "assert.kind"),
    ("assert $_ is \"show map\"", "holds"), ("assert $_ is \"show\"", "holds"),
    ("assert $_ is \"funnel\"", "assert.failed"),
    ("assert $1 is \"funnel\"", "holds"), ("assert count visit is \"COUNT\"", "holds"),
    ("assert $_ is \"no such\"", "assert.kind"),
    ("assert $_ has \"phone\"", "holds"), ("assert $_ has \"watch\"", "assert.failed"),
    ("assert count by device has \"tablet\"", "holds"), ("assert conversion of $_ has \"phone\"", "assert.kind"),
    ("assert 5 is \"funnel\"", "assert.kind"), ("assert $nothing has \"x\"", "variable.unknown"),
  ]

  @Test func answersAreWhatTheyAre() throws { try check(Self.ofAnswers) }
}
