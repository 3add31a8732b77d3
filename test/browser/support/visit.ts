import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** A page with all that it said and asked for since it was opened. */
export interface Visit {
  readonly page: Page;
  /** Errors and warnings on the console, exceptions, and dialogs. */
  readonly complaints: string[];
  /** Addresses that were asked for, the page's own first; those inside the page (`data:`) left out. */
  readonly requests: string[];
}

/** Opens an address; what the page asks for beyond `allowed` is refused, and recorded all the same. */
export async function visit(
  browser: Browser,
  address: string,
  allowed: readonly string[] = [],
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const page = await browser.newPage(options);
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith("data:")) requests.push(request.url());
  });
  const mayLoad = new Set([address, ...allowed]);
  await page.route(
    (url) => !mayLoad.has(url.href),
    (route) => route.abort(),
  );
  await page.goto(address);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  return { page, complaints, requests };
}
