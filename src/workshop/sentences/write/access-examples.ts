/** Examples of who sees and changes which rows: one row that meets all, and for each condition one that just does not. */
import type { ExampleStep } from '#model';
import type { Draft } from '../expect.ts';
import { articleFor } from '../inflection.ts';
import { labelOf } from '../names.ts';
import type { Condition, Held, RequestOf } from '../request.ts';
import { type Drafting, EXAMPLE_DAY, fieldsOf, sampleRow, sampleValue, stepsOf } from './drafts.ts';
import { exampleCaller, type Named } from './field-examples.ts';
import { makeAll, setAt } from './meeting.ts';

const one = (name: string): string => `${articleFor(labelOf(name))} ${labelOf(name)}`;
/** More roles than this show nothing new; those that may do most stand first. */
const MOST_ROLES = 2;

export function accessExamples(d: Drafting, request: RequestOf<'access'>): readonly Named[] {
  const made: Named[] = [];
  const today: readonly ExampleStep[] = JSON.stringify(request).includes('"today"') ? [{ today: EXAMPLE_DAY }] : [];
  const add = (name: string, draft: Draft, step: ExampleStep): void => void made.push({ name, steps: [...today, ...stepsOf(draft), step] });
  for (const role of request.roles.slice(-MOST_ROLES)) {
    for (const part of ['sees', 'changes'] as const) {
      const held = request[part];
      if (held === undefined) continue;
      const does = part === 'sees' ? 'sees' : 'changes';
      const step = (draft: Draft, allowed: boolean): ExampleStep =>
        part === 'sees'
          ? { read: draft.name, by: role, then: allowed ? shown(draft) : { refused: 'not-found' } }
          : {
              update: draft.name,
              by: role,
              with: harmless(d, draft, held),
              then: allowed ? harmless(d, draft, held) : { refused: 'forbidden' },
            };
      if (held === 'all') {
        const draft = sampleRow(d, request.entity);
        add(`${one(role)} ${does} any ${labelOf(request.entity)}`, draft, step(draft, true));
        continue;
      }
      const mine = row(d, request.entity, role, held);
      if (mine !== undefined) add(`${one(role)} ${does} ${one(request.entity)} that meets the rule`, mine, step(mine, true));
      if (held.own !== undefined) {
        const theirs = row(d, request.entity, 'somebody else', held);
        if (theirs !== undefined) add(`${one(role)} ${does} no ${labelOf(request.entity)} of others`, theirs, step(theirs, false));
      }
      for (const broken of held.where) {
        const missed = row(d, request.entity, role, held, broken);
        if (missed !== undefined) add(`${one(role)} ${does} no other ${labelOf(request.entity)}`, missed, step(missed, false));
      }
    }
  }
  return made;
}
function row(d: Drafting, entity: string, role: string, held: Held, broken?: Condition): Draft | undefined {
  const draft = sampleRow(d, entity);
  if (!makeAll(d, draft, held.where, broken)) return undefined;
  return held.own === undefined || setAt(d, draft, held.own.path, exampleCaller(role, held.own.as)) ? draft : undefined;
}
/** Something of the row that it was given. */
const shown = (draft: Draft): { readonly [field: string]: string | number | boolean } =>
  Object.fromEntries(
    Object.entries(draft.values)
      .flatMap(([field, value]) => (value === null ? [] : [[field, value] as const]))
      .slice(0, 1),
  );
/** A change that neither moves the row out of the rule nor needs anything else. */
function harmless(d: Drafting, draft: Draft, held: Held | 'all'): { readonly [field: string]: string | number | boolean } {
  const used = JSON.stringify(held);
  const free = fieldsOf(d, draft.entity).find(
    (field) =>
      ['text', 'date', 'email'].includes(field.type.kind) &&
      field.derived === undefined &&
      !field.sensitive &&
      !used.includes(`"${field.name}"`),
  );
  const value = free === undefined ? undefined : sampleValue(free, 4, draft.name);
  return free === undefined || value === undefined ? {} : { [free.name]: value };
}
