import { pow, square, sum, type Tensor, tensor } from "@fluxion/core";
import { describe, expect, it } from "vitest";
import { hvp, jvp } from "../src/index.ts";

describe("a Float64Array that the caller writes into after binding it", () => {
  it("doesn't change the jvp", () => {
    const x = Float64Array.of(1, 2);
    const bound = jvp((y: Tensor) => square(y))(x);
    x[0] = 100;
    expect(String(bound(tensor([1, 0])).tangent)).toBe("[2, 0]");
  });

  it("doesn't change the hvp, inside a tree either", () => {
    const x = Float64Array.of(1, 2);
    const bound = hvp(({ y }: { readonly y: Tensor }) => sum(pow(y, 3)))({ y: x });
    x[0] = 100;
    expect(String(bound({ y: tensor([1, 0]) }).y)).toBe("[6, 0]");
  });
});
