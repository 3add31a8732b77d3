import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logSoftmax } from "../../../src/operators/reduction/log-softmax.ts";
import { softmax } from "../../../src/operators/reduction/softmax.ts";
import { exp } from "../../../src/operators/elementwise/exponential.ts";
import { tensor, zeros } from "../../../src/tensor/create.ts";
import { anyTensor, exactNumber, shapeOfRank } from "../entries.ts";
import { expectClose, expectError, runs } from "../linear-algebra/tensors.ts";

describe("logSoftmax", () => {
  it("is the logarithm of softmax, also where that underflows", () => {
    fc.assert(
      fc.property(anyTensor(shapeOfRank(1, 3), exactNumber), (x) =>
        expectClose(exp(logSoftmax(x, { axis: 0 })), softmax(x, { axis: 0 }), 1e-13),
      ),
      { numRuns: runs },
    );
    expect(logSoftmax(tensor([0, -1000])).toArray()).toEqual([0, -1000]);
    expect(logSoftmax(tensor([1000, -Infinity])).toArray()).toEqual([0, -Infinity]);
    expectError(() => logSoftmax(1), "ARGUMENT", /logSoftmax: .*scalar/);
    expectError(() => logSoftmax(zeros([2]), { axes: 0 } as never), "ARGUMENT", /logSoftmax has no option/);
  });
});
