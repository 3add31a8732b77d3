import { dot, FluxionError, mul, type Tensor, tensor } from "@fluxion/core";
import { describe, expect, it } from "vitest";
import { checkpoint, derivative, vjp } from "../src/index.ts";

describe("the tape", () => {
  it("keeps a captured Float64Array as it was when f used it (its pullback read the caller's)", () => {
    const w = Float64Array.of(1, 2);
    const { pullback } = vjp((x: Tensor) => dot(w, x))(tensor([5, 6]));
    w.fill(0);
    expect(String(pullback(1))).toBe("[1, 2]");
  });

  it("gives its values no number to be read by mistake (mul(x, x.value) had the derivative 0)", () => {
    expect(derivative((x: Tensor) => mul(x, x.value))(3)).toBeNaN();
  });
});

it("checkpoint refuses what is no function", () => {
  for (const wrong of [undefined, null, 1, {}])
    expect(() => checkpoint(wrong as never)).toThrow(FluxionError);
});
