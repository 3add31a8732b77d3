import type { Line, Sample } from "./line.ts";

/**
 * An algorithm that looks at f along a line. It yields the offsets it wants to see next, all that it can tell, and
 * goes on with the samples; who runs it decides how f is called.
 */
export type Search<T> = Generator<readonly number[], T, readonly Sample[]>;

/** A search and the line that it follows. */
export interface Course<P, T> {
  readonly line: Line<P>;
  readonly search: Search<T>;
}

/** Calls f at some points, in one batch or one by one. */
export type Evaluate<P> = (points: readonly P[]) => readonly Float64Array[];

/** Runs searches to their ends in lockstep: what all of them want to see next is evaluated together. */
export function follow<P, T>(courses: readonly Course<P, T>[], evaluate: Evaluate<P>): T[] {
  const steps = courses.map(({ search }) => search.next());
  for (;;) {
    const rounds = courses.flatMap(({ line }, i) => {
      const step = steps[i]!;
      return step.done === true ? [] : [{ i, questions: step.value.map((offset) => line.ask(offset)) }];
    });
    if (rounds.length === 0) return steps.map((step) => step.value as T);
    const points = rounds.flatMap(({ questions }) => questions.flatMap((question) => question.points));
    const values = points.length === 0 ? [] : evaluate(points);
    let start = 0;
    for (const { i, questions } of rounds) {
      const samples = questions.map(({ points, answer }) =>
        answer(values.slice(start, (start += points.length))),
      );
      steps[i] = courses[i]!.search.next(samples);
    }
  }
}
