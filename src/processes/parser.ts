/**
 * The disposable process that reads code. Started without files but the product's own, without network and children; it may
 * die of what it reads, and its parent takes that for a refusal. One JSON text a line in, one out; it keeps the files of its
 * last readings, so that a reading that differs in one file costs that one file.
 */
import { createInterface } from 'node:readline';
import type { ReadComponent, ReadTests, SourceFiles, SystemReading } from '#model';
import { readSystem } from '#model/read';
import { inspectComponent } from '#model/inspect';
import { mutantsOf } from '#model/mutants';

type Ask = { readonly id: number } & (
  | { readonly kind: 'read'; readonly base: number; readonly state: number; readonly changes: { readonly [path: string]: string | null } }
  | { readonly kind: 'inspect'; readonly files: SourceFiles }
  | { readonly kind: 'mutate'; readonly code: string }
);
interface State { readonly files: Map<string, string>; readonly components: ReadonlyMap<string, ReadComponent>; readonly tests: ReadonlyMap<string, ReadTests> }

/** More than the parent keeps. */
const KEPT = 6;
const states = new Map<number, State>([[0, { files: new Map(), components: new Map(), tests: new Map() }]]);

function read(ask: Ask & { kind: 'read' }): unknown {
  const base = states.get(ask.base);
  if (base === undefined) throw new Error('That reading is no longer kept.');
  const files = new Map(base.files);
  for (const [path, text] of Object.entries(ask.changes)) {
    if (text === null) files.delete(path);
    else files.set(path, text);
  }
  const reading: SystemReading = readSystem(Object.fromEntries(files));
  if (!reading.ok) return { ok: false, problems: reading.problems };
  const state: State = { files, components: new Map(reading.components.map((component) => [component.path, component])), tests: new Map(reading.tests.map((tests) => [tests.path, tests])) };
  for (const old of [...states.keys()].filter((number) => number !== 0).slice(0, -KEPT + 1)) states.delete(old);
  states.set(ask.state, state);
  return { ok: true, settings: reading.settings, components: differences(base.components, state.components), tests: differences(base.tests, state.tests) };
}

/** What a map has that another has not, by identity; null for what is gone. */
function differences<Value>(base: ReadonlyMap<string, Value>, next: ReadonlyMap<string, Value>): { [path: string]: Value | null } {
  const changes: { [path: string]: Value | null } = {};
  for (const [path, value] of next) if (base.get(path) !== value) changes[path] = value;
  for (const path of base.keys()) if (!next.has(path)) changes[path] = null;
  return changes;
}

async function answer(ask: Ask): Promise<unknown> {
  if (ask.kind === 'read') return read(ask);
  if (ask.kind === 'mutate') return mutantsOf(ask.code);
  return Object.fromEntries(Object.entries(ask.files).map(([path, text]) => [path, inspectComponent(path, text)]));
}

const say = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`);

createInterface({ input: process.stdin, crlfDelay: Infinity }).on('line', (line) => {
  const ask = JSON.parse(line) as Ask;
  answer(ask).then(
    (value) => say({ id: ask.id, value, cpu: process.cpuUsage() }),
    (error: unknown) => say({ id: ask.id, error: error instanceof Error ? error.message.slice(0, 500) : 'unknown', cpu: process.cpuUsage() }),
  );
});
say({ ready: true });
