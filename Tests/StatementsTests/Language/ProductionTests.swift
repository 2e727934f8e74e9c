import Language
import SourceText
import Testing

@testable import Statements

/// Statements over every production, each as it is typed. A second one behind `=>` below it is its canonical form; else it is itself.
private let statements = """
  open "a.waymark"
  new workspace "b.waymark"
  save
  save "c.waymark"
  SAVE Session ALL "d.md"
    => save session all "d.md"
  save session "d.md"
  load events "e.csv"
  load events "e.csv" customer 1 time "the time" event time order order session from device to zone "UTC" again as zone
    => load events "e.csv" customer 1 time "the time" event time order order session from device to zone "UTC" again as zone
  load customers "c.csv" customer c zone "UTC" as crm
  load identities "i.csv" device d
  load survey "s.csv" channel c scale csat score 4 again
  load spend "s.csv" from a to b again as x
  load map "m.yaml"
  load map "m" format mermaid as shop
  load sample "shop"
    => load sample shop
  connect "clickhouse://h/db" table db.events customer c time t event e as far
  pull far
  pull far as near
  use events web
  use map map
  use survey "1"
  forget events web
  forget map shop
  forget spend
  forget customers
  forget survey s
  forget customer u1
  show customers where a = 1 sort b top 2
  answers of s where score < 3 by touchpoint top 4 with c
  simulate 1_000 customers
    => simulate 1000 customers
  simulate 5 customers from map seed 0
  simulate 5 customers from map "seed" seed 3 as s
  export map to "a"
  export map "to" to "a" as yaml
  export map With to "a" as svg
  export events to "a" as parquet
  export events main to "a"
  export session to "a" as markdown
  export people $p to "a" as csv
  export people $p at cart to "a"
  export people $p lost at 3 to "a" as tsv
  export people $p lost at 3 with b sort c descending where a = 1 to "a" as tsv
    => export people $p lost at 3 where a = 1 sort c descending with b to "a" as tsv
  export walk to "w.md"
  export walk Newcomer to "w" as html
  export $_ to "a" as html
  new map m
  new map map from template
  new map m from template "small-wins"
    => new map m from template small-wins
  new map m from map other
  new map m from events
  add stage A
  add stage "A b" after "stage"
  add touchpoint T to stage S before touchpoint U owner "Ann Lee", Bo channel web status live
  add pain P to Checkout severity 4 impact 5 effort 1 since 2025-08 due 2025-Q4 reviewed 2025-01-01 note "n"
    => add pain P to Checkout severity 4 impact 5 effort 1 since 2025-08 due 2025-Q4 reviewed 2025-01-01 note n
  add opportunity O to pain P target 12.5%
  add question "Why?" to T emotion +2
    => add question "Why?" to T emotion 2
  add need N to T emotion -2
  add action A to T
  add motivation M to T persona a, "b c"
  add channel c
  add persona P as not did purchase and (orders < 2 or segment s)
  add win W to T since 2025-08-01 as funnel a -> b within 1d
  add kpi K target 3 as nps of s by touchpoint
  add goal G target 90s as $g
    => add goal G target 1m30s as $g
  set stage stage owner me
  set persona P as "count" > 3
  set kpi K as count
  set win W status "true" as people $x at 2
  rename touchpoint to to from
  move touchpoint a to b
  move touchpoint a after b
  move pain p to "touchpoint" before touchpoint c
  remove persona persona
  link touchpoint T to event e(version >= 2)
  unlink touchpoint to to {a | event b | stage c}
  undo
  undo 2
  redo
  redo 1
  snapshot s
  note "n"
  note "n" on pain "p q"
  funnel a
  funnel a -> b
  funnel Stages
    => funnel stages
  funnel "stages" -> stages
  funnel stage stage -> touchpoint event -> event step -> step touchpoint
  funnel "Event" -> "touchpoint" -> at -> within -> by
  funnel a->[2h]b=>[1d12h]c=>d
    => funnel a ->[2h] b =>[1d12h] c => d
  funnel a -> b? -> c(x = 1)? -> d
  funnel {a | {b(p = 1) | *} | step s}(q = 2) -> *(x != y)
  funnel $p
  funnel a within 7d
  funnel a within $w
  funnel a within forever
  funnel a order any
  funnel a order strict entry best counting customers
  funnel a entry first counting entries
  funnel a counting sessions gap 45m
  funnel a without b
  funnel a without b, {c | d}, "e f" holding "g h"
  funnel a where p = 1
  funnel a where p = 1 where q = 2 or r = 3
    => funnel a where p = 1 and (q = 2 or r = 3)
  funnel a where not (p = 1 and not q > 2) or ((r < 3))
    => funnel a where not (p = 1 and not q > 2) or r < 3
  funnel a where p <= -1.50 and q >= 12% and r != true and s = "false" and t = $v and u = 2025-01-01T10:30:15.5Z
    => funnel a where p <= -1.5 and q >= 12% and r != true and s = "false" and t = $v and u = 2025-01-01T10:30:15.5Z
  funnel a where p ~ "x y" and q in [a, 1, "not"] and r not in [Or] and s is missing and t is not missing
    => funnel a where p ~ "x y" and q in [a, 1, not] and r not in [Or] and s is missing and t is not missing
  funnel a where "not" = 1 and is is missing and in in [in] and and = and
  funnel a for mobile
  funnel a for persona Newcomer and segment loyal or not "did"
  funnel a for persona = x and segment in [a] and did is missing and "not" > 1
  funnel a for persona "is" and segment "in" and did "not"
  funnel a for did x 1 or more times and did y 0 times and did z 2 or fewer times
    => funnel a for did x and did y 0 times and did z 2 or fewer times
  funnel a for did event e(p = 1) 3 or more times in 2025-Q3 or did {x | y} in last week or did z in $a .. $b
  funnel a for (a or b) and not (c and d)
  funnel a by country, "the city" at cart
  funnel a by time at 2
  funnel a during 2025
  funnel a during 2025-07-01 .. 2025-Q4 vs last 2 weeks
  funnel a during $from..$to vs last month
    => funnel a during $from .. $to vs last month
  funnel a during last 1 days per weeks
    => funnel a during last day per week
  funnel a during last 12 hour per hour
    => funnel a during last 12 hours per hour
  funnel a per quarter depth 3 top 5 using first, last, linear, position, decay, markov, shapley, touchpoints
  FUNNEL a AS x WITHIN 7d
    => funnel a within 7d as x
  list
  list a(p = 1) where q = 2 for s during 2025 sort time top 5 with p, "q r" as l
  list sort sort descending with with
  list sort "descending" descending
    => list sort descending descending
  count during 2025 vs previous
  value of p counting events during last 2 weeks vs previous
  compare count "between"(p = 1) between a and b
  paths
  paths from a depth 4 using events
  paths to b
  paths around c
  flow using stages
  time a -> b
  time time
  dropoff a -> b at a top 5
  retention of a
  retention of then then "then" per month
    => retention of then then then per month
  loops
  loops "loops"
    => loops loops
  count
  count "by" by by
  count where where = 1
  count "within"(p = 1) within 7d
  count within during 2025
    => !literal.wrong
  sessions gap 20m
  value
  value of amount by c
  nps
  nps of s
  csat
  ces for x
  attribute a to b using first
  conform
  kpis
  kpis per week during 2025-W20 for p = 1
    => kpis for p = 1 during 2025-W20 per week
  lift of win "W x"
  lift of win W between did a and not did a within 7d during 2025
  compare funnel a -> b within 7d between x and y by c
    => compare funnel a -> b between x and y within 7d by c
  compare count a where p = 1 between (x and y) and not persona z where q = 2
    => compare count a between (x and y) and not persona z where p = 1 and q = 2
  compare $m between did a and did b 2 times
  compare value during 2025 vs 2024 expected 50%
  drivers of funnel a -> b top 5 during 2025-W15 vs 2025-W13 within 1d
    => drivers of funnel a -> b within 1d during 2025-W15 vs 2025-W13 top 5
  drivers of $main where p = 1
  assert compare nps between a and (b) > 3
    => assert compare nps between a and (b) > 3
  people $1
  people $_ at a as x
  people $m lost at 2
  people $m lost at 2 with a, b for c where d = e sort f as g where h = i
    => people $m lost at 2 where d = e and h = i for c sort f with a, b as g
  describe
  describe events
  check map
  check map "x y"
  review
  review last 3 months
  review 2025-05 since 2025-04-01
  review since before
  export review to "r.html"
  export review 2025-Q1 since before to "r.md" as markdown
  note "n" on stage Purchase since 2025-04-07 .. 2025-04-20
  assert funnel a -> b >= 12% else "no"
  assert median of time a -> b <= 2d
  assert "count" of $m = 3
  assert $m != 3
  assert 2d < 3d
  assert 1 = 12%
  assert $m != lost of funnel a -> b
  assert $m > $n else "no"
  assert $_ is "show map"
  assert count by device has "phone" else "no"
  assert touchpoint t in stage a else "no"
  assert persona p
  assert number of pains in a >= 2
  assert emotion of touchpoint t for p < 0
  assert channel of t = web
  assert owner of t
  assert check map = 0
  assert describe x = $y
  assert count for (not mobile) > 3
  assert n of count for (a and persona b) within 7d > 3
    => assert n of count within 7d for a and persona b > 3
  explain funnel a
  explain $x
  explain explain add stage a
  why customer u42 $m
  why customer 0042 $_
  why customer "a b" $_
  walk
  walk Newcomer
  help
  help load events
  help statement.unknown
  lesson
  lesson 3
  lesson quit
  lesson forget 3
  lesson "a.way.md"
  lesson export "a.progress" as "Anna"
  hint
  skip
  back
  again
  show map
  show map "with" with metrics
  show map m with Metrics
    => show map m with metrics
  show touchpoint T
  show opportunities
  show event e
  show events
  show events "x y"
  show customer 42
  show history
  show diff
  show diff since 2025
  show diff since 2025-07-01
  show diff since s
  show $_
  let $a = 12
  let $a = -1.5
  let $a = 12%
  let $a = 1d12h
  let $a = True
    => let $a = true
  let $a = "text"
  let $a = 2025
  let $a = 2025-07
  let $a = 2025 .. 2025-07
  let $a = last 4 quarters
  let $a = a -> b
  let $a = "last" ->[2d] "true"?
    => let $a = "last" ->[2d] true?
  let $a = "funnel"(x = 1) -> {b | c}
  let $a = funnel a -> b by c
  let $a = people $b at 2
  run "x.way"
  define segment s as persona p or q > 1
  define step s as {a | b(x = 1)}
  """

@Suite struct ProductionTests {
  @Test func everyStatementReadsAndPrintsCanonically() {
    let grammar = Grammar(Forms.all)
    var lines = statements.split(separator: "\n").map(String.init)[...]
    var read = 0
    while let line = lines.popFirst() {
      var expected = line
      if let next = lines.first, next.hasPrefix("  => ") {
        expected = String(next.dropFirst(5))
        lines.removeFirst()
      }
      do throws(Diagnostic) {
        let canonical = grammar.canonical(try grammar.parse(line))
        #expect(canonical == expected)
        #expect(grammar.canonical(try grammar.parse(canonical)) == canonical)
      } catch {
        #expect("!" + error.code.name == expected, "\(error.rendered(in: line))")
      }
      read += 1
    }
    #expect(read > 200)
  }

  /// The list above leaves out no form.
  @Test func everyFormIsAmongThem() throws {
    let grammar = Grammar(Forms.all)
    let read = statements.split(separator: "\n").compactMap { try? grammar.parse(String($0)).form }
    #expect(Set(Forms.all.map(\.name)).subtracting(read) == [])
  }

  @Test func operandsAreReadOnTheirOwn() throws {
    let grammar = Grammar(Forms.all)
    let texts: [(String, Slot)] = [
      ("event checkout_started(version >= 2)", .one), ("did purchase and not x", .people), ("a ->[2h] b?", .path),
      ("p = 1 or q is missing", .condition), ("2025-07-01 .. 2025-07-14", .range), ("7d", .duration),
    ]
    for (text, slot) in texts { #expect(grammar.canonical(try grammar.parse(text, as: slot)) == text) }
    #expect(throws: Diagnostic.self) { try grammar.parse("a -> b", as: .one) }
    #expect(throws: Diagnostic.self) { try grammar.parse("", as: .people) }
  }
}
