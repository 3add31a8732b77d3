import { type Shape, stridesOf } from "./shape.ts";

/** Axes longer than this show only their ends. */
const LONGEST_AXIS = 8;
const SHOWN_AT_END = 3;

/** A tensor as text, like NumPy's: nested brackets, one row a line, long axes abbreviated. */
export function formatTensor(shape: Shape, data: ArrayLike<number>): string {
  const strides = stridesOf(shape);
  const format = (axis: number, offset: number): string => {
    if (axis === shape.length) return formatNumber(data[offset]!);
    const length = shape[axis]!;
    const shown: string[] = [];
    for (let i = 0; i < length; i++) {
      if (length > LONGEST_AXIS && i === SHOWN_AT_END) {
        shown.push("…");
        i = length - SHOWN_AT_END;
      }
      shown.push(format(axis + 1, offset + i * strides[axis]!));
    }
    const separator =
      axis === shape.length - 1 ? ", " : `,${"\n".repeat(shape.length - 1 - axis)}${" ".repeat(axis + 1)}`;
    return `[${shown.join(separator)}]`;
  };
  return format(0, 0);
}

/** The shortest text that reads back as the same float64. */
function formatNumber(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}
