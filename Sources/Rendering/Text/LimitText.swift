import JourneyQuery

extension Limit {
  /// `at most 16 steps in any order`.
  package var text: String {
    switch self {
    case .steps(let most): "at most \(most) steps in a path"
    case .stepsInAnyOrder(let most): "at most \(most) steps in any order"
    case .stages(let most): "at most \(most) stages of a map are measured"
    case .units(let most): "at most \(most) units of 'per'"
    case .rows(let most):
      "at most \(most) rows of groups and units; a longer unit of 'per', fewer dates or a smaller 'top' have fewer"
    case .cells(let most): "at most \(most) cells of cohort and unit; a longer unit of 'per' has fewer"
    case .listed(let most): "at most \(most) rows of 'list'; 'export events' writes all there are"
    case .yearsOfUnits(let years): "dates in the years \(years.lowerBound) to \(years.upperBound) for 'per'"
    case .yearsOfClocks(let years): "dates in the years \(years.lowerBound) to \(years.upperBound) for days and hours"
    case .values(let most, let property):
      "at most \(most) values of \(property) for 'using markov'; the other models take any number of them"
    case .sum(let property): "values of \(property) add up to more than 1.8 × 10^308, the largest number"
    }
  }
}
