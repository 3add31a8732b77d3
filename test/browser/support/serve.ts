import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A server on the loopback interface. */
export interface Server {
  /** With a slash at its end. */
  readonly address: string;
  readonly close: () => Promise<void>;
}

/**
 * Serves these scripts and pages, by name, the page named "" at the address itself; everything else is not found. Pages may run the server's own scripts and nothing else: no
 * inline script, no `eval`, no `new Function`.
 */
export async function serve(files: ReadonlyMap<string, string>): Promise<Server> {
  const server = createServer(({ url }, response) => {
    const name = (url ?? "").slice(1);
    const content = files.get(name);
    const type = name.endsWith(".js") ? "text/javascript" : "text/html";
    response.setHeader("content-type", `${type}; charset=utf-8`);
    response.setHeader(
      "content-security-policy",
      "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'",
    );
    response.statusCode = content === undefined ? 404 : 200;
    response.end(content ?? "");
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
