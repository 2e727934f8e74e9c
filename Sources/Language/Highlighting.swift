/// What a token of a statement is, for painting it.
package enum TokenRole: Sendable {
  case keyword, name, literal, variable, symbol
}
