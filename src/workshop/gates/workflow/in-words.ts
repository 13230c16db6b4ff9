/** A way through a workflow as a person reads it: "draft, submit -> open, cancel -> cancelled, ship -> shipped". */
import type { Machine } from './machine.ts';
import { type Reached, wayTo } from './paths.ts';
import type { Explored } from './search.ts';

export function inWords(explored: Explored, reached: Reached, state: number): string {
  const { machine } = explored;
  const monitors = new Set(machine.monitors.map(({ variable }) => variable));
  let before: Int32Array | undefined;
  return wayTo(explored, reached, state)
    .map(({ state: at, by }) => {
      const now = explored.valuesOf(at).slice();
      const was = before;
      before = now;
      if (was === undefined || by === undefined) return startInWords(machine, now, monitors);
      const move = machine.moves[by];
      const changed = machine.variables.flatMap(({ values }, variable) =>
        !monitors.has(variable) && (was[variable] !== now[variable] || move?.sets.some(([set]) => set === variable) === true)
          ? [values[now[variable] ?? 0] ?? '']
          : [],
      );
      return `${move?.of === undefined ? '' : `${move.of}: `}${move?.name ?? ''} -> ${changed.join(' and ')}`;
    })
    .join(', ');
}
function startInWords({ variables }: Machine, values: Int32Array, monitors: ReadonlySet<number>): string {
  const [state, ...rest] = variables.flatMap(({ name, values: named }, at) =>
    monitors.has(at) ? [] : [{ name, value: named[values[at] ?? 0] ?? '' }],
  );
  const facts = rest.map(({ name, value }) => `${name} ${value}`).join(', ');
  return `${state?.value ?? ''}${facts === '' ? '' : ` (${facts})`}`;
}
