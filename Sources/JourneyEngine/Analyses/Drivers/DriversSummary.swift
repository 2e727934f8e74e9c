import JourneyQuery
import JourneyStatistics

/// Says what values and events have to do with a rate, or with its change.
struct DriversSummary {
  private typealias Rate = DriversReport.Rate
  private typealias Driver = DriversReport.Driver

  let query: DriversQuery
  let found: DriversPartial
  let catalog: Catalog

  var report: DriversReport {
    var report = DriversReport(wholes: found.wholes, basis: Basis(span: catalog.span, people: found.asked))
    let wholes = found.wholes.compactMap { Proportion($0.rate) }
    for (property, values) in zip(query.properties, found.values) {
      if values.areTooMany {
        report.tooMany.append(property)
      } else if values.keys.keys.count < 2 {
        report.alike.append(property)
      }
    }
    // Of a period in which nobody entered there is no rate.
    guard wholes.count == found.wholes.count else { return report }
    let events = self.events(wholes[0])
    report.hasTooManyEvents = events.count > DriversQuery.mostValues
    let values = self.values(wholes)
    let tested = adjusted(values + (report.hasTooManyEvents ? [] : events))
    report.values = ranked(Array(tested.prefix(values.count)))
    report.events = ranked(Array(tested.dropFirst(values.count)))
    return report
  }

  /// Property by property, and value by value, missing ones last.
  private func values(_ wholes: [Proportion]) -> [Driver] {
    zip(query.properties, found.values).filter { $1.keys.keys.count > 1 }.flatMap { property, values in
      let texts = values.keys.keys.map { $0.first ?? nil }
      let sorted = texts.indices.sorted { left, right in
        guard let one = texts[left], let other = texts[right] else { return texts[left] != nil && texts[right] == nil }
        return one.utf8Order(to: other) < 0
      }
      return sorted.map { number in
        let own = values.counts[4 * number..<4 * number + 4]
        let (now, before) = (
          Rate(own[own.startIndex + 1], of: own[own.startIndex]),
          Rate(own[own.startIndex + 3], of: own[own.startIndex + 2])
        )
        let subject = Driver.Subject.value(texts[number], of: property)
        return wholes.count > 1
          ? changed(subject, now, before, RateChange(now: wholes[0], before: wholes[1]))
          : standing(subject, now, among: wholes[0])
      }
    }
  }

  private func events(_ whole: Proportion) -> [Driver] {
    let sorted = catalog.events.indices.sorted { catalog.events[$0].utf8Order(to: catalog.events[$1]) < 0 }
    return sorted.filter { 2 * $0 < found.events.count && found.events[2 * $0] > 0 }.map { place in
      standing(
        .event(catalog.events[place]), Rate(found.events[2 * place + 1], of: found.events[2 * place]), among: whole)
    }
  }

  private func changed(
    _ subject: Driver.Subject, _ now: Rate, _ before: Rate, _ change: RateChange
  ) -> Driver {
    let effects = change.effects(now: Proportion(now), before: Proportion(before))
    return Driver(
      subject, now, against: before, effect: effects.sum, rateEffect: effects.rate, mixEffect: effects.mix)
  }

  private func standing(_ subject: Driver.Subject, _ rate: Rate, among whole: Proportion) -> Driver {
    let expected = Double(rate.entered) * whole.share
    return Driver(
      subject, rate, against: Rate(whole.count - rate.converted, of: whole.whole - rate.entered),
      effect: (Double(rate.converted) - expected) / Double(whole.whole))
  }

  /// Each as one of all tests that are made.
  private func adjusted(_ drivers: [Driver]) -> [Driver] {
    let probabilities = drivers.map { driver in
      guard min(driver.rate.entered, driver.other.entered) >= DriversQuery.leastEntered,
        let one = Proportion(driver.rate), let other = Proportion(driver.other)
      else { return Double.nan }
      return ProportionDifference(other, one).p
    }
    return zip(drivers, benjaminiHochbergAdjusted(probabilities)).map { driver, p in
      var driver = driver
      driver.p = p.isNaN ? nil : p
      return driver
    }
  }

  /// Those that stand first stay so among equals.
  private func ranked(_ drivers: [Driver]) -> [Driver] {
    let sizes = drivers.map { driver in
      (
        effect: (abs(driver.effect) * 1e12).rounded(),
        entered: driver.rate.entered + (query.versus == nil ? 0 : driver.other.entered)
      )
    }
    return drivers.indices.sorted { left, right in
      (sizes[right].effect, sizes[right].entered, left) < (sizes[left].effect, sizes[left].entered, right)
    }.map { drivers[$0] }
  }
}

extension Proportion {
  /// Nil of nobody.
  fileprivate init?(_ rate: DriversReport.Rate) { self.init(rate.converted, of: rate.entered) }
}
