import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readMathJson, writeInfix, writeMathJson, type MathJson } from "./infix.ts";

/** A question for a library: a formula, and the variables to differentiate by, one after the other. */
export interface Question {
  readonly text: string;
  readonly by: readonly string[];
}

/** A library at a fixed version, and how it is asked; answers are in our notation, or as they came. */
export interface Library {
  readonly id: string;
  readonly title: string;
  readonly packages: readonly string[];
  readonly load: (folder: string) => Promise<(question: Question) => string>;
}

/** What is loaded from elsewhere has no types here. */
interface Engine {
  readonly derivative: (text: string, by: string) => { toString(options?: object): string };
  readonly run: (text: string) => string;
  readonly box: (json: MathJson) => Boxed;
}
interface Boxed {
  readonly json: MathJson;
  readonly evaluate: () => Boxed;
  readonly simplify: () => Boxed;
}

async function load(folder: string, name: string): Promise<Record<string, unknown>> {
  const path = createRequire(join(folder, "package.json")).resolve(name);
  const found = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  // A CommonJS module is the default export of what is imported.
  return { ...(found["default"] as object), ...found };
}

/** -x^-2 → -x^(-2); spaces do not matter. */
const tidy = (text: string): string => text.replace(/\^\s*-\s*([\w.]+)/g, "^(-$1)");

const nerdamer: Library = {
  id: "nerdamer",
  title: "nerdamer 1.1.13",
  packages: ["nerdamer@1.1.13"],
  load: async (folder) => {
    const engine = (await load(folder, "nerdamer/all.js"))["default"] as (text: string) => {
      toString(): string;
    };
    return ({ text, by }) => {
      const asked = by.reduce((inner, name) => `diff(${inner},${name})`, writeInfix(text, { sign: "sgn" }));
      return tidy(engine(asked).toString().replaceAll("sgn(", "sign("));
    };
  },
};

const computeEngine = (id: string, title: string, finish: (result: Boxed) => Boxed): Library => ({
  id,
  title,
  packages: ["@cortex-js/compute-engine@0.140.0"],
  load: async (folder) => {
    const { ComputeEngine } = await load(folder, "@cortex-js/compute-engine");
    return ({ text, by }) => {
      // An engine of its own for each question: what it assumes of a name must not carry over.
      const engine = new (ComputeEngine as new () => Pick<Engine, "box">)();
      const asked = by.reduce<MathJson>((inner, name) => ["D", inner, name], writeMathJson(text));
      return readMathJson(finish(engine.box(asked).evaluate()).json);
    };
  },
});

export const libraries: readonly Library[] = [
  {
    id: "mathjs",
    title: "math.js 15.2.0",
    packages: ["mathjs@15.2.0"],
    load: async (folder) => {
      const { create, all } = await load(folder, "mathjs");
      const engine = (create as (all: unknown) => Pick<Engine, "derivative">)(all);
      return ({ text, by }) => {
        const start = writeInfix(text, { log2: "log2", log10: "log10", cbrt: "cbrt" });
        return tidy(
          by.reduce((inner, name) => engine.derivative(inner, name).toString({ implicit: "show" }), start),
        );
      };
    },
  },
  nerdamer,
  {
    id: "algebrite",
    title: "algebrite 1.4.0",
    packages: ["algebrite@1.4.0"],
    load: async (folder) => {
      const engine = (await load(folder, "algebrite"))["default"] as Pick<Engine, "run">;
      const functions = { asin: "arcsin", acos: "arccos", atan: "arctan", asinh: "arcsinh", acosh: "arccosh", atanh: "arctanh", sign: "sgn" }; // prettier-ignore
      return ({ text, by }) => {
        const asked = by.reduce((inner, name) => `d(${inner},${name})`, writeInfix(text, functions));
        const answer = engine.run(asked);
        return tidy(answer.replaceAll("sgn(", "sign(").replaceAll("arc", "a"));
      };
    },
  },
  computeEngine("compute-engine", "compute-engine 0.140.0, D", (result) => result),
  computeEngine("compute-engine-simplify", "compute-engine 0.140.0, simplify(D)", (result) =>
    result.simplify(),
  ),
];
