import Glibc

/// How likely a value of Student's t distribution lies below `t`: 0 … 1, far below 0 too right to about 1e-13 of itself.
///
/// - Parameter degrees: of freedom: above 0, and not only whole numbers; else the answer is not a number.
public func studentProbability(below t: Double, degrees: Double) -> Double {
  guard degrees > 0, !t.isNaN else { return .nan }
  guard t.isFinite else { return t < 0 ? 0 : 1 }
  let side = StudentSide(degrees: degrees)
  return t < 0 ? side.beyond(-t) : 1 - side.beyond(t)
}

/// The value that one of Student's t distribution lies below with this probability.
///
/// - Parameters:
///   - probability: 0 gives −∞ and 1 gives ∞; what is outside of them is not a number.
///   - degrees: of freedom: above 0, and not only whole numbers; else the answer is not a number.
/// - Returns: right to about 1e-13 of itself; infinite where it is beyond the greatest number there is.
public func studentQuantile(_ probability: Double, degrees: Double) -> Double {
  guard degrees > 0 else { return .nan }
  guard probability > 0, probability < 1 else { return edge(probability) }
  let fromMedian = probability - 0.5
  if fromMedian == 0 { return 0 }
  let side = StudentSide(degrees: degrees)
  let size =
    abs(fromMedian) < 0.25 ? side.size(within: abs(fromMedian)) : side.size(beyond: min(probability, 1 - probability))
  return fromMedian < 0 ? -size : size
}

/// One side of Student's t distribution; the other is its mirror image.
private struct StudentSide {
  let degrees: Double

  /// Whether the distribution is a normal one of a changed value there. The incomplete beta function would take many terms, of an argument
  /// so near to 1 that it has too few digits.
  private func isNearlyNormal(_ t: Double) -> Bool { degrees > 1_000 && t / degrees * t < 0.04 }

  /// How likely a value is above `t`, which is 0 or more.
  func beyond(_ t: Double) -> Double {
    if isNearlyNormal(t) { return normalProbability(below: -normal(t)) }
    return isNear(t) ? 0.5 - nearArea(t) : farArea(t)
  }

  /// How likely a value is between 0 and `t`, which is 0 or more.
  func within(_ t: Double) -> Double {
    if isNearlyNormal(t) { return erf(normal(t) * 0.5.squareRoot()) / 2 }
    return isNear(t) ? nearArea(t) : 0.5 - farArea(t)
  }

  /// The `t` beyond which as much lies as is wanted.
  func size(beyond wanted: Double) -> Double { size(normalQuantile(wanted), wanted, beyond, direction: -1) }

  /// The `t` within which as much lies as is wanted.
  func size(within wanted: Double) -> Double { size(normalQuantile(0.5 - wanted), wanted, within, direction: 1) }

  /// Newton's method on the logarithms of `t` and of the area: a curve that bends one way only, so that at most the first step leads astray.
  /// Far out it is nearly straight, and the start has its slope; for many degrees of freedom the start is the normal quantile.
  ///
  /// - Parameters:
  ///   - normal: the quantile of the normal distribution.
  ///   - direction: 1 for an area that grows with `t`, −1 for one that shrinks.
  private func size(_ normal: Double, _ wanted: Double, _ area: (Double) -> Double, direction: Double) -> Double {
    let power = normal * normal / degrees
    var place = (log(degrees) + (power > 40 ? power : log(expm1(power)))) / 2
    for _ in 0..<100 {
      let t = exp(place)
      let found = area(t)
      guard t.isFinite else { return t }
      guard found > 0 else {
        place -= 1
        continue
      }
      let step = log(wanted / found) * found / weight(t) * direction
      place += step
      if abs(step) <= 4e-16 * max(1, abs(place)) { break }
    }
    return exp(place)
  }

  /// `t` times the density there.
  private func weight(_ t: Double) -> Double {
    let ratio = t / degrees.squareRoot()
    let power = exp(-degrees / 2 * logOnePlusSquare(ratio))
    return ratio / hypot(1, ratio) * power * gammaRatio(degrees / 2) / Double.pi.squareRoot()
  }

  // ½ I(x; ν/2, ½) with x = ν/(ν + t²) lies beyond `t`, and ½ I(1 − x; ½, ν/2) between 0 and `t`. The continued fraction of each ends
  // soon on its own side of the mean.

  private func isNear(_ t: Double) -> Bool { t * t * (degrees / 2 + 1) < 1.5 * degrees }

  private func nearArea(_ t: Double) -> Double {
    guard t > 0 else { return 0 }
    return weight(t) * betaFraction(0.5, degrees / 2, at: 1 / (1 + degrees / t / t))
  }

  private func farArea(_ t: Double) -> Double {
    weight(t) / degrees * betaFraction(degrees / 2, 0.5, at: 1 / (1 + t / degrees * t))
  }

  /// The value of the normal distribution beyond which as much lies as beyond `t`.
  ///
  /// G. W. Hill, "Algorithm 395: Student's t-distribution", Communications of the ACM 13 (1970).
  private func normal(_ t: Double) -> Double {
    let a = degrees - 0.5
    let b = 48 * a * a
    let y = a * logOnePlusSquare(t / degrees.squareRoot())
    let last = (((-0.4 * y - 3.3) * y - 24) * y - 85.5) / (0.8 * y * y + 100 + b)
    return ((last + y + 3) / b + 1) * y.squareRoot()
  }
}
