import { type Strategy, tensor } from "@fluxion/core";
import { forwardDual } from "@fluxion/forward-dual";
import { numericFd } from "@fluxion/numeric-fd";
import { reverseTape } from "@fluxion/reverse-tape";
import { symbolic } from "@fluxion/symbolic";
import { describe, expect, it } from "vitest";
import { newton, rosenbrock } from "../newton.ts";

describe("Newton's method", () => {
  it.each<Strategy>([forwardDual, reverseTape, symbolic, numericFd])(
    "finds Rosenbrock's minimum with $name",
    (strategy) => {
      const minimum = newton(strategy, rosenbrock, tensor([-1.2, 1]), 8);
      minimum.data.forEach((value) => expect(value).toBeCloseTo(1, 9));
    },
  );
});
