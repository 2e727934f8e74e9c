import JourneyQuery
import JourneyTime

// What a statement says, with a span (UTF-8 offsets in its text) for everything that a name or a kind can be wrong about.
// Nothing here is resolved: a name is still a name.

package struct NameSyntax: Hashable, Sendable {
  package var text: String
  package var isQuoted: Bool
  package var span: Range<Int>
  /// Whether it is the name of a saved answer, written with a `$` in front.
  package var isVariable = false

  package init(text: String, isQuoted: Bool, span: Range<Int>) {
    (self.text, self.isQuoted, self.span) = (text, isQuoted, span)
  }
}

/// `one`: an atom with an optional condition on the event.
package struct OneSyntax: Hashable, Sendable {
  package indirect enum Atom: Hashable, Sendable {
    case name(NameSyntax)
    case qualified(Qualifier, NameSyntax)
    case choice([OneSyntax])
    case any
  }
  package enum Qualifier: String, CaseIterable, Hashable, Sendable {
    case stage, touchpoint, event, step
  }
  package var atom: Atom
  package var condition: ConditionSyntax?
  package var span: Range<Int>
}

package struct StepSyntax: Hashable, Sendable {
  package var one: OneSyntax
  package var isOptional: Bool
  /// What leads here from the step before; nil for the first.
  package var arrow: ArrowSyntax?
  package var span: Range<Int>
}

package struct ArrowSyntax: Hashable, Sendable {
  package var isNext: Bool
  package var limit: DurationSyntax?
  package var span: Range<Int>
}

package enum PathSyntax: Hashable, Sendable {
  case variable(NameSyntax)
  case steps([StepSyntax], span: Range<Int>)
}

package enum DurationSyntax: Hashable, Sendable {
  case literal(Duration, span: Range<Int>)
  case variable(NameSyntax)
}

package struct ValueSyntax: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case number(Double)
    /// The hundredth: `12%` is 0.12.
    case share(Double)
    case duration(Duration)
    case date(CalendarDate)
    case truth(Bool)
    case name(NameSyntax)
    case variable(NameSyntax)
  }
  package var content: Content
  package var span: Range<Int>

  package init(content: Content, span: Range<Int>) {
    (self.content, self.span) = (content, span)
  }
}

/// A test of a property.
package struct TestSyntax: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case compare(Comparison, ValueSyntax)
    case contains(ValueSyntax)
    case oneOf([ValueSyntax], negated: Bool)
    case missing(negated: Bool)
  }
  package var property: NameSyntax
  package var content: Content
}

package enum PersonTestSyntax: Hashable, Sendable {
  package enum Group: String, Hashable, Sendable { case persona, segment }
  case property(TestSyntax)
  /// A segment or a persona; without a word before it, whichever has the name.
  case named(Group?, NameSyntax)
  /// `$name`: the people of a saved answer.
  case saved(NameSyntax)
  case did(DidSyntax)
}

package typealias ConditionSyntax = Logic<TestSyntax>
package typealias PeopleSyntax = Logic<PersonTestSyntax>

/// Tests joined by `not`, `and` and `or`.
package indirect enum Logic<Test: Hashable & Sendable>: Hashable, Sendable {
  case test(Test)
  case not(Logic)
  case and([Logic])
  case or([Logic])

  /// The parts joined by `and`, those of parts that are such themselves among them.
  package static func all(of parts: [Logic]) -> Logic {
    parts.count == 1 ? parts[0] : .and(parts.flatMap { if case .and(let inner) = $0 { inner } else { [$0] } })
  }

  /// The parts joined by `or`.
  package static func any(of parts: [Logic]) -> Logic {
    parts.count == 1 ? parts[0] : .or(parts.flatMap { if case .or(let inner) = $0 { inner } else { [$0] } })
  }
}

package struct DidSyntax: Hashable, Sendable {
  package enum Times: Hashable, Sendable {
    case exactly(Int)
    case atLeast(Int)
    case atMost(Int)
  }
  package var one: OneSyntax
  package var times: Times
  package var during: RangeSyntax?
  package var span: Range<Int>
}

/// `range` and `span` of the grammar.
package struct RangeSyntax: Hashable, Sendable {
  package enum End: Hashable, Sendable {
    case date(CalendarDate)
    case variable(NameSyntax)
  }
  package enum Content: Hashable, Sendable {
    /// From the start of the first to the end of the second, or of the first where there is no second.
    case dates(End, End?)
    /// `count` is where the number stands; nil where none was written.
    case last(Int, CalendarUnit, count: Range<Int>?)
  }
  package var content: Content
  package var span: Range<Int>

  package init(content: Content, span: Range<Int>) {
    (self.content, self.span) = (content, span)
  }
}

package struct SpotSyntax: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case one(OneSyntax)
    /// A step of the path by number, from 1.
    case number(Int)
  }
  package var content: Content
  package var span: Range<Int>
}

package struct NodeSyntax: Hashable, Sendable {
  /// `ElementKind.rawValue`; nil where no kind was written.
  package var kind: String?
  package var name: NameSyntax
}

package struct PlaceSyntax: Hashable, Sendable {
  package enum Side: String, CaseIterable, Hashable, Sendable { case after, before }
  package var parent: NodeSyntax?
  package var side: Side?
  package var sibling: NodeSyntax?
}

package struct SettingSyntax: Hashable, Sendable {
  /// `Attribute.rawValue`.
  package var attribute: NameSyntax
  /// `at most`: the figure is not to be passed.
  package var isAtMost = false
  package var values: [ValueSyntax]
  /// Whose emotion it is; nil for everyone's, and of other attributes.
  package var persona: NameSyntax?
}

package enum MeaningSyntax: Hashable, Sendable {
  case people(PeopleSyntax)
  case ask(ParsedStatement)
  case variable(NameSyntax)
}
