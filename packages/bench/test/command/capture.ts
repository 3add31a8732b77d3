import { Writable } from "node:stream";
import { main } from "../../src/command/index.ts";

/** What a run of the command wrote, and its exit status. */
export interface Captured {
  readonly status: number;
  readonly out: string;
  readonly error: string;
}

/** Runs the command with standard output and standard error caught. */
export async function fluxion(...args: string[]): Promise<Captured> {
  const [out, error] = [collector(), collector()];
  const status = await main(args, { out: out.stream, error: error.stream });
  return { status, out: out.text(), error: error.text() };
}

function collector(): { readonly stream: Writable; readonly text: () => string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write: (chunk, _, done) => {
      chunks.push(String(chunk));
      done();
    },
  });
  return { stream, text: () => chunks.join("") };
}
