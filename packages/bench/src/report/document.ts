import { parseHTML } from "linkedom";

/** An attribute's value; false leaves it out. */
type Attributes = Readonly<Record<string, string | number | false>>;
export type Child = Node | string;

/** What stands in a table, and the class of its look. */
export interface TableCell {
  readonly content: Child;
  readonly look?: string | false;
}

/** Makes elements of one document; text becomes text nodes, so nothing that is shown can become markup. */
export interface Builder {
  readonly document: Document;
  readonly element: (name: string, attributes: Attributes, ...children: readonly Child[]) => HTMLElement;
  /** Markup of our own making (KaTeX, plots), as it is. */
  readonly markup: (name: string, attributes: Attributes, html: string) => HTMLElement;
  /** A table that scrolls by itself where it is too wide; its first columns are text, the others numbers. */
  readonly table: (
    columns: readonly string[],
    rows: readonly (readonly TableCell[])[],
    textColumns: number,
  ) => HTMLElement;
}

/** A builder for a new, empty document. */
export function builder(title: string): Builder {
  const { document } = parseHTML('<!doctype html><html lang="en"><head></head><body></body></html>');
  const element: Builder["element"] = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== false) made.setAttribute(key, String(value));
    }
    made.append(...children);
    return made;
  };
  const markup: Builder["markup"] = (name, attributes, html) => {
    const made = element(name, attributes);
    made.innerHTML = html;
    return made;
  };
  const table: Builder["table"] = (columns, rows, textColumns) => {
    const look = (index: number, own: string | false | undefined): string | false =>
      index < textColumns ? "text" : (own ?? false);
    const head = columns.map((column, index) => element("th", { class: look(index, false) }, column));
    const body = rows.map((cells) => {
      // A group of rows shares the text in its first column.
      const first = cells[0]!.content !== "" && rows.some((others) => others[0]!.content === "");
      const data = cells.map((cell, index) => element("td", { class: look(index, cell.look) }, cell.content));
      return element("tr", { class: first && "first" }, ...data);
    });
    const parts = [element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body)];
    return element("div", { class: "scroll" }, element("table", {}, ...parts));
  };
  document.head.append(
    element("meta", { charset: "utf-8" }),
    element("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    element("title", {}, escaped(title)),
  );
  return { document, element, markup, table };
}

/** linkedom writes the text of a title as it is, where `</title>` would end it. */
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
