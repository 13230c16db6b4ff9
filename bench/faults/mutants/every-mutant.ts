/**
 * Mutants of the good candidates: each is one of them with one thing made wrong, by mutators of the bench's own that know nothing of the gates. Only what the
 * good candidate brought is altered; `creep` alters what it left alone. The same seed gives the same mutants.
 */
import type { SystemModel } from '#model';
import { goodCandidates, type GoodCandidate } from '../good/every-good.ts';
import { bases } from '../hand/every-candidate.ts';
import { imported, type Files } from '../hand/support/texts.ts';
import { readable, withFiles } from '../try-candidate.ts';
import { wrongCapabilities, wrongContract, wrongSchema } from './declarations.ts';
import { appliedTo, definitionOf, type Edit, inNewLines, isNode, nameOf, type Placed, placedIn, propertyOf, valueOf } from './edit.ts';
import { inBody, inFormula, wrongCode } from './formulas.ts';
import { weakTests } from './weak-tests.ts';

export type MutantKind = 'rules' | 'operations' | 'schemas' | 'contracts' | 'capabilities' | 'tests' | 'creep';
export interface Mutant extends Omit<GoodCandidate, 'kind'> {
  readonly kind: MutantKind;
  readonly of: GoodCandidate;
  /** It alters only what counts where a field is absent that never is. */
  readonly neverMet?: true;
}

/** So many of one good candidate and kind, drawn by seed: no candidate weighs more than the others. */
const MOST_OF_ONE: { readonly [Kind in MutantKind]: number } = {
  rules: 14,
  operations: 16,
  schemas: 3,
  contracts: 4,
  capabilities: 3,
  tests: 2,
  creep: 1,
};

interface Drawn {
  readonly files: Files;
  readonly what: string;
  readonly neverMet?: true;
}

export function mutantsOf(good: GoodCandidate, random: () => number): readonly Mutant[] {
  return [...drawnOf(good)].flatMap(([kind, list]) =>
    shuffled(list, random)
      .filter(({ files }) => JSON.stringify(files) !== JSON.stringify(good.files))
      .slice(0, MOST_OF_ONE[kind])
      .map(({ what, ...drawn }): Mutant => ({ ...good, id: `${kind}: ${good.id}: ${what}`, kind, of: good, ...drawn })),
  );
}

/** All that is made wrong in the code that a good candidate brought; its tests as they are. */
export const wrongCodeOf = (good: GoodCandidate): readonly Files[] =>
  [...drawnOf(good)].flatMap(([kind, list]) => (kind === 'tests' || kind === 'creep' ? [] : list.map(({ files }) => files)));

function drawnOf(good: GoodCandidate): ReadonlyMap<MutantKind, readonly Drawn[]> {
  const { model } = readable(withFiles(good.base, good.files));
  const drawn = new Map<MutantKind, Drawn[]>();
  const take = (kind: MutantKind, path: string, text: string | null, what: string, neverMet = false): void => {
    const list = drawn.get(kind) ?? [];
    drawn.set(kind, list);
    list.push({ files: { ...good.files, [path]: text }, what: `${path.replace(/^.*\//, '')}: ${what}`, ...(neverMet ? { neverMet } : {}) });
  };
  for (const [path, text] of Object.entries(good.files)) {
    const before = (bases[good.base] as Files)[path] ?? undefined;
    if (text === null) continue;
    if (path.endsWith('.test.ts'))
      for (const weak of weakTests(path, text, before)) take('tests', path, weak.text ?? before ?? null, weak.what);
    else if (path.endsWith('.ts'))
      for (const { kind, edit, neverMet } of wrong(path, text, model)) {
        const isNew = inNewLines(text, before)(edit);
        // A new component may have any id.
        if (isNew && edit.what === 'another id') continue;
        take(isNew ? kind : 'creep', path, imported(appliedTo(text, edit)), edit.what, neverMet);
      }
  }
  return drawn;
}

interface Wrong {
  readonly kind: MutantKind;
  readonly edit: Edit;
  readonly neverMet?: boolean;
}
function wrong(path: string, text: string, model: SystemModel): readonly Wrong[] {
  const placed = placedIn(path, text);
  const definition = definitionOf(placed);
  const hasBody = /^(operations|reactions|jobs)\//.test(path);
  const of = (kind: MutantKind, edits: readonly Edit[], neverMet: (edit: Edit) => boolean = () => false): readonly Wrong[] =>
    edits.map((edit) => ({ kind, edit, neverMet: neverMet(edit) }));
  const on = model.entities.find(({ name }) => name === valueOf(propertyOf(definition, 'on'))?.['value']);
  const always = new Set(on?.fields.flatMap(({ name, required }) => (required ? [name] : [])));
  return [
    ...placed.flatMap((each) => [
      ...(hasBody
        ? inBody(each)
          ? of('operations', wrongCode(text, each, model), (edit) => isNeverMet(each, edit, always))
          : []
        : inFormula(each)
          ? of('rules', wrongCode(text, each, model))
          : []),
      ...of('schemas', wrongSchema(text, each, model)),
    ]),
    ...(definition === undefined
      ? []
      : [...of('contracts', wrongContract(text, definition, model)), ...of('capabilities', wrongCapabilities(text, definition, model))]),
  ];
}

export const everyMutant = (random: () => number): readonly Mutant[] => goodCandidates.flatMap((good) => mutantsOf(good, random));

export function shuffled<Value>(list: readonly Value[], random: () => number): readonly Value[] {
  return list
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

/** Right of `row.field ?? `, or that whole, where the field is always there. */
function isNeverMet({ node, around }: Placed, { what }: Edit, always: ReadonlySet<string>): boolean {
  return [node, ...around].some((one) => {
    if (one.type !== 'LogicalExpression' || one['operator'] !== '??') return false;
    const [left, right] = [one['left'], one['right']];
    if (
      !isNode(left) ||
      !isNode(right) ||
      left.type !== 'MemberExpression' ||
      nameOf(left['object']) !== 'row' ||
      !always.has(nameOf(left))
    )
      return false;
    return one === node ? what === 'the right half is gone' : node === right || around.includes(right);
  });
}
