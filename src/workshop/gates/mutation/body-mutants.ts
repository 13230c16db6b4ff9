/** Mutants of the changed branches of a body behind switches: by Stryker's instrumenter in one text, of numbers and of what stands in for absent values in another. */
import { Fault } from '#kernel';
import { type CodeFacts, componentKey, type ReadComponent } from '#model';
import type { CodeMutant, Mutated, ValueMutant } from '#ports';
import type { ChangedComponent } from '../differences.ts';
import type { Engines, GateInput } from '../gate.ts';
import { standsIn } from './stands-in.ts';
import type { Trying } from './trying.ts';

export async function bodyMutants(
  change: ChangedComponent,
  component: ReadComponent,
  candidate: GateInput,
  base: GateInput,
  engines: Engines,
): Promise<readonly Trying[]> {
  if (component.code === undefined || component.code === change.old?.code) return [];
  const facts = async (input: GateInput, path: string | undefined): Promise<Pick<CodeFacts, 'branches' | 'noted'>> => {
    const text = path === undefined ? undefined : input.files[path];
    if (text === undefined || path === undefined) return nothing;
    const found = (await engines.reader.inspect({ [path]: text })) as unknown as { readonly [path: string]: CodeFacts };
    return found[path] ?? nothing;
  };
  const { branches, noted } = await facts(candidate, component.path);
  const old = change.old;
  const known = new Set(
    (await facts(base, old?.path)).branches.map(
      (branch) => `${branch.name} ${(base.files[old?.path ?? ''] ?? '').slice(branch.start, branch.end)}`,
    ),
  );
  const changed = branches.filter(
    (branch) => !known.has(`${branch.name} ${(candidate.files[component.path] ?? '').slice(branch.start, branch.end)}`),
  );
  const { code, mutants, values } = await mutated(engines, component.code);
  const key = componentKey(component.kind, component.name);
  const lines = new Set((old?.code ?? '').split('\n').map(shapeOf));
  const trying = (mutant: CodeMutant, switched: ReadComponent, missing: (was: string) => string | undefined): readonly Trying[] => {
    const around = branches
      .filter((branch) => branch.start <= mutant.start && mutant.end <= branch.end)
      .sort((a, b) => a.end - a.start - (b.end - b.start))[0];
    const text = component.code?.slice(mutant.start, mutant.end) ?? '';
    if (around === undefined || !changed.includes(around) || isWording(text) || goesOn(text)) return [];
    if (noted.some(({ start, end }) => start <= mutant.start && mutant.end <= end)) return [];
    const was = text.replace(/\s+/g, ' ').slice(0, 80);
    // What stood in such a line before, by whatever names, has been looked at when it came.
    const asked = lines.has(shapeOf(lineAt(component.code ?? '', mutant.start))) ? undefined : missing(was);
    return [
      {
        branch: `${around.name} line ${around.line}`,
        place: `${component.path}:${mutant.line}`,
        what: `${was} became ${mutant.replacement.replace(/\s+/g, ' ').slice(0, 80)}`,
        component: switched,
        mutant: { component: key, id: mutant.id },
        ...(asked === undefined ? {} : { missing: asked }),
      },
    ];
  };
  /** What goes out so already has been looked at when it came: the line that it stands in was there, by whatever names. */
  const goesOut = (line: string): boolean => /\b(?:emit|fetch)\(/.test(line);
  const sent = new Set((old?.code ?? '').split('\n').filter(goesOut).map(shapeOf));
  const wentOut = (text: string, at: number): boolean => {
    const line = lineAt(text, at);
    return (goesOut(line) ? sent : lines).has(shapeOf(line));
  };
  const onBound = ({ start, end, replacement }: CodeMutant, was: string): string | undefined =>
    values.guards.some((guard) => guard.start === start && guard.end === end) &&
    isMovedBound(component.code?.slice(start, end) ?? '', replacement)
      ? `what stands exactly on the bound of ${was}`
      : undefined;
  return [
    ...mutants.flatMap((mutant) => trying(mutant, { ...component, code }, (was) => onBound(mutant, was))),
    ...values.mutants.flatMap((mutant) => {
      const { effect } = mutant;
      if (effect !== undefined)
        return trying(mutant, { ...component, code: values.code }, () => undefined).flatMap((one) =>
          wentOut(component.code ?? '', mutant.start)
            ? []
            : [{ ...one, missing: notShown(effect), apart: true as const, shownBy: 'what-left' as const }],
        );
      const found = mutant.instead === undefined ? undefined : standsIn(mutant.instead, component.contract, candidate.reading.model);
      // Texts and the like are mutants of Stryker's as well.
      const known = found?.kind !== 'otherwise' && mutant.mutator === 'absent' && mutant.instead?.given !== undefined;
      if (known || (found !== undefined && found.kind !== 'free' && found.kind !== 'otherwise')) return [];
      return trying(mutant, { ...component, code: values.code }, (was) =>
        mutant.mutator === 'filter'
          ? `a row that stands exactly on the bound of that filter (${was})`
          : found?.kind === 'otherwise'
            ? `${mutant.instead?.field} without a value, which counts as ${was} here and as ${JSON.stringify(found.default)} by its default`
            : undefined,
      );
    }),
  ];
}

/** With the step to write. */
const notShown = ({ kind, name }: NonNullable<ValueMutant['effect']>): string =>
  kind === 'emit'
    ? `what is emitted of ${name || 'it'}, such as { emitted: '${name || '...'}', then: [{ ... }] }`
    : `what is sent to ${name || 'the host outside'}, such as { sent: '${name || '...'}', then: [{ method: '...', body: { ... } }] }`;
const lineAt = (code: string, at: number): string => {
  const end = code.indexOf('\n', at);
  return code.slice(code.lastIndexOf('\n', at - 1) + 1, end < 0 ? code.length : end);
};
/** A line without the names in it: what is renamed is what it was. */
const shapeOf = (line: string): string => line.trim().replace(/\b(?!(?:lt|le|gt|ge)\b)[A-Za-z_$][\w$]*/g, 'x');
/** The same comparison with its bound in it, or out of it. The instrumenter prints blanks, quotes and brackets in a way of its own. */
function isMovedBound(was: string, replacement: string): boolean {
  const [a, b] = [was, replacement].map((text) => text.replace(/[\s()'"]/g, ''));
  return [...(a ?? '').matchAll(/[<>]=?/g)].some(({ 0: op, index }) => {
    const other = op.length === 1 ? `${op}=` : op.slice(0, 1);
    return `${a?.slice(0, index)}${other}${a?.slice(index + op.length)}` === b;
  });
}

const nothing: Pick<CodeFacts, 'branches' | 'noted'> = { branches: [], noted: [] };

/** Code that ends the process that reads it has no mutants: the gates before this one have refused it, or will at its next reading. */
async function mutated(engines: Engines, code: string): Promise<Mutated> {
  try {
    return (await engines.reader.mutate(code)) as unknown as Mutated;
  } catch (cause) {
    if (cause instanceof Fault && cause.code === 'parser-died') return { code, mutants: [], values: { code, mutants: [], guards: [] } };
    throw cause;
  }
}

/** What is said to people, in several words: examples look at codes and values. */
const isWording = (text: string): boolean => /^(['"`])[^'"`]*\s[^'"`]*\1$/.test(text);
/** Where the next page begins: no example has as many rows as a page. */
const goesOn = (text: string): boolean => /^\{\s*cursor(\s*:\s*[\w.]+)?\s*\}$/.test(text);
