import type { Start } from "../point/begin.ts";
import { places } from "../point/estimates.ts";

/** How a column moves along the line of its colour. */
export interface Pace {
  readonly input: number;
  readonly entry: number;
  /** The distance that an offset of 1 moves it, a power of two; negative where there is room on that side only. */
  readonly speed: number;
  /** Whether it may move both ways, one way, or not at all. Columns of different kinds are kept on lines of their own. */
  readonly kind: "both" | "one" | "none";
}

/**
 * Paces at which an offset of 1 moves every column by about its own size, or as far as its bounds let it. A column at a
 * bound goes away from it, unless the method says which way.
 */
export function pacesOf({ point, coordinates, settings: { method } }: Start): Pace[] {
  return places(point.inputs).map(({ input, entry }) => {
    const { typical, lower, upper } = coordinates[input]!;
    const x = point.inputs[input]!.data[entry]!;
    const size = Math.max(Math.abs(x), typical[entry]!);
    const [behind, ahead] = [x - lower[entry]!, upper[entry]! - x];
    const narrow = Math.min(behind, ahead);
    const pace = (speed: number, kind: Pace["kind"]): Pace => ({ input, entry, speed, kind });
    if (method === "forward" || method === "backward") {
      const room = method === "forward" ? ahead : behind;
      return room > 0 ? pace(powerOfTwo(Math.min(size, room)), "one") : pace(0, "none");
    }
    const wide = Math.max(behind, ahead);
    if (wide === 0) return pace(0, "none");
    if (method === "central" || narrow > 2 ** -20 * Math.min(size, wide))
      return narrow > 0 ? pace(powerOfTwo(Math.min(size, narrow)), "both") : pace(0, "none");
    const speed = powerOfTwo(Math.min(size, wide));
    return pace(ahead >= behind ? speed : -speed, "one");
  });
}

function powerOfTwo(x: number): number {
  return 2 ** Math.floor(Math.log2(x));
}
