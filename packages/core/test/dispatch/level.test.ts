import { describe, expect, it } from "vitest";
import { add, type AnyOperator, type CustomRule, highestInterpreter, indexById, type Interpreter, invoke, mul, operatorNames, operatorOf, primal, sin, tensor, type Tensor, traced, withLevel } from "../../src/index.ts"; // prettier-ignore
import { stillOpen } from "../../src/dispatch/level.ts";
import { codeOf, messageOf } from "../support/code-of.ts";

/** An interpreter that writes down what it is asked and computes on primals. */
class Notes implements Interpreter {
  readonly name = "notes";
  readonly level: number;
  open = true;
  readonly seen: string[] = [];

  constructor(level: number) {
    this.level = level;
  }

  wrap(x: Tensor): Tensor {
    return traced(this, x.shape, x, null);
  }

  apply(operator: AnyOperator, inputs: readonly Tensor[], attributes: object): Tensor {
    this.seen.push(operator.name);
    return this.wrap(invoke(operator, inputs.map((x) => (x.level === this.level ? x.primal! : x)), attributes)); // prettier-ignore
  }

  applyCustom(rule: CustomRule, inputs: readonly Tensor[]): Tensor {
    return rule.f(inputs);
  }
}

function noting<Result>(body: (notes: Notes) => Result): Result {
  return withLevel((level) => new Notes(level), body);
}

describe("levels", () => {
  it("are never used twice, and the inner one is the higher one", () => {
    const levels: number[] = [];
    noting((outer) => {
      noting((inner) => levels.push(outer.level, inner.level));
      noting((inner) => levels.push(inner.level));
    });
    noting((later) => levels.push(later.level));
    expect(levels).toEqual([...levels].sort((a, b) => a - b));
    expect(new Set(levels).size).toBe(4);
  });

  it("close when the function returns or throws", () => {
    const closed: Notes[] = [];
    noting((notes) => closed.push(notes));
    expect(() => noting((notes) => { closed.push(notes); throw new Error("stop"); })).toThrow("stop"); // prettier-ignore
    expect(closed.map((notes) => notes.open)).toEqual([false, false]);
  });

  it("hand an operator to the highest one among its operands, which hands it down", () => {
    noting((outer) =>
      noting((inner) => {
        const [x, y] = [outer.wrap(tensor(2)), inner.wrap(tensor(3))];
        const z = mul(add(x, y), y);
        expect([z.level, z.primal!.level, primal(z).item()]).toEqual([inner.level, outer.level, 15]);
        expect([inner.seen, outer.seen]).toEqual([["add", "mul"], ["add", "mul"]]); // prettier-ignore
        sin(x);
        expect([inner.seen.length, outer.seen.length]).toEqual([2, 3]);
        expect(highestInterpreter([tensor(1), x, y])).toBe(inner);
        expect(highestInterpreter([tensor(1)])).toBeNull();
      }),
    );
  });

  it("refuse a value of one that has been closed, under a higher one too", () => {
    const leaked = noting((notes) => notes.wrap(tensor(1)));
    for (const run of [
      () => sin(leaked),
      () => highestInterpreter([leaked]),
      () => stillOpen(leaked),
      () => noting((notes) => add(notes.wrap(tensor(1)), leaked)),
    ]) {
      expect(codeOf(run)).toBe("ESCAPED");
      expect(messageOf(run)).toContain("notes");
    }
    const open = tensor(1);
    expect(stillOpen(open)).toBe(open);
    // What is under a value can be read for ever.
    expect(primal(leaked).item()).toBe(1);
  });
});

it("rules are found by the integer id of an operator", () => {
  const names = indexById(
    Object.fromEntries(operatorNames.map((name) => [name, name])) as never,
    operatorNames,
  );
  for (const name of operatorNames) expect(names[operatorOf(name).id]).toBe(name);
});
