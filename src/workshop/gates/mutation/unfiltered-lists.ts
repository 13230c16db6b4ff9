/**
 * Mutants of bodies that list rows of something that has states, whichever they are in: as if only those in the first were asked for. Why: a condition that was
 * forgotten has no text to make a mutant of; but where rows in another state are in no example, nobody has said that they are meant.
 */
import { type Contract, hasBody, type PermanentId } from '#kernel';
import type { ReadComponent } from '#model';
import { firstStateOf } from './first-state.ts';
import type { Trying } from './trying.ts';

/** One list call: its entity, what stands before what it asks, and that. */
const CALL = /\bdata\.(\w+)\.list\(\s*(\{\s*filters:\s*\[|\{|\))/g;

export function unfilteredLists(
  component: ReadComponent,
  old: string | undefined,
  entityOf: (id: PermanentId) => Contract | undefined,
): readonly Trying[] {
  const { code, contract } = component;
  if (code === undefined || !hasBody(contract)) return [];
  const reachable = new Map(
    contract.capabilities.flatMap((one) => {
      const entity = one.kind === 'data' ? entityOf(one.entity) : undefined;
      return entity?.kind !== 'entity' ? [] : [[entity.name, entity] as const];
    }),
  );
  return [...code.matchAll(CALL)].flatMap((match): readonly Trying[] => {
    const [text, name = '', opens = ''] = match;
    const entity = reachable.get(name);
    const whole = callAt(code, match.index);
    if (entity === undefined || whole === undefined || old?.includes(whole) === true) return [];
    const isFiltered = opens.includes('filters');
    // Filters that are made elsewhere may say anything.
    if (!isFiltered && /\bfilters\b|\.\.\./.test(whole)) return [];
    return entity.fields.flatMap((field): readonly Trying[] => {
      const choice = firstStateOf(field);
      if (choice === undefined || new RegExp(`['"\`]${field.name}['"\`]`).test(whole)) return [];
      const filter = `{ field: '${field.name}', op: 'eq', value: '${choice.name}' }`;
      const put = isFiltered
        ? `${text}${filter}, `
        : opens === ')'
          ? `${text.slice(0, -1)}{ filters: [${filter}] })`
          : `${text}filters: [${filter}], `;
      const line = code.slice(0, match.index).split('\n').length;
      return [
        {
          branch: `list of ${entity.plural} line ${line}`,
          place: `${component.path}:${line}`,
          what: `only where ${field.name} is ${choice.name}`,
          missing: `that ${entity.plural} are meant whose ${field.name} is not ${choice.name}: show one, or leave them out`,
          apart: true,
          component: { ...component, code: code.slice(0, match.index) + put + code.slice(match.index + text.length) },
        },
      ];
    });
  });
}

/** The call from here to the bracket that closes it. */
function callAt(code: string, from: number): string | undefined {
  let depth = 0;
  for (let at = code.indexOf('(', from); at >= 0 && at < code.length; at += 1) {
    if (code[at] === '(') depth += 1;
    if (code[at] === ')' && --depth === 0) return code.slice(from, at + 1);
  }
  return undefined;
}
