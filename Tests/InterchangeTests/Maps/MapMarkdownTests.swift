import JourneyModel
import Testing

@testable import Interchange

@Suite struct MapMarkdownTests {
  @Test func aMapIsADocument() throws {
    let buy = ElementReference(.stage, "Buy")
    let pay = ElementReference(.touchpoint, "Pay | now")
    let map = try JourneyMap(
      name: "shop", notes: ["ask *Legal*\nsoon"],
      elements: [
        Element(.stage, "Buy", attributes: [.owner: [.text("Ada")]]), Element(.stage, "Use"),
        Element(
          .touchpoint, "Pay | now", under: buy,
          attributes: [.emotion: [.integer(-1)], .note: [.text("a"), .text("b\nc")]],
          links: ["{pay | event buy}"]),
        Element(.touchpoint, "Wait", under: buy, attributes: [.channel: [.text("web"), .text("shop")]]),
        Element(.pain, "Slow <page>", under: pay, attributes: [.severity: [.integer(4)]]),
        Element(.pain, "Far", under: buy),
        Element(.opportunity, "Faster", under: ElementReference(.pain, "Slow <page>")),
        Element(.kpi, "Rate", attributes: [.target: [.share(0.4)]], meaning: "funnel a -> b"), Element(.channel, "web"),
      ])
    #expect(
      MapFormat.markdown.write(map).text == """
        # shop

        > ask \\*Legal\\*
        > soon

        ```mermaid
        journey
            title shop
            section Buy
              Pay | now: 2
              Wait: 3
            section Use
        ```

        ## Buy

        owner Ada

        | touchpoint | channel | emotion | note | events |
        | --- | --- | --- | --- | --- |
        | Pay \\| now |  | -1 | a, b<br>c | `{pay \\| event buy}` |
        | Wait | web, shop |  |  |  |

        ### Pains

        - **Far**
        - **Slow &lt;page>** (Pay \\| now): severity 4
          - **Faster**: opportunity

        ## Use

        ## Channels

        - **web**

        ## KPIs

        - **Rate**: target 40%; `funnel a -> b`

        """)
  }

  @Test func nothingOnAMapIsATitle() {
    #expect(MapFormat.markdown.write(JourneyMap(name: "new")).text == "# new\n")
  }
}
