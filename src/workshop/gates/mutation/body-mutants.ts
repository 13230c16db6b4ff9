/** Mutants of the changed branches of a body, by Stryker's instrumenter, behind switches in one text. */
import { Fault } from '#kernel';
import { type CodeFacts, componentKey, type ReadComponent } from '#model';
import type { Mutated } from '#ports';
import type { ChangedComponent } from '../differences.ts';
import type { Engines, GateInput } from '../gate.ts';
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
  const { code, mutants } = await mutated(engines, component.code);
  const switched = { ...component, code };
  return mutants.flatMap((mutant): Trying[] => {
    const around = branches
      .filter((branch) => branch.start <= mutant.start && mutant.end <= branch.end)
      .sort((a, b) => a.end - a.start - (b.end - b.start))[0];
    const text = component.code?.slice(mutant.start, mutant.end) ?? '';
    if (around === undefined || !changed.includes(around) || isWording(text) || goesOn(text)) return [];
    if (noted.some(({ start, end }) => start <= mutant.start && mutant.end <= end)) return [];
    const was = text.replace(/\s+/g, ' ').slice(0, 80);
    return [
      {
        branch: `${around.name} line ${around.line}`,
        place: `${component.path}:${mutant.line}`,
        what: `${was} became ${mutant.replacement.replace(/\s+/g, ' ').slice(0, 80)}`,
        component: switched,
        mutant: { component: componentKey(component.kind, component.name), id: mutant.id },
      },
    ];
  });
}

const nothing: Pick<CodeFacts, 'branches' | 'noted'> = { branches: [], noted: [] };

/** Code that ends the process that reads it has no mutants: the gates before this one have refused it, or will at its next reading. */
async function mutated(engines: Engines, code: string): Promise<Mutated> {
  try {
    return (await engines.reader.mutate(code)) as unknown as Mutated;
  } catch (cause) {
    if (cause instanceof Fault && cause.code === 'parser-died') return { code, mutants: [] };
    throw cause;
  }
}

/** What is said to people, in several words: examples look at codes and values. */
const isWording = (text: string): boolean => /^(['"`])[^'"`]*\s[^'"`]*\1$/.test(text);
/** Where the next page begins: no example has as many rows as a page. */
const goesOn = (text: string): boolean => /^\{\s*cursor(\s*:\s*[\w.]+)?\s*\}$/.test(text);
