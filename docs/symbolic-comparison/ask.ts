// oxlint-disable unicorn/require-post-message-target-origin -- threads have no origin
import { Worker } from "node:worker_threads";
import type { Question } from "./libraries.ts";

/** What a library said, or why it said nothing. */
export interface Reply {
  readonly answer?: string;
  readonly error?: string;
}

/** Longer than any of them takes for any of these, unless it does not end. */
const PATIENCE = 120_000;

/** Asks a library in a thread of its own, which is ended where no answer comes in time. */
export async function askAll(
  script: string,
  folder: string,
  library: string,
  questions: readonly Question[],
): Promise<readonly Reply[]> {
  const replies: Reply[] = [];
  let worker: Worker | undefined;
  for (const question of questions) {
    worker ??= new Worker(script, { workerData: { folder, library } });
    const reply = await askOne(worker, question);
    if (reply === undefined) {
      await worker.terminate();
      worker = undefined;
    }
    replies.push(reply ?? { error: `no answer in ${PATIENCE / 1000} s` });
  }
  await worker?.terminate();
  return replies;
}

function askOne(worker: Worker, question: Question): Promise<Reply | undefined> {
  return new Promise((resolve) => {
    const finish = (reply: Reply | undefined): void => {
      clearTimeout(timer);
      worker.off("message", onMessage);
      worker.off("error", onError);
      resolve(reply);
    };
    const onMessage = (reply: Reply): void => finish(reply);
    const onError = (): void => finish(undefined);
    const timer = setTimeout(() => finish(undefined), PATIENCE);
    worker.on("message", onMessage);
    worker.on("error", onError);
    worker.postMessage(question);
  });
}
