import { square, type Strategy, sum, type Tensor, tensor } from "@fluxion/core";
import { numericFd, gradient } from "@fluxion/numeric-fd";

const f = (x: Tensor): Tensor => sum(square(x));
const strategies: Strategy[] = [numericFd];
const found: Tensor[] = [
  gradient(f)(tensor([1, 2])),
  ...strategies.map((strategy) => strategy.gradient(f)(tensor([1, 2]))),
];
for (const each of found) {
  const [first = 0, second = 0] = each.data;
  if (Math.abs(first - 2) > 1e-9 || Math.abs(second - 4) > 1e-9) throw new Error(`found ${each}`);
}
