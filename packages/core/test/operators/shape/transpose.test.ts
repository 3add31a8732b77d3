import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { transpose } from "../../../src/operators/shape/transpose.ts";
import { zeros } from "../../../src/tensor/create.ts";
import { anyTensor, at, expectEntries } from "../entries.ts";
import { runs } from "../linear-algebra/tensors.ts";

describe("transpose", () => {
  it("reverses the axes, or takes the order given", () => {
    fc.assert(
      fc.property(anyTensor(), (x) => {
        expectEntries(transpose(x), x.shape.toReversed(), (index) => at(x, index.toReversed()));
        expectEntries(transpose(transpose(x)), x.shape, (index) => at(x, index));
      }),
      { numRuns: runs },
    );
    expect(transpose(zeros([2, 3, 4]), [0, 2, 1]).shape).toEqual([2, 4, 3]);
  });
});
