import JourneyQuery
import SourceText

extension JourneyWalk {
  /// All of it for a screen or a plain file.
  package func text(in context: RenderingContext) throws(ExecutionError) -> PaintedText {
    var text = try opening(in: context)
    for index in stops.indices {
      text.append("\n")
      text.append(try self.text(of: index, in: context))
    }
    return text
  }

  /// Whose walk it is, and how its figures are to be read.
  package func opening(in context: RenderingContext) throws(ExecutionError) -> PaintedText {
    var lines: [StyledLine] = .sentence(title, .strong, width: context.width)
    lines += personaFacts.lines(in: context)
    for remark in remarks { lines += .sentence(remark, .dim, width: context.width) }
    return try lines.map { $0.fitted(to: context.width, ellipsis: context.glyphs.ellipsis) }.painted(in: context)
  }

  /// One stop; before the first of a stage what is said of the stage.
  package func text(of index: Int, in context: RenderingContext) throws(ExecutionError) -> PaintedText {
    guard stops.indices.contains(index) else { return PaintedText() }
    let stop = stops[index]
    var lines: [StyledLine] = []
    if stop.opensStage, let stage = stop.stage {
      lines += .sentence("stage \(stage.name)", .strong, width: context.width)
      lines += stop.stageFacts.lines(in: context)
    }
    let place = stop.place.kind == .stage ? "stage \(stop.place.name), without touchpoints" : stop.place.name
    lines += .sentence("\(index + 1) of \(stops.count)  \(place)", .strong, width: context.width)
    lines += stop.told.lines(in: context)
    return try lines.map { $0.fitted(to: context.width, ellipsis: context.glyphs.ellipsis) }.painted(in: context)
  }
}
