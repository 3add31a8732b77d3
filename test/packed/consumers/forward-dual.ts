import { square, type Strategy, sum, type Tensor, tensor } from "@fluxion/core";
import { forwardDual, gradient } from "@fluxion/forward-dual";

const f = (x: Tensor): Tensor => sum(square(x));
const strategies: Strategy[] = [forwardDual];
const found: Tensor[] = [
  gradient(f)(tensor([1, 2])),
  ...strategies.map((strategy) => strategy.gradient(f)(tensor([1, 2]))),
];
if (found.join("; ") !== "[2, 4]; [2, 4]") throw new Error(`found ${found.join("; ")}`);
