extension Span where Element: FixedWidthInteger {
  /// Leaves for each code what the table has of it, from the first of `values` on.
  func look<Value>(up table: [Value], into values: inout [Value]) {
    let table = table.span
    var values = values.mutableSpan
    for index in indices { values[index] = table[Int(self[index])] }
  }
}
