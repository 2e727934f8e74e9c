import JourneyQuery

extension Cell {
  /// The value by itself as people read it in a sentence: `14.2 %`, `1,234`, `2d 4h`.
  package func text(in context: RenderingContext = RenderingContext()) -> String {
    ColumnText(self, in: context).human(self)
  }
}
