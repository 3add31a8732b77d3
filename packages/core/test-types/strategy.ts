/** What the public types of a strategy accept, give and refuse; the compiler runs this file, nobody else. */
import {
  add,
  customRule,
  dot,
  type EntryEstimate,
  mul,
  type Numeric,
  sin,
  square,
  type Strategy,
  sum,
  type Tensor,
  type Tree,
  vmap,
} from "../src/index.ts";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Fails to compile unless the two types are identical. */
function same<A, B>(..._proof: Same<A, B> extends true ? [] : [found: A, wanted: B]): void {}

declare const strategy: Strategy;
declare const vector: Tensor;
declare const array: Float64Array;
const {
  derivative,
  gradient,
  hessian,
  hvp,
  jacobian,
  jvp,
  valueAndDerivative,
  valueAndGradient,
  valueAndJacobian,
  valueGradientAndHessian,
  vjp,
} = strategy;

interface Parameters {
  W: Tensor;
  b: Tensor;
}
interface Nested {
  readonly layers: readonly Parameters[];
  readonly scale: Numeric;
}
declare const parameters: Parameters;
declare const nested: Nested;
const loss = (p: Parameters, x: Tensor): Tensor => sum(add(mul(p.W, x), p.b));

export function mirrors(): void {
  // A number for a number, a tensor for a tensor or a Float64Array.
  const f = (w: Tensor): Tensor => dot(w, w);
  const [a, b, c] = [gradient(f)(3), gradient(f)(vector), gradient(f)(array)];
  same<typeof a, number>();
  same<typeof b, Tensor>();
  same<typeof c, Tensor>();
  const d = derivative(f)(3);
  same<typeof d, number>();
  const e = derivative(f)(vector);
  same<typeof e, Tensor>();
  const numeric = gradient((w: Numeric) => mul(w, w))(3);
  same<typeof numeric, number>();
}

export function unannotated(): void {
  const a = gradient((x) => dot(x, x))(vector);
  same<typeof a, Tensor>();
  const b = derivative((t) => mul(t, sin(t)))(1);
  same<typeof b, number>();
  const c = jacobian((x) => mul(x, x))(vector);
  same<typeof c, Tensor>();
  const d = jvp((x) => mul(x, x))(vector)(vector).tangent;
  same<typeof d, Tensor>();
  const e = hessian((x) => dot(x, x))(vector);
  same<typeof e, Tensor>();
}

export function namedOperators(): void {
  const a = derivative(sin)(1);
  same<typeof a, number>();
  const b = derivative(derivative(sin))(1);
  same<typeof b, number>();
  const c = derivative(derivative(derivative(sin)))(1);
  same<typeof c, number>();
  const d = jacobian(gradient((x: Tensor) => dot(x, x)))(vector);
  same<typeof d, Tensor>();
  const e = derivative((x: Tensor) => mul(x, derivative((y: Tensor) => add(x, y))(1)))(1);
  same<typeof e, number>();
}

export function trees(): void {
  const a = gradient(loss)(parameters, vector);
  same<typeof a, { W: Tensor; b: Tensor }>();
  const b = gradient(loss)({ W: array, b: 2 }, vector);
  same<typeof b.b, number>();
  same<typeof b.W, Tensor>();
  const c = gradient((p: Nested) => mul(sum(p.layers[0]!.W), p.scale))(nested);
  same<(typeof c)["layers"][number]["W"], Tensor>();
  const d = gradient((p: [Tensor, { readonly x: Tensor }]) => mul(p[0], p[1].x))([1, { x: vector }]);
  same<(typeof d)[0], number>();
  same<(typeof d)[1]["x"], Tensor>();
  const e = jacobian((p: Parameters) => ({ y: mul(p.W, p.b), z: [p.W] as const }))(parameters);
  same<typeof e.y.b, Tensor>();
  same<(typeof e.z)[0]["W"], Tensor>();
  const f = hessian((p: Parameters) => dot(p.W, p.b))({ W: 1, b: 2 });
  same<typeof f.W.b, Tensor>();
  const g = jvp((p: Parameters) => ({ y: mul(p.W, p.b) }))(parameters)({ W: 1, b: array });
  same<typeof g.tangent, { y: Tensor }>();
  const h = vjp((p: Parameters) => ({ y: mul(p.W, p.b) }))(parameters).pullback({ y: 1 });
  same<typeof h.W, Tensor>();
  const i = hvp((p: Parameters) => dot(p.W, p.b))(parameters)({ W: vector, b: vector });
  same<typeof i.b, Tensor>();
}

export function constants(): void {
  // What isn't differentiated may be anything.
  const f = (
    w: Tensor,
    X: Tensor,
    options: { readonly rate: number; readonly label: string },
    mask?: readonly boolean[],
  ): Tensor => mul(dot(w, X), mask ? options.rate : 1);
  const a = gradient(f)(vector, vector, { rate: 1, label: "x" });
  same<typeof a, Tensor>();
  gradient(f)(vector, vector, { rate: 1, label: "x" }, [true]);
  const power = derivative((x: Tensor, n: number) => mul(x, n))(1, 3);
  same<typeof power, number>();
  gradient((w: Tensor, ...rest: readonly Tensor[]) => rest.reduce(dot, w))(vector, vector, vector);
}

export function selected(): void {
  const f = (a: Tensor, b: Parameters, c: Tensor): Tensor => add(mul(a, b.W), c);
  const second = gradient(f, { argument: 1 })(1, parameters, 3);
  same<typeof second.W, Tensor>();
  const two = gradient(f, { arguments: [2, 0] })(1, parameters, vector);
  same<(typeof two)[0], Tensor>();
  same<(typeof two)[1], number>();
  const h = hessian(f, { arguments: [0, 2] })(1, parameters, 3);
  same<(typeof h)[0][1], Tensor>();
  const { tangent } = jvp(f, { arguments: [0, 1] })(1, parameters, 3)([1, parameters]);
  same<typeof tangent, Tensor>();
  // A parameter that isn't selected may be declared number.
  gradient((n: number, x: Tensor) => mul(n, x), { argument: 1 })(2, vector);
}

export function auxiliary(): void {
  const f = (x: Tensor): [Tensor, { readonly note: string }] => [dot(x, x), { note: "n" }];
  const a = gradient(f, { aux: true })(vector);
  same<typeof a.gradient, Tensor>();
  same<typeof a.aux, { readonly note: string }>();
  const b = valueAndGradient(f, { aux: true })(3);
  same<typeof b.value, Tensor>();
  same<typeof b.gradient, number>();
  same<typeof b.aux.note, string>();
  const c = jacobian((x: Tensor) => [{ y: x }, 7] as const, { aux: true })(vector);
  same<typeof c.jacobian.y, Tensor>();
  same<typeof c.aux, 7>();
  const d = hvp(f, { aux: true })(vector)(vector);
  same<typeof d.product, Tensor>();
  same<typeof d.aux.note, string>();
  const e = vjp(f, { aux: true })(vector);
  const pulled = e.pullback(1);
  same<typeof pulled, Tensor>();
  same<typeof e.aux.note, string>();
  const g = jvp(f, { aux: true })(vector)(vector);
  same<typeof g.value, Tensor>();
  same<typeof g.aux.note, string>();
  const h = hessian(f, { aux: true, argument: 0 })(vector);
  same<typeof h.hessian, Tensor>();
  const i = derivative((t: Tensor) => [square(t), "x"] as const, { aux: true })(2);
  same<typeof i.derivative, number>();
  same<typeof i.aux, "x">();
}

export function values(): void {
  const a = valueAndDerivative((t: Tensor) => square(t))(2);
  same<typeof a, { readonly value: Tensor; readonly derivative: number }>();
  const b = valueGradientAndHessian((x: Tensor) => dot(x, x))(vector);
  same<typeof b.value, Tensor>();
  same<typeof b.hessian, Tensor>();
  const c = valueAndJacobian((x: Tensor) => [x, sum(x)] as const)(vector);
  same<(typeof c.value)[1], Tensor>();
  same<(typeof c.jacobian)[0], Tensor>();
  const d = jvp((x: Tensor) => [x, 3])(vector)(vector);
  same<(typeof d.value)[1], Tensor>();
}

export function literals(): void {
  // An array that f returns is a tuple, without "as const".
  const a = gradient((x: Tensor) => [dot(x, x), x], { aux: true })(vector);
  same<typeof a.aux, Tensor>();
  const b = jacobian((x: Tensor) => [x, { y: sum(x) }])(vector);
  same<(typeof b)[1]["y"], Tensor>();
  const c = vjp((x: Tensor) => [x, sum(x)])(vector).pullback([vector, 1]);
  same<typeof c, Tensor>();
  // One of several sets of options.
  const several = [{ aux: true }, { aux: true, argument: 0 }] as const;
  for (const options of several) {
    const { aux } = gradient((x: Tensor) => [dot(x, x), x], options)(vector);
    same<typeof aux, Tensor>();
  }
}

export function batches(): void {
  const a = vmap((x) => dot(x, x))(vector);
  same<typeof a, Tensor>();
  vmap((x: Tensor) => mul(x, 2))(array);
  // Per-example gradients.
  const b = vmap(
    gradient((w: Tensor, x: Tensor) => dot(w, x)),
    { axes: [null, 0] },
  )(vector, vector);
  same<typeof b, Tensor>();
  const c = vmap((x: Tensor) => ({ y: [x, 3] }))(vector);
  same<typeof c, { y: [Tensor, Tensor] }>();
  const d = vmap((p: Parameters, x: Tensor) => gradient(loss)(p, x), { axes: [null, 0] })(parameters, vector);
  same<typeof d, { W: Tensor; b: Tensor }>();
  // @ts-expect-error a plain array is a tree, not a vector
  vmap((x: Tensor) => mul(x, 2))([1, 2]);
  // @ts-expect-error f takes one argument
  vmap((x: Tensor) => mul(x, 2))(vector, vector);
}

export function rules(): void {
  const softplus = customRule((x: Tensor) => sin(x), {
    jvp: ([x], [dx]) => mul(x, dx),
    vjp: (g, [x], y) => [mul(g, add(x, y))],
  });
  const a = softplus(3);
  same<typeof a, Tensor>();
  gradient((x: Tensor) => softplus(x))(vector);
  derivative(softplus)(3).toFixed();
  const two = customRule((x: Tensor, y: Tensor) => mul(x, y), { vjp: (g, [x, y]) => [mul(g, y), mul(g, x)] });
  two(array, 2);
  // @ts-expect-error it takes two arguments
  two(3);
  // @ts-expect-error an unknown kind of rule
  customRule((x: Tensor) => sin(x), { hessian: () => 0 });
  // @ts-expect-error a rule gives numbers or tensors
  customRule((x: Tensor) => sin(x), { jvp: () => "text" });
}

/** Code that takes any strategy, and any f. */
export function generic(any: Strategy, strategies: readonly Strategy[]): number {
  const minimise = (f: (x: Tensor) => Tensor, start: Tensor): Tensor => {
    let x = start;
    for (let i = 0; i < 10; i++) x = add(x, mul(-0.1, any.gradient(f)(x)));
    return x;
  };
  minimise((x) => dot(x, x), vector);
  const newton = (f: (t: Tensor) => Tensor, t: number): number =>
    t - any.derivative(f)(t) / any.derivative((s: Tensor) => any.derivative(f)(s))(t);
  const anyTree = (f: (x: Tensor) => Tree<Tensor>): unknown => [
    any.jacobian(f)(vector),
    any.jvp(f)(vector)(vector).tangent,
    any.jacobian(f as (x: Tensor) => unknown)(vector),
  ];
  anyTree((x) => ({ y: [x] }));
  const interfaces = (f: (x: Tensor) => Nested): Nested => any.jvp(f)(vector)(vector).tangent;
  interfaces(() => nested);
  for (const { derivative: slope } of strategies) slope(sin)(newton(sin, 1));
  return newton((t) => square(t), 3);
}

export function refused(): void {
  // @ts-expect-error a differentiated parameter must be declared Tensor, never number: x * x would be a constant
  gradient((x: number) => x * x)(3);
  // @ts-expect-error the same
  derivative((x: number) => Math.sin(x))(3);
  // @ts-expect-error the same inside a tree
  gradient((p: { a: number }) => p.a * 2)({ a: 3 });
  // @ts-expect-error the same in a tuple
  gradient((p: [Tensor, number]) => mul(p[0], p[1]))([vector, 3]);
  // @ts-expect-error the same for the argument that is selected
  gradient((x: Tensor, n: number) => mul(x, n), { argument: 1 })(vector, 3);
  // @ts-expect-error a Float64Array alone isn't what f is given
  gradient((x: Float64Array) => sum(x))(array);
  // @ts-expect-error a string can't be differentiated
  gradient((x: string) => x.length)("x");
  // @ts-expect-error a plain array is a tree, not a vector: tensor([1, 2, 3])
  gradient((x: Tensor) => dot(x, x))([1, 2, 3]);
  // @ts-expect-error the same for an unannotated f
  gradient((x) => dot(x, x))([1, 2, 3]);
  // @ts-expect-error f needs two arguments
  gradient((x: Tensor, y: Tensor) => dot(x, y))(vector);
  // @ts-expect-error f takes one argument
  gradient((x: Tensor) => dot(x, x))(vector, vector);
  // @ts-expect-error another key
  gradient(loss)({ W: vector, c: vector }, vector);
  // @ts-expect-error f is to return a scalar, not a tree
  gradient((x: Tensor) => ({ y: x }))(vector);
  // @ts-expect-error nor a tuple
  hessian((x: Tensor) => [x, x])(vector);
  // @ts-expect-error nor a string
  gradient((x: Tensor) => String(x))(vector);
  // @ts-expect-error nor a promise
  gradient(async (x: Tensor) => dot(x, x))(vector);
  // @ts-expect-error a Jacobian's f returns no promise either
  jacobian(async (x: Tensor) => dot(x, x))(vector);
  // @ts-expect-error nor something that is no tree of tensors
  jacobian((x: Tensor) => x.toString())(vector);
  // @ts-expect-error with aux, f returns a pair
  gradient((x: Tensor) => dot(x, x), { aux: true })(vector);
  // @ts-expect-error an option that doesn't exist
  gradient((x: Tensor) => dot(x, x), { arg: 1 })(vector);
  // @ts-expect-error the arguments of f go into the second call
  gradient((x: Tensor) => dot(x, x), vector);
  // @ts-expect-error the tangent has the structure of the argument
  jvp((p: Parameters) => p.W)(parameters)({ W: vector });
  // @ts-expect-error the cotangent has the structure of the result
  vjp((p: Parameters) => p)(parameters).pullback({ W: vector });
  // @ts-expect-error an unknown operator
  void strategy.divergence;
  // @ts-expect-error an exact strategy may have no estimate
  strategy.estimate("gradient", (x: Tensor) => dot(x, x));
}

/** An estimate has the entries that its strategy promises, of core's kind unless it says more. */
export function estimates(): void {
  interface Coloured extends EntryEstimate {
    readonly colour: string;
  }
  const plain = ({} as NonNullable<Strategy["estimate"]>)("gradient", (x: Tensor) => dot(x, x))(vector);
  same<typeof plain.details, Tree<EntryEstimate> | undefined>();
  same<typeof plain.batches, number | undefined>();
  const own = ({} as NonNullable<Strategy<object, Coloured>["estimate"]>)(
    "jacobian",
    (x: Tensor) => x,
  )(vector);
  same<typeof own.details, Tree<Coloured> | undefined>();
  const general: Strategy = {} as Strategy<object, Coloured>;
  void general;
}
