import type { ElementwiseName } from "../rules/elementwise.ts";
import { instantiate } from "../rules/instantiate.ts";
import type { TensorNode } from "./node.ts";
import { require, type Condition, type Store } from "./store.ts";

/** f(g(x)) in closed form: its value, and where that exists although f(g(x)) does not. */
interface Composition {
  readonly value: string;
  /** The left-hand side of `… >= 0` or `… > 0`. */
  readonly needs?: readonly [text: string, relation: Condition["relation"]];
}

type Inner = { readonly [N in ElementwiseName]?: Composition };

const withinOne = ["1 - x^2", ">="] as const;
const aboveOne = ["x - 1", ">="] as const;
const positive = ["x", ">"] as const;

/** A function of an inverse function, or of a logarithm, is algebraic (Abramowitz & Stegun 4.3.45, 4.5 and 4.6). */
const compositions: { readonly [N in ElementwiseName]?: Inner } = {
  sin: {
    asin: { value: "x", needs: withinOne },
    acos: { value: "sqrt(1 - x^2)" },
    atan: { value: "x/sqrt(x^2 + 1)" },
  },
  cos: {
    acos: { value: "x", needs: withinOne },
    asin: { value: "sqrt(1 - x^2)" },
    atan: { value: "1/sqrt(x^2 + 1)" },
  },
  tan: {
    atan: { value: "x" },
    asin: { value: "x/sqrt(1 - x^2)" },
    acos: { value: "sqrt(1 - x^2)/x" },
  },
  sinh: {
    asinh: { value: "x" },
    acosh: { value: "sqrt(x^2 - 1)", needs: aboveOne },
    atanh: { value: "x/sqrt(1 - x^2)" },
    log: { value: "(x - 1/x)/2", needs: positive },
  },
  cosh: {
    acosh: { value: "x", needs: aboveOne },
    asinh: { value: "sqrt(x^2 + 1)" },
    atanh: { value: "1/sqrt(1 - x^2)" },
    log: { value: "(x + 1/x)/2", needs: positive },
  },
  tanh: {
    atanh: { value: "x", needs: withinOne },
    asinh: { value: "x/sqrt(x^2 + 1)" },
    acosh: { value: "sqrt(x^2 - 1)/x", needs: aboveOne },
    log: { value: "(x^2 - 1)/(x^2 + 1)", needs: positive },
  },
  exp: { log1p: { value: "1 + x", needs: ["x + 1", ">"] } },
  expm1: { log1p: { value: "x", needs: ["x + 1", ">"] }, log: { value: "x - 1", needs: positive } },
  log1p: { expm1: { value: "x" } },
  sigmoid: { log: { value: "x/(x + 1)", needs: positive } },
  softplus: { log: { value: "log(x + 1)", needs: positive } },
};

/** f(g(u)) without f and g; undefined where no such form is known. */
export function composed(
  store: Store,
  name: ElementwiseName,
  operand: TensorNode | undefined,
): TensorNode | undefined {
  if (operand?.kind !== "elementwise") return undefined;
  const composition = compositions[name]?.[operand.name];
  if (composition === undefined) return undefined;
  const build = (text: string): TensorNode => instantiate(store, text, ["x"], operand.operands);
  const value = build(composition.value);
  if (composition.needs !== undefined) require(store, build(composition.needs[0]), composition.needs[1], 0);
  return value;
}
