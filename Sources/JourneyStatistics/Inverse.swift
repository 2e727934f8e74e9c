/// The inverse of a square matrix, given and returned by rows: by Gauss and Jordan's elimination with partial pivoting, in n³ steps.
///
/// N. J. Higham, "Accuracy and Stability of Numerical Algorithms" (2002), 14.4.
///
/// - Returns: nil where there is none, or where it is beyond the greatest number there is.
func inverse(of matrix: [[Double]]) -> [[Double]]? {
  let size = matrix.count
  guard matrix.allSatisfy({ $0.count == size }) else { return nil }
  var rows = matrix.enumerated().map { index, row in row + (0..<size).map { $0 == index ? 1 : 0 } }
  for column in 0..<size {
    guard let pivot = (column..<size).max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }),
      rows[pivot][column] != 0
    else { return nil }
    rows.swapAt(column, pivot)
    let divisor = rows[column][column]
    let leading = rows[column].map { $0 / divisor }
    rows[column] = leading
    for row in 0..<size where row != column && rows[row][column] != 0 {
      // Out of the matrix while it changes: some five times as fast.
      var changed = rows[row]
      rows[row] = []
      let factor = changed[column]
      for place in column..<2 * size { changed[place] -= factor * leading[place] }
      rows[row] = changed
    }
  }
  return rows.allSatisfy { $0.allSatisfy(\.isFinite) } ? rows.map { Array($0.suffix(size)) } : nil
}
