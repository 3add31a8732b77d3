import * as core from "@fluxion/core";
import type { Tensor } from "@fluxion/core";
import { parse, type Expression } from "../../src/index.ts";
import type { Shapes } from "./numeric.ts";

/** What names stand for while a text is evaluated. */
export interface World {
  readonly shapes: Shapes;
  readonly values: Readonly<Record<string, Tensor | number>>;
}

/** A part of a text in index notation: its value, given a value for every index. */
interface Part {
  readonly at: (indices: ReadonlyMap<string, number>) => number;
  /** Axes of arrays that the part reads, by index. */
  readonly lengths: ReadonlyMap<string, number>;
}

/** The entries of a text such as `sum[j](A[i,j]*x[j])` for all values of the given indices, the last running fastest. */
export function evaluateIndexedText(
  text: string,
  letters: readonly string[],
  world: World,
  known: ReadonlyMap<string, number> = new Map(),
): Float64Array {
  const part = new Reader(text, world, known).whole();
  let places: ReadonlyMap<string, number>[] = [new Map()];
  for (const letter of letters) {
    const length = part.lengths.get(letter) ?? known.get(letter);
    if (length === undefined) throw new Error(`${text}: nothing tells the length of ${letter}`);
    places = places.flatMap((place) => Array.from({ length }, (_, k) => new Map([...place, [letter, k]])));
  }
  return Float64Array.from(places, (place) => part.at(place));
}

/** A text without indices, in matrix notation. */
export function evaluatePlainText(text: string, { shapes, values }: World): Tensor {
  const known = parsed.get(shapes) ?? new Map<string, Expression>();
  const expression = known.get(text) ?? parse(text, { shapes });
  known.set(text, expression);
  parsed.set(shapes, known);
  return expression.evaluate(values);
}

/** Texts are evaluated at many points. */
const parsed = new WeakMap<Shapes, Map<string, Expression>>();

/** A reader of its own, that shares nothing with what prints. */
class Reader {
  #at = 0;
  readonly #text: string;
  readonly #world: World;
  /** Lengths of indices, by the arrays that have them. */
  readonly #lengths: Map<string, number>;

  constructor(text: string, world: World, known: ReadonlyMap<string, number>) {
    this.#text = text;
    this.#world = world;
    this.#lengths = new Map(known);
  }

  whole(): Part {
    const part = this.#sum();
    if (this.#at < this.#text.length)
      throw new Error(`${this.#text}: unread from ${this.#text.slice(this.#at)}`);
    return part;
  }

  #next(pattern: RegExp): string | undefined {
    const sticky = new RegExp(`\\s*(${pattern.source})`, "y");
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.#text);
    if (found === null) return undefined;
    this.#at = sticky.lastIndex;
    return found[1]!;
  }

  #expect(pattern: RegExp): string {
    const found = this.#next(pattern);
    if (found === undefined)
      throw new Error(`${this.#text}: expected ${pattern} at ${this.#text.slice(this.#at)}`);
    return found;
  }

  #sum(): Part {
    let left = this.#product();
    for (;;) {
      const operator = this.#next(/[+-]/);
      if (operator === undefined) return left;
      left =
        operator === "+"
          ? join(left, this.#product(), (a, b) => a + b)
          : join(left, this.#product(), (a, b) => a - b);
    }
  }

  #product(): Part {
    let left = this.#signed();
    for (;;) {
      const operator = this.#next(/[*/]/);
      if (operator === undefined) return left;
      left =
        operator === "*"
          ? join(left, this.#signed(), strongTimes)
          : join(left, this.#signed(), (a, b) => a / b);
    }
  }

  #signed(): Part {
    if (this.#next(/-/) === undefined) return this.#power();
    const { at, lengths } = this.#signed();
    return { at: (indices) => -at(indices), lengths };
  }

  #power(): Part {
    const base = this.#atom();
    return this.#next(/\^/) === undefined ? base : join(base, this.#signed(), (a, b) => a ** b);
  }

  #atom(): Part {
    const number = this.#next(/\d+(?:\.\d+)?/);
    if (number !== undefined) return constant(Number(number));
    const start = this.#at;
    const name = this.#next(/[A-Za-z_]\w*/);
    if (name === "sum" && this.#text[this.#at] === "[") return this.#sigma();
    if (name !== undefined && this.#text[this.#at] === "[") return this.#entry(name);
    if (name !== undefined && this.#text[this.#at] !== "(") return this.#closed(start);
    const close = matching(this.#text, this.#text.indexOf("(", this.#at));
    const inside = this.#text.slice(this.#at, close + 1);
    // A scalar product or a function without indices stands in matrix notation.
    if (!inside.includes("[")) {
      this.#at = close + 1;
      return this.#text[this.#at] === "[" ? this.#subscripted(start) : this.#closed(start);
    }
    this.#expect(/\(/);
    const operands = [this.#sum()];
    while (this.#next(/,/) !== undefined) operands.push(this.#sum());
    this.#expect(/\)/);
    return name === undefined ? operands[0]! : apply(name, operands);
  }

  /** What was read from here is a scalar; arrays without indices stand in parentheses, or it would not be clear how far they go. */
  #closed(start: number): Part {
    return constant(evaluatePlainText(this.#text.slice(start, this.#at), this.#world).item());
  }

  #letters(): readonly string[] {
    this.#expect(/\[/);
    const letters = this.#expect(/[^\]]*/)
      .split(",")
      .map((letter) => letter.split(":")[0]!.trim());
    this.#expect(/\]/);
    return letters;
  }

  #sigma(): Part {
    const letters = this.#letters();
    this.#expect(/\(/);
    const { at, lengths } = this.#sum();
    this.#expect(/\)/);
    const total = (indices: ReadonlyMap<string, number>, depth: number): number => {
      if (depth === letters.length) return at(indices);
      const length = lengths.get(letters[depth]!)!;
      return Array.from({ length }, (_, k) =>
        total(new Map([...indices, [letters[depth]!, k]]), depth + 1),
      ).reduce((a, b) => a + b, 0);
    };
    return { at: (indices) => total(indices, 0), lengths };
  }

  #entry(name: string): Part {
    const letters = this.#letters();
    return name === "delta"
      ? this.#delta(letters)
      : this.#learn(entryOf(evaluatePlainText(name, this.#world), letters));
  }

  /** delta[i,j], or delta[p,(i,j)] where p stands for the pair (i, j), j running fastest. */
  #delta(letters: readonly string[]): Part {
    const [first, ...others] = letters.map((letter) => letter.replace(/[()]/, "")) as [string, ...string[]];
    const at = (indices: ReadonlyMap<string, number>): number => {
      const place = others.reduce((whole, letter, k) => (k === 0 ? 0 : whole * this.#lengths.get(letter)!) + indices.get(letter)!, 0); // prettier-ignore
      return indices.get(first) === place ? 1 : 0;
    };
    return { at, lengths: new Map() };
  }

  #learn(part: Part): Part {
    for (const [letter, length] of part.lengths) this.#lengths.set(letter, length);
    return part;
  }

  #subscripted(start: number): Part {
    const tensor = evaluatePlainText(this.#text.slice(start, this.#at), this.#world);
    const letters = this.#letters();
    return tensor.rank === 0 ? constant(tensor.item()) : this.#learn(entryOf(tensor, letters));
  }
}

const constant = (value: number): Part => ({ at: () => value, lengths: new Map() });

const strongTimes = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);

const join = (left: Part, right: Part, make: (a: number, b: number) => number): Part => ({
  at: (indices) => make(left.at(indices), right.at(indices)),
  lengths: new Map([...left.lengths, ...right.lengths]),
});

function entryOf(tensor: Tensor, letters: readonly string[]): Part {
  if (tensor.rank !== letters.length) throw new Error(`${letters.length} indices for ${tensor.rank} axes`);
  return {
    at: (indices) => {
      const position = letters.reduce((k, letter, axis) => k * tensor.shape[axis]! + indices.get(letter)!, 0);
      return tensor.data[position]!;
    },
    lengths: new Map(letters.map((letter, axis) => [letter, tensor.shape[axis]!])),
  };
}

function apply(name: string, operands: readonly Part[]): Part {
  const f = (core as unknown as Record<string, (...numbers: number[]) => Tensor>)[name];
  if (f === undefined) throw new Error(`${name} is no operator`);
  return {
    at: (indices) => f(...operands.map(({ at }) => at(indices))).item(),
    lengths: new Map(operands.flatMap(({ lengths }) => [...lengths])),
  };
}

/** Where the parenthesis that opens here is closed. */
function matching(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === "(") depth++;
    if (text[at] === ")" && --depth === 0) return at;
  }
  throw new Error(`${text}: unbalanced`);
}
