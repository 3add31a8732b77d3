import { square, type Strategy, sum, type Tensor, tensor } from "@fluxion/core";
import { derive, gradient, symbolic } from "@fluxion/symbolic";

const f = (x: Tensor): Tensor => sum(square(x));
const strategies: Strategy[] = [symbolic];
const found: Tensor[] = [
  gradient(f)(tensor([1, 2])),
  ...strategies.map((strategy) => strategy.gradient(f)(tensor([1, 2]))),
];
if (found.join("; ") !== "[2, 4]; [2, 4]") throw new Error(`found ${found.join("; ")}`);

const derived = derive("norm2(X*w - y)^2", { wrt: "w", shapes: { X: ["m", "n"], w: ["n"], y: ["m"] } });
if (derived.toString() !== "2*(X*w - y)'*X") throw new Error(`found ${derived}`);
