import { fromData, tensor } from "@fluxion/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { derive, parse, simplify } from "../../src/index.ts";
import { checkCase, expectClose } from "../support/numeric.ts";

const runs = Number(process.env["FLUXION_RUNS"] ?? 50);

const shapes = { x: ["n"], a: ["n"], A: ["n", "n"], X: ["m", "n"], t: [] } as const;

describe("the product of all entries", () => {
  it.each([
    ["prod(x)", "x", "(prod(x)./x)'"],
    ["prod(X)", "X", "prod(X)./X"],
    ["prod(A*x)", "x", "(prod(A*x)./(A*x))'*A"],
    ["prod(a.*x)", "x", "(prod(a.*x)./x)'"],
    ["prod(diag(A))", "A", "diag(prod(diag(A))./diag(A))"],
    ["prod(exp(x))", "x", "exp(sum(x))*ones(n)'"],
  ] as const)("%s by %s", (text, wrt, prints) => {
    const used = Object.entries(shapes).filter(([name]) => new RegExp(`(?<!\\w)${name}(?!\\w)`).test(text));
    checkCase({ text, wrt, shapes: Object.fromEntries(used), prints });
  });

  it("to order 2", () => {
    checkCase({ text: "prod(x)", wrt: "x", shapes: { x: ["n"] }, order: 2, prints: "prod(x)./x*(1 ./ x)' - diag(prod(x)./x.^2)" }); // prettier-ignore
    checkCase({ text: "prod(A*x)", wrt: "x", shapes: { A: ["n", "n"], x: ["n"] }, order: 2 });
  });

  it("has the derivative by an entry that is the product of the others, where no entry is 0", () => {
    const derived = derive("prod(x)", { wrt: "x", shapes });
    expect(derived.conditions).toEqual(["x ~= 0"]);
    const entry = fc.double({ min: 0.1, max: 3, noNaN: true }).chain((size) => fc.constantFrom(size, -size));
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 6 }), (entries) => {
        const wanted = entries.map((_, k) => entries.filter((_, other) => other !== k).reduce((a, b) => a * b, 1));
        expectClose(derived.evaluate({ x: tensor(entries) }).data, Float64Array.from(wanted), 1e-13, "prod");
      }),
      { numRuns: runs },
    );
  }); // prettier-ignore

  it("is what core has", () => {
    const x = tensor([2, 3, 4]);
    expect(parse("prod(x)", { shapes }).evaluate({ x }).item()).toBe(24);
    expect(parse("prod(x)", { shapes }).toTypeScript()).toContain("prod(");
    expect(parse("prod(X)", { shapes }).evaluate({ X: fromData(Float64Array.of(1, 2, 3, 4), [2, 2]) }).item()).toBe(24); // prettier-ignore
    expect(derive("prod(t*ones(n))", { wrt: "t", shapes }).toString()).toBe("n*t^(n - 1)");
    expect(simplify("prod(0*x) + det(0*A)", { shapes }).toString()).toBe("0");
    expect(simplify("prod(t)", { shapes }).toString()).toBe("t");
    expect(simplify("prod(t*ones(n))*prod(x)/prod(x)", { shapes }).toString()).toBe("t^n");
  });
});
