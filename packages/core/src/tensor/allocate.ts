/**
 * Float64 storage for results.
 *
 * `new Float64Array(n)` costs one to five microseconds beyond 64 bytes; a view of a slab a tenth of that. What leaves
 * a differentiation operator is copied into storage of its own, so that a small result doesn't pin a slab.
 */
const SLAB_LENGTH = 8192;
const LARGEST_VIEW = 512;

let slab: ArrayBuffer = new ArrayBuffer(0);
let used: number = Infinity;

/** Zero-filled storage of n entries, possibly a view of a slab. */
export function allocate(n: number): Float64Array {
  if (n > LARGEST_VIEW) return new Float64Array(n);
  if (used + n > SLAB_LENGTH) {
    slab = new ArrayBuffer(8 * SLAB_LENGTH);
    used = 0;
  }
  const view = new Float64Array(slab, 8 * used, n);
  used += n;
  return view;
}
