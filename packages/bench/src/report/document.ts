import { parseHTML } from "linkedom";

/** An attribute's value; false leaves it out. */
type Attributes = Readonly<Record<string, string | number | false>>;
export type Child = Node | string;

/** Makes elements of one document; text becomes text nodes, so nothing that is shown can become markup. */
export interface Builder {
  readonly document: Document;
  readonly element: (name: string, attributes: Attributes, ...children: readonly Child[]) => HTMLElement;
  /** Markup of our own making (KaTeX, plots), as it is. */
  readonly markup: (name: string, attributes: Attributes, html: string) => HTMLElement;
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
  document.head.append(
    element("meta", { charset: "utf-8" }),
    element("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    element("title", {}, title),
  );
  return { document, element, markup };
}
