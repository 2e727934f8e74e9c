import SourceText
import Testing

@Suite struct FormulasTests {
  @Test(arguments: [
    ("=1", true), ("=", true), ("@SUM(A1)", true), ("\t=1", true), ("\r\n@x", true), ("＝1", true), ("＠x", true),
    ("－1", true),
    ("-1+1", true), ("+a", true), ("-", true), ("--1", true), ("-1e", true), ("-1.2.3", true), ("-e5", true),
    ("+.", true),
    ("-1e+5x", true), ("-90s", true),
    ("", false), ("a=1", false), (" =1", false), ("'=1", false), ("-1", false), ("+4712345678", false),
    ("-1.5e-3", false),
    ("+.5", false), ("-5.", false), ("-1E+10", false), ("ａ", false), ("\t", false),
  ])
  func formulas(cell: String, isFormula: Bool) {
    #expect(Formulas.isFormula(cell.utf8) == isFormula)
    #expect(Formulas.safe.written(cell) == (isFormula ? "'" + cell : cell))
    #expect(Formulas.plain.written(cell) == cell)
    // What is written so is no formula any more.
    #expect(!Formulas.isFormula(Formulas.safe.written(cell).utf8))
  }
}
