import JourneyQuery

/// The pictures of an answer alone, one below the other, as a whole document of SVG; nil where it has none. Its ids begin with `prefix`, so
/// that it can stand in a page beside others.
///
/// - Parameter width: in pixels; at least 320.
package func picture(
  of answer: Answer, width: Double = 720, prefix: String = "picture", in context: RenderingContext
) throws(ExecutionError) -> String? {
  var canvas = ChartCanvas()
  var isEmpty = true
  for table in answer.shown {
    let room = max(320, width) - 2 * ChartCanvas.margin
    guard let chart = try table.chart(width: room, isAlone: true, in: context) else { continue }
    if !isEmpty { canvas.space(24) }
    canvas.chart(chart)
    isEmpty = false
  }
  return isEmpty ? nil : canvas.document(title: answer.question, prefix: prefix)
}
