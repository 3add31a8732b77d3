import { add, exp, FluxionError, greater, mul, primal, sin, type Strategy, sum, tensor, type Tensor, trace, vmap, where } from "@fluxion/core"; // prettier-ignore
import { describe, expect, it } from "vitest";
import { exactStrategies } from "../support/strategies.ts";
import { codeOf, messageOf } from "../support/code-of.ts";

type Numbers = unknown;
/** Ways to read numbers out of a value, as untyped code might. */
const readings: readonly (readonly [string, (x: Tensor) => Numbers])[] = [
  ["item()", (x) => x.item()],
  ["data", (x) => x.data],
  ["toArray()", (x) => x.toArray()],
  ["JSON.stringify", (x) => JSON.stringify(x)],
  ["x * x", (x) => (x as never as number) * (x as never as number)],
  ["x + 1", (x) => (x as never as number) + 1],
  ["-x", (x) => -(x as never as number)],
  ["x > y", (x) => (x as never as number) > 0],
  ["x == 1", (x) => (x as never as number) == 1], // oxlint-disable-line eqeqeq
  ["a template string", (x) => `x is ${x}`],
  ["join()", (x) => [x].join()],
  ["Number()", (x) => Number(x)],
  ["Math.sin", (x) => Math.sin(x as never)],
  ["an index", (x) => [1, 2][x as never as number]],
  ["Float64Array.of", (x) => Float64Array.of(x as never)],
  ["tensor([x])", (x) => tensor([x as never])],
];

const interpreters: readonly (readonly [string, (f: (x: Tensor) => Tensor) => unknown])[] = [
  ...exactStrategies.map(
    (strategy) => [strategy.name, (f: (x: Tensor) => Tensor) => strategy.derivative(f)(1)] as const,
  ),
  ["trace", (f) => trace(f)(1)],
  ["vmap", (f) => vmap(f)(tensor([1, 2]))],
];

describe.each(interpreters)("under %s", (name, run) => {
  it.each(readings)("%s throws and says what to do", (reading, read) => {
    const attempt = (): unknown => run((x) => { read(x); return x; }); // prettier-ignore
    if (reading === "tensor([x])") {
      expect(codeOf(attempt)).toBe("ARGUMENT");
      expect(messageOf(attempt)).toContain("stack([…])");
      return;
    }
    expect(codeOf(attempt)).toBe("NOT_CONCRETE");
    expect(messageOf(attempt)).toContain(name);
    expect(messageOf(attempt)).toContain(
      ["forward-dual", "reverse-tape"].includes(name) ? "primal(x)" : "where(condition, a, b)",
    );
  });

  it("a value can be printed for debugging without its numbers", () => {
    let text = "";
    run((x) => {
      text = x.toString();
      return x;
    });
    expect(text).toBe(`Tensor(shape [], traced by ${name})`);
  });

  it("a value that was stored outside is refused wherever it turns up later", () => {
    let leaked: Tensor = tensor(0);
    run((x) => (leaked = x));
    const uses: readonly (readonly [string, () => unknown])[] = [
      ["an operator", () => sin(leaked)],
      ["an operator with a number", () => add(1, leaked)],
      ["item()", () => leaked.item()],
      ["toArray()", () => leaked.toArray()],
      ["data", () => leaked.data],
      ["arithmetic", () => (leaked as never as number) * 2],
      ["vmap", () => vmap((y: Tensor) => mul(y, leaked))(tensor([1, 2]))],
      ["the result of vmap", () => vmap((_y: Tensor) => leaked)(tensor([1, 2]))],
      ["trace", () => trace((y: Tensor) => mul(y, leaked))(1)],
      ["the result of trace", () => trace((_y: Tensor) => leaked)(1)],
      ...exactStrategies.flatMap((strategy) => [
        [
          `a sibling derivative by ${strategy.name}`,
          () => strategy.derivative((y: Tensor) => mul(y, leaked))(1),
        ] as const,
        [
          `the result of a sibling by ${strategy.name}`,
          () => strategy.derivative((_y: Tensor) => leaked)(1),
        ] as const,
        [
          `a nested sibling by ${strategy.name}`,
          () =>
            strategy.derivative((y: Tensor) => strategy.derivative((z: Tensor) => mul(mul(y, z), leaked))(y))(
              1,
            ),
        ] as const,
        [
          `an argument of ${strategy.name}`,
          () => strategy.derivative((y: Tensor) => exp(y))(leaked),
        ] as const,
        [
          `a constant of ${strategy.name}`,
          () => strategy.derivative((y: Tensor, c: Tensor) => mul(y, c))(1, leaked),
        ] as const,
        [
          `a cotangent of ${strategy.name}`,
          () =>
            strategy
              .vjp((y: Tensor) => exp(y))(1)
              .pullback(leaked),
        ] as const,
      ]),
    ];
    for (const [use, attempt] of uses) expect(codeOf(attempt), use).toBe("ESCAPED");
    expect(messageOf(() => sin(leaked))).toContain(name);
    // Printing it for debugging still works.
    expect(leaked.toString()).toContain(name);
  });

  it("an asynchronous function is refused, and its promise doesn't bring the process down", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", note);
    const later = async (x: Tensor): Promise<Tensor> => {
      await Promise.resolve();
      return sin(x);
    };
    expect(codeOf(() => run(later as never))).toBe("ASYNC");
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
  });
});

describe("primal", () => {
  it("reads the number under every level", () => {
    for (const outer of exactStrategies.filter(({ name }) => name !== "symbolic"))
      for (const inner of exactStrategies.filter(({ name }) => name !== "symbolic")) {
        const seen: number[] = [];
        outer.derivative((x: Tensor) => inner.derivative((y: Tensor) => { seen.push(primal(y).item(), primal(x).item(), primal(mul(x, y)).item()); return mul(x, y); })(add(x, 1)))(3); // prettier-ignore
        expect([...new Set(seen)]).toEqual([4, 3, 12]);
      }
    expect(primal(tensor([1, 2])).toArray()).toEqual([1, 2]);
    expect([primal(3).item(), primal(Float64Array.of(4)).item()]).toEqual([3, 4]);
    expect(codeOf(() => primal([1] as never))).toBe("ARGUMENT");
  });

  it("has no number where f runs for all values at once, and points to where", () => {
    const f = (x: Tensor): Tensor => (primal(x).item() > 0 ? x : mul(x, 2));
    for (const run of [
      () => exactStrategies.find(({ name }) => name === "symbolic")!.derivative(f)(1),
      () => trace(f)(1),
      () => vmap(f)(tensor([1])),
    ]) {
      expect(codeOf(run)).toBe("NOT_CONCRETE");
      expect(messageOf(run)).toContain("where(condition, a, b)");
    }
    const g = (x: Tensor): Tensor => where(greater(x, 0), x, mul(x, 2));
    for (const strategy of exactStrategies)
      expect([strategy.derivative(g)(1), strategy.derivative(g)(-1)]).toEqual([1, 2]);
  });
});

describe("a pullback that is called later", () => {
  it.each(exactStrategies.map((strategy) => [strategy.name, strategy] as const))(
    "of %s refuses what belongs to a level that is closed",
    (_name, strategy: Strategy) => {
      for (const outer of exactStrategies) {
        let later: (cotangent: number) => unknown = () => 0;
        outer.derivative((x: Tensor) => {
          const { value, pullback } = strategy.vjp((y: Tensor) => sum(mul(x, exp(y))))(x);
          later = pullback;
          return value;
        })(1);
        expect(
          codeOf(() => later(1)),
          `inside ${outer.name}`,
        ).toBe("ESCAPED");
      }
    },
  );

  it.each(exactStrategies.map((strategy) => [strategy.name, strategy] as const))(
    "of %s can be called as often as wanted",
    (_name, strategy: Strategy) => {
      const { pullback } = strategy.vjp((x: Tensor) => mul(x, exp(x)))(tensor([1, 2]));
      const once = pullback(tensor([1, 3]));
      pullback(tensor([5, 6]));
      expect(pullback(tensor([1, 3]))).toEqual(once);
      expect(vmap(pullback as (dy: Tensor) => Tensor)(tensor([[1, 3], [2, 6]])).toArray()).toEqual([once.toArray(), mul(2, once).toArray()]); // prettier-ignore
    },
  );
});

it("errors are FluxionErrors with a code and advice", () => {
  try {
    exactStrategies[0]!.derivative((x: Tensor) => tensor(x.item()))(1);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(FluxionError);
    expect((error as FluxionError).name).toBe("FluxionError");
  }
});
