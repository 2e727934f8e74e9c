/// Rising values cut into groups that each lie as close together as can be: the sum of the squared deviations from the groups' means is
/// the least there is.
///
/// W. D. Fisher, "On grouping for maximum homogeneity", Journal of the American Statistical Association 53 (1958): in one dimension the best
/// groups are stretches, and the best cut of a stretch into k begins with a group before the best cut of the rest into k − 1. O(n² · groups).
///
/// - Parameters:
///   - values: rising.
///   - groups: how many; as many as there are values at most, none of no values.
/// - Returns: the groups in order, none empty. Of cuts whose sums differ by no more than 1e-12, the one whose first group is the shortest,
///   then the second.
public func leastSquaresCuts(of values: [Double], into groups: Int) -> [Range<Int>] {
  let (count, groups) = (values.count, min(groups, values.count))
  guard groups > 0 else { return [] }
  let deviations = Deviations(values)
  // By first value of the rest: the least sum of cutting it into so many groups, and where the first of them ends.
  var least = [Double](repeating: .infinity, count: count + 1)
  least[count] = 0
  var ends: [[Int]] = []
  for _ in 0..<groups {
    var (next, end) = ([Double](repeating: .infinity, count: count + 1), [Int](repeating: count, count: count + 1))
    for first in (0..<count).reversed() {
      for last in first + 1...count where least[last] < .infinity {
        let sum = deviations.sum(first..<last) + least[last]
        if sum < next[first] - 1e-12 { (next[first], end[first]) = (sum, last) }
      }
    }
    least = next
    ends.append(end)
  }
  var found: [Range<Int>] = []
  for end in ends.reversed() {
    let first = found.last?.upperBound ?? 0
    found.append(first..<end[first])
  }
  return found
}

/// Sums of squared deviations of stretches, from running sums.
private struct Deviations {
  private var sums = [0.0]
  private var squares = [0.0]

  init(_ values: [Double]) {
    for value in values {
      sums.append(sums[sums.count - 1] + value)
      squares.append(squares[squares.count - 1] + value * value)
    }
  }

  func sum(_ stretch: Range<Int>) -> Double {
    let sum = sums[stretch.upperBound] - sums[stretch.lowerBound]
    return max(0, squares[stretch.upperBound] - squares[stretch.lowerBound] - sum * sum / Double(stretch.count))
  }
}
