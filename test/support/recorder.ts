import { display, matches } from "./display.ts";

/** What a block's `// =>` comments claim, checked while the block runs. */
export interface Recorder {
  check(line: number, expected: string, evaluate: () => unknown): void;
  checkLater(line: number, expected: string, evaluate: () => Promise<unknown>): Promise<void>;
  /** What did not hold, and which claims were never reached. */
  failures(): string[];
}

export function recorder(file: string, lines: readonly number[]): Recorder {
  const failed: string[] = [];
  const reached = new Set<number>();
  const settle = (line: number, expected: string, found: Outcome): void => {
    reached.add(line);
    const message = compare(expected, found);
    if (message !== null) failed.push(`${file}:${line}: ${message}`);
  };
  return {
    check: (line, expected, evaluate) => {
      let found: Outcome;
      try {
        found = { value: evaluate() };
      } catch (error) {
        found = { error };
      }
      settle(line, expected, found);
    },
    checkLater: async (line, expected, evaluate) => {
      const found = await evaluate().then(
        (value): Outcome => ({ value }),
        (error: unknown): Outcome => ({ error }),
      );
      settle(line, expected, found);
    },
    failures: () => [
      ...failed,
      ...lines.filter((line) => !reached.has(line)).map((line) => `${file}:${line}: was never reached`),
    ],
  };
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

function compare(expected: string, found: Outcome): string | null {
  const code = /^throws (\w+)$/.exec(expected)?.[1];
  if ("error" in found) {
    const { code: actual, name, message } = found.error as Error & { code?: string };
    if (code !== undefined && code === (actual ?? name)) return null;
    return `expected ${expected}, threw ${actual ?? name}: ${message}`;
  }
  if (code === undefined && matches(found.value, expected)) return null;
  return `expected ${expected}, found ${display(found.value)}`;
}
