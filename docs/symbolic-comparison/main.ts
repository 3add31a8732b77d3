// oxlint-disable unicorn/require-post-message-target-origin -- threads have no origin
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { askAll, type Reply } from "./ask.ts";
import { matrixQuestions, scalarCases } from "./cases.ts";
import { variablesOf } from "./judge.ts";
import { libraries, type Question } from "./libraries.ts";
import { renderPage, type LibraryResult, type Results } from "./page.ts";

/** What run.mjs passes on. */
export interface Options {
  readonly folder: string;
  readonly docs: string;
  readonly onlyFluxion: boolean;
}

/** Measures, and writes the results and the page after each library. */
export async function main({ folder, docs, onlyFluxion }: Options): Promise<void> {
  const file = join(docs, "symbolic-comparison", "results.json");
  const write = (results: Results): void => {
    writeFileSync(file, `${JSON.stringify(results, null, 1)}\n`);
    writeFileSync(join(docs, "symbolic-comparison.md"), renderPage(results));
  };
  if (onlyFluxion) write(JSON.parse(readFileSync(file, "utf8")) as Results);
  else await measure(folder, write);
}

async function measure(folder: string, write: (results: Results) => void): Promise<void> {
  const script = fileURLToPath(import.meta.url);
  writeFileSync(join(folder, "package.json"), "{}\n");
  const packages = [...new Set(libraries.flatMap((library) => library.packages))];
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", ...packages], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const scalars = scalarCases.map((each): Question => ({ text: each.text, by: variablesOf(each) }));
  const arrays = matrixQuestions.map(({ text, wrt }): Question => ({ text, by: [wrt] }));
  const measured: LibraryResult[] = [];
  for (const { id, title } of libraries) {
    process.stderr.write(`${title}\n`);
    const replies = await askAll(script, folder, id, [...scalars, ...arrays]);
    measured.push({
      id,
      title,
      scalars: replies
        .slice(0, scalars.length)
        .map((reply, k) => ({ question: questionText(scalars[k]!), ...reply })),
      arrays: replies.slice(scalars.length),
    });
    write({ node: process.versions.node, libraries: measured });
  }
}

export const questionText = ({ text, by }: Question): string => `${text} by ${by.join(", ")}`;

/** In a thread: answers what it is asked. */
async function answerQuestions(): Promise<void> {
  const { folder, library } = workerData as { readonly folder: string; readonly library: string };
  const ask = await libraries.find(({ id }) => id === library)!.load(folder);
  parentPort!.on("message", (question: Question) => {
    try {
      parentPort!.postMessage({ answer: ask(question) } satisfies Reply);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      parentPort!.postMessage({ error: message.split("\n")[0]!.slice(0, 120) } satisfies Reply);
    }
  });
}

if (!isMainThread && (workerData as { readonly library?: string } | null)?.library !== undefined)
  await answerQuestions();
