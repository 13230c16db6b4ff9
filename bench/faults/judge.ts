/**
 * One candidate before all gates, as the pipeline puts it before them: the asker's examples bound in, plain new fields shown where nothing shows them, trial runs on the store in memory. Nothing else is
 * asked: no label, no witness, no right change.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parserProcess } from '#adapters/parser-process';
import { doorInTrial } from '#api/trial';
import { trialRun } from '#adapters/trial-run';
import { typescriptChecker } from '#adapters/typescript-checker';
import { z3Solver } from '#adapters/z3-solver';
import type { AcceptanceExample } from '#change';
import { type Engines, type GateInput, gateInput, isBarred, prove, runGates, systemOf } from '#gates';
import { openHosts } from '#hosts';
import { canonicalJson, type Expression, type GateName, type Json } from '#kernel';
import { componentKey, decisionsOn, type Example, kindOfPath, type SystemModel } from '#model';
import { readSystem } from '#model/read';
import { withBinding, withShownFields } from '#pipeline';
import { memoryStore } from '#store/memory';
import { type BaseName, bases, type Candidate } from './hand/every-candidate.ts';
import type { Files, Sources } from './hand/support/texts.ts';
import { examplesAt, type Read, readable, withFiles } from './try-candidate.ts';

export interface Verdict {
  readonly passed: boolean;
  /** Every gate that does not let it on; where one ended the look early, those that spoke. */
  readonly stoppedBy: readonly GateName[];
  readonly why: readonly string[];
  readonly ms: number;
}
export interface Judge {
  judge(candidate: Candidate): Promise<Verdict>;
  /** Whether nothing can tell the two apart: the same contracts and code, or formulas that are proved to give the same. */
  same(one: Candidate, other: Candidate): Promise<boolean>;
  /** Whether weak tests of a good candidate still notice each piece of wrong code that its own tests notice. */
  noticesNoLess(weak: Candidate, good: Candidate, wrongCode: readonly Files[]): Promise<boolean>;
  close(): Promise<void>;
}

export async function openJudge(): Promise<Judge> {
  const [reader, types, solver] = [parserProcess({ timeoutMs: 60_000 }), typescriptChecker(), z3Solver()];
  const hosts = await openHosts({
    size: 1,
    memoryMb: 256,
    user: 'own',
    isolation: 'preferred',
    reachable: join(tmpdir(), 'theseus-faults'),
    log: () => {},
  });
  const memory = trialRun({
    hosts,
    door: doorInTrial,
    begin: async (prepared, clock) => ({ store: memoryStore(prepared, clock), end: async () => {} }),
  });
  const engines: Engines = { reader, types, trial: memory, memory, solver, cpuMs: () => reader.cpuMs() + types.cpuMs() };
  const known = new Map<BaseName, GateInput>();
  const baseOf = async (name: BaseName): Promise<GateInput> => {
    const input = known.get(name) ?? (await gateInput(bases[name], engines));
    if ('ok' in input) throw new Error(JSON.stringify(input.problems));
    known.set(name, input);
    return input;
  };
  return {
    judge: async (candidate) => {
      const base = await baseOf(candidate.base);
      const bound = await withBinding(candidate.files, acceptanceOf(candidate), candidate.id, base, reader);
      const { files } = await withShownFields(bound, base, engines);
      const whole = Object.fromEntries(Object.entries({ ...base.files, ...files }).filter(([, text]) => text !== null)) as Sources;
      const began = performance.now();
      const { evidence, passed } = await runGates(whole, candidate.scope, base, engines);
      const barring = evidence.filter(isBarred);
      return {
        passed,
        stoppedBy: barring.map(({ gate }) => gate),
        why: barring.flatMap(({ gate, findings }) =>
          findings
            .filter(({ verdict }) => verdict !== 'pass')
            .map(({ statement, witness }) => `${gate}: ${statement} ${JSON.stringify(witness ?? '')}`),
        ),
        ms: performance.now() - began,
      };
    },
    same: async (one, other) => {
      const [a, b] = [one, other].map(({ base, files }) => readable(withFiles(base, files)));
      if (a === undefined || b === undefined || bodiesOf(a) !== bodiesOf(b) || testsOf(a) !== testsOf(b)) return false;
      if (contractsOf(a.model, false) !== contractsOf(b.model, false)) return false;
      const formulas = [a.model, b.model].map(formulasOf);
      for (const [place, { about, of }] of formulas[0] ?? []) {
        const was = formulas[1]?.get(place)?.of;
        if (was === undefined) return false;
        if (canonicalJson(was as unknown as Json) === canonicalJson(of as unknown as Json)) continue;
        const answer = await prove(
          { system: systemOf(a.model), before: systemOf(b.model), about, given: [], claim: { kind: 'same', before: was, after: of } },
          solver,
          { milliseconds: 5_000 },
        );
        if (answer.verdict !== 'proved') return false;
      }
      return true;
    },
    noticesNoLess: async (weak, good, wrongCode) => {
      const paths = Object.keys(good.files).filter((path) => path.endsWith('.test.ts'));
      const testsWith = async ({ base, files }: Candidate): Promise<readonly Example[]> => {
        const reading = readable(withFiles(base, (await withShownFields(files, await baseOf(base), engines)).files));
        return paths.flatMap((path) => examplesAt(reading, path));
      };
      const [few, all] = [await testsWith(weak), await testsWith(good)];
      for (const files of wrongCode) {
        const reading = readSystem(withFiles(good.base, files));
        if (!reading.ok) continue;
        const notice = async (examples: readonly Example[]): Promise<boolean> =>
          examples.length > 0 &&
          (await memory.run(reading as unknown as Json, examples as unknown as Json, { stopAtFailure: true })).some(
            ({ passed }) => !passed,
          );
        if ((await notice(all)) && !(await notice(few))) return false;
      }
      return true;
    },
    close: async () => void (await Promise.all([reader.close(), types.close(), solver.close(), hosts.close()])),
  };
}

/** What the asker stated, beside the component that it is about. */
function acceptanceOf({ base, files, acceptance }: Candidate): readonly AcceptanceExample[] {
  if (acceptance === undefined) return [];
  const { path, text } = acceptance;
  const reading = readSystem(withFiles(base, files, { [path]: text }));
  // What cannot be read goes no further than the reader.
  if (!reading.ok) return [];
  const component = reading.components.find((one) => one.path === path.replace('.test.ts', '.ts'));
  const kind = component?.kind ?? kindOfPath(path);
  if (component === undefined || kind === undefined) throw new Error(`${path} stands beside nothing`);
  return examplesAt(reading, path).map((example) => ({
    component: componentKey(kind, component.name),
    example: example as unknown as Json,
    hidden: false,
  }));
}

const bodiesOf = ({ components }: Read): string =>
  JSON.stringify(components.map(({ path, code }) => [path, code?.replace(/\s+/g, ' ') ?? null]));
const testsOf = ({ tests }: Read): string =>
  canonicalJson(tests.map(({ path, examples, properties }) => [path, examples, properties]) as unknown as Json);

/** Contracts with the formulas that can be proved the same left out. */
function contractsOf(model: SystemModel, whole: boolean): string {
  const entities = model.entities.map((entity) => ({
    ...entity,
    fields: entity.fields.map((field) => (field.derived?.mode === 'live' && !whole ? { ...field, derived: 'formula' } : field)),
    invariants: entity.invariants.map((invariant) => ({ ...invariant, holds: null })),
  }));
  const rules = model.rules.map((rule) => ({
    ...rule,
    ...('decide' in rule ? { decide: null } : {}),
    ...('when' in rule ? { when: null } : {}),
    ...('amount' in rule ? { amount: null } : {}),
  }));
  const views = model.views.map((view) => ({ ...view, where: null, columns: view.columns.map((column) => ({ ...column, value: null })) }));
  return canonicalJson([entities, rules, views, model.workflows, model.operations, model.reactions, model.jobs] as unknown as Json);
}
function formulasOf(
  model: SystemModel,
): ReadonlyMap<string, { readonly about: SystemModel['entities'][number]['id']; readonly of: Expression }> {
  const found = new Map<string, { about: SystemModel['entities'][number]['id']; of: Expression }>();
  for (const { id, fields, invariants } of model.entities) {
    for (const rule of decisionsOn(model, id)) found.set(`${rule.id} decides`, { about: id, of: rule.decide });
    for (const field of fields) if (field.derived?.mode === 'live') found.set(field.id, { about: id, of: field.derived.formula });
    for (const invariant of invariants) found.set(`${id} ${invariant.name}`, { about: id, of: invariant.holds });
  }
  for (const rule of model.rules) {
    if ('when' in rule) found.set(`${rule.id} when`, { about: rule.on, of: rule.when });
    if ('amount' in rule && rule.amount !== undefined) found.set(`${rule.id} amount`, { about: rule.on, of: rule.amount });
  }
  for (const { id, from, where, columns } of model.views) {
    if (where !== undefined) found.set(`${id} where`, { about: from, of: where });
    for (const { name, value } of columns) found.set(`${id} ${name}`, { about: from, of: value });
  }
  return found;
}
