import { FluxionError } from "@fluxion/core";
import { describe, expect, it } from "vitest";
import { parse } from "../src/index.ts";

const shapes = { x: ["n"], y: ["m"], A: ["n", "n"], B: ["n", "n"], X: ["m", "n"], s: [], t: [] } as const;

/** The code, the column that the caret points at, from 0, and the message. */
function refusal(text: string): readonly [code: string, column: number, message: string] {
  try {
    parse(text, { shapes });
  } catch (error) {
    if (!(error instanceof FluxionError)) throw error;
    const lines = error.message.split("\n");
    return [error.code, lines.at(-1)!.indexOf("^") - 2, lines[0]!];
  }
  return ["nothing thrown", -1, ""];
}

describe("a wrong formula is refused with the place and with what was expected", () => {
  it.each<readonly [text: string, code: string, column: number, message: string]>([
    ["", "PARSE", 0, 'Expected a number, a name or "(", found the end of the text.'],
    ["x +", "PARSE", 3, 'Expected a number, a name or "(", found the end of the text.'],
    ["* x", "PARSE", 0, 'Expected a number, a name or "(", found "*".'],
    ["(x", "PARSE", 2, 'Expected ")" to close the "(" at character 1, found the end of the text.'],
    ["x)", "PARSE", 1, 'Nothing is open here: unexpected ")".'],
    ["x,s", "PARSE", 1, 'Nothing is open here: unexpected ",".'],
    ["sum(,x)", "PARSE", 4, 'found ",".'],
    ["sum(x,", "PARSE", 6, "found the end of the text."],
    ["2 x", "PARSE", 2, 'Expected an operator, found "x"; a product is written out, as in 2*x.'],
    ["s^^2", "PARSE", 2, 'found "^".'],
    ["s**2", "PARSE", 1, "a power is written ^."],
    ["s\\2", "PARSE", 1, "there is no left division; write inv(A)*b."],
    ["[1, 2]", "PARSE", 1, "An index is a name such as i, not a number"],
    ["s = 2", "PARSE", 2, "write equal(a, b)."],
    ["s < t", "PARSE", 2, "write less(a, b)"],
    ["|s|", "PARSE", 0, "write abs(x), norm2(x) or det(A)."],
    ["s²", "PARSE", 1, "write ^2."],
    ["A·x", "PARSE", 1, "a product is written * or .*."],
    ["s−t", "PARSE", 1, "minus is written with the plain hyphen -."],
    ["s . t", "PARSE", 2, "elementwise operators are .* ./ and .^"],
    ["1.2.3", "PARSE", 3, 'found ".3"'],
    ["s @ t", "PARSE", 2, '"@" is not part of the notation.'],
    ["1/0", "DOMAIN", 0, "Division by zero: 0 to the power -1 has no value."],
    ["s*inv(0*A)", "DOMAIN", 2, "inv of a matrix of zeros: it has no inverse."],
    ["logdet(A - A)", "DOMAIN", 0, "logdet of a matrix of zeros is the logarithm of 0, which is no number."],
    ["s + sqrt(-1)", "DOMAIN", 4, "-1 to the power 1/2 is not a real number."],
    ["s*1e9999", "LIMIT", 2, "needs more than 2000 digits to be exact."],
    ["s + 7^5000", "LIMIT", 4, "has too many digits to be kept exact."],
    ["s*(x*x)", "SHAPE_MISMATCH", 4, "write x'*y for the scalar product, x*y' for the outer product"],
    ["x + y", "SHAPE_MISMATCH", 2, '"+" between a column vector of length n and a column vector of length m'],
    ["A + x", "SHAPE_MISMATCH", 2, "to repeat a column write v*ones(n)'."],
    ["A + x'", "SHAPE_MISMATCH", 2, "to repeat a row write ones(m)*v."],
    ["x + x'", "SHAPE_MISMATCH", 2, "transpose one side with '."],
    ["X*y", "SHAPE_MISMATCH", 1, "the inner dimensions n and m differ."],
    ["x'*y", "SHAPE_MISMATCH", 2, "the inner dimensions n and m differ."],
    ["x/x", "SHAPE_MISMATCH", 1, "only a scalar divides; write ./ for the elementwise quotient."],
    ["A/B", "SHAPE_MISMATCH", 1, "write A*inv(B), or ./ for the elementwise quotient."],
    ["x.*y", "SHAPE_MISMATCH", 1, "an elementwise product needs equal shapes."],
    ["x.^y", "SHAPE_MISMATCH", 1, "an elementwise power needs equal shapes."],
    ["x^2", "SHAPE_MISMATCH", 1, "write .^ for the elementwise power."],
    ["2^A", "SHAPE_MISMATCH", 1, "a power is of a scalar or of a square matrix"],
    ["s*A^t", "UNSUPPORTED", 4, "A power of a matrix needs a whole number as exponent."],
    ["A^99", "LIMIT", 2, "A power of a matrix is written out up to 32."],
    ["s*inv(X)", "SHAPE_MISMATCH", 2, "inv needs a square matrix, not a m×n matrix."],
    ["det(x)", "SHAPE_MISMATCH", 0, "det needs a square matrix, not a column vector of length n."],
    ["diag(s)", "SHAPE_MISMATCH", 0, "diag needs a vector or a matrix, not a scalar."],
    ["softmax(A)", "SHAPE_MISMATCH", 0, "softmax needs a vector, not a n×n matrix."],
    ["max(x, y)", "SHAPE_MISMATCH", 0, "needs equal shapes or scalars"],
    ["sum(x, s)", "ARGUMENT", 0, "sum takes 1 operand, found 2."],
    ["s + max(x, s, s)", "ARGUMENT", 4, "max takes 1 to 2 operands, found 3."],
    [
      "eye(s)",
      "ARGUMENT",
      4,
      "eye needs the length of an axis: a whole number, a name that a shape uses, or a product of them.",
    ],
    ["ones(2.5)", "ARGUMENT", 5, "a whole number"],
    ["dot(x, y)", "SHAPE_MISMATCH", 0, "dot needs two vectors of one length"],
    ["outer(A, x)", "SHAPE_MISMATCH", 0, "outer needs two vectors"],
    ["s + sine(s)", "UNSUPPORTED", 4, "No closed form is known for sine. Known functions: abs"],
  ])("%s", (text, code, column, message) => {
    const [foundCode, foundColumn, foundMessage] = refusal(text);
    expect([foundCode, foundColumn]).toEqual([code, column]);
    expect(foundMessage).toContain(message);
  });
});
