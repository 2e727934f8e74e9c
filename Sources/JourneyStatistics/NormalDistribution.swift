import Glibc

/// How likely a normally distributed value of mean 0 and standard deviation 1 lies below `z`: 0 … 1.
///
/// By the complementary error function of the C library. What is lost where √½ and the product with it are rounded is made up for, so that
/// far below 0 too it is right to about 1e-15 of itself.
public func normalProbability(below z: Double) -> Double {
  guard z.isFinite else { return z.isNaN ? .nan : z < 0 ? 0 : 1 }
  let (root, rest) = (0.7071067811865476, -4.833646656726457e-17)
  let argument = -z * root
  let lost = -z * rest + (-argument).addingProduct(-z, root)
  return (erfc(argument) - 2 / Double.pi.squareRoot() * exp(-argument * argument) * lost) / 2
}

/// The value that a normally distributed one of mean 0 and standard deviation 1 lies below with this probability.
///
/// M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37 (1988), PPND16, and where it is
/// not near the middle a step of Newton's from there.
///
/// - Parameter probability: 0 gives −∞ and 1 gives ∞; what is outside of them is not a number.
/// - Returns: right to about 1e-15 of itself, also for the least probabilities that there are.
public func normalQuantile(_ probability: Double) -> Double {
  guard probability > 0, probability < 1 else { return edge(probability) }
  let fromMedian = probability - 0.5
  if abs(fromMedian) <= 0.425 {
    return fromMedian * middle.value(at: 0.180625 - fromMedian * fromMedian)
  }
  let tail = min(probability, 1 - probability)
  let depth = (-log(tail)).squareRoot()
  var size = depth <= 5 ? near.value(at: depth - 1.6) : far.value(at: depth - 5)
  let density = exp(-size * size / 2) / (2 * Double.pi).squareRoot()
  if density > 1e-290 { size += (normalProbability(below: -size) - tail) / density }
  return fromMedian < 0 ? -size : size
}

/// Within so many standard deviations of the mean lie 95 % of a normal distribution. From below, where the probability has more digits.
let deviationsOf95Percent = -normalQuantile(0.025)

/// The quantile of a probability that is not between 0 and 1.
func edge(_ probability: Double) -> Double {
  switch probability {
  case 0: -.infinity
  case 1: .infinity
  default: .nan
  }
}

/// One polynomial over another; the coefficients in order of the powers.
private struct Quotient {
  let above: [Double]
  let below: [Double]

  func value(at x: Double) -> Double { horner(above, x) / horner(below, x) }

  private func horner(_ coefficients: [Double], _ x: Double) -> Double {
    coefficients.reversed().reduce(0) { $0 * x + $1 }
  }
}

private let middle = Quotient(
  above: [
    3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
    4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
  ],
  below: [
    1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
    3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
  ])

private let near = Quotient(
  above: [
    1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
    1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
  ],
  below: [
    1, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
    1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
  ])

private let far = Quotient(
  above: [
    6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 2.96560571828504891230e-1,
    2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
  ],
  below: [
    1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
    1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
  ])
