import type { Tensor } from "@fluxion/core";

/** What a package finds wherever it runs, as plain data that a browser can hand over. */
export interface Found {
  /** Made of + − × ÷ and √ alone: every engine gives the same bits. */
  readonly arithmetic: Readonly<Record<string, readonly number[]>>;
  /** Made of Math's functions too, which engines round as they like. */
  readonly functions: Readonly<Record<string, readonly number[]>>;
  readonly texts: Readonly<Record<string, string>>;
}

export const numbers = (...tensors: readonly Tensor[]): number[] => tensors.flatMap(({ data }) => [...data]);
