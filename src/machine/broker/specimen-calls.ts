/** A small system out of its sources, called as in service: real hosts, a store in memory. For tests of what bodies may do. */
import type { Caller, Digest } from '#kernel';
import { openHosts, type Hosts } from '#hosts';
import { digestOf, type ReadComponent, type SystemModel } from '#model';
import { readSystem } from '#model/read';
import { prepareModel } from '#store';
import { type MemoryStore, memoryStore } from '#store/memory';
import { type CallParts, noGuilt, openCalls } from '../calls.ts';
import type { Loaded } from '../loaded.ts';
import type { Calls } from '../running.ts';
import { type Denials, openDenials } from './denials.ts';

export const head = (what: string): string =>
  `/**\n * ${what}\n *\n * why: to be tried\n * change: start\n * generator: person\n * date: 2026-01-01\n */\n`;

/** An operation's source. `members` stand before its body; each `f_@` becomes an id of its own. */
export function operationSource(name: string, members: string, body: string, takes = 'data, input, row'): string {
  let ids = 0;
  const text = `${head(`Tries ${name}.`)}import { operation, refuse, integer, json, text } from 'theseus/sdk';\n\nexport default operation({\n  id: 'o_${name.toLowerCase().slice(0, 14)}',\n  name: '${name}',\n  ${members}\n  async run({ ${takes} }) {\n${body}\n  },\n});\n`;
  return text.replaceAll("'f_@'", () => `'f_${name.toLowerCase().slice(0, 10)}${(ids += 1)}'`);
}

export interface Specimen {
  readonly calls: Calls;
  readonly loaded: Loaded;
  readonly model: SystemModel;
  readonly store: MemoryStore;
  readonly denials: Denials;
  readonly components: readonly ReadComponent[];
}
const settings = {
  name: 'desk',
  currency: 'EUR',
  roles: {
    owner: { read: true, write: true, sensitive: true },
    clerk: { read: true, write: true },
    viewer: { read: true },
    guest: {},
  },
  policy: { isolation: 'preferred' },
};
export const caller = (...roles: string[]): Caller => ({ id: `u_${roles.join('_')}`, name: roles.join(' and '), roles });

export async function specimenCalls(
  hosts: Hosts,
  files: { readonly [path: string]: string },
  more: Partial<CallParts> = {},
): Promise<Specimen> {
  const reading = readSystem({ 'theseus.json': JSON.stringify(settings), ...files });
  if (!reading.ok) throw new Error(reading.problems.map(({ path, line, message }) => `${path}:${line}: ${message}`).join('\n'));
  const code = new Map<string, string>();
  for (const component of reading.components) {
    if (component.code === undefined) continue;
    const digest = digestOf(component.code);
    code.set(component.contract.id, digest);
    await hosts.load({ key: `${component.contract.kind}/${component.name}`, digest, code: component.code });
  }
  const prepared = prepareModel(reading.model);
  const loaded = {
    generation: prepared.generation as Digest,
    activation: 1,
    model: reading.model,
    prepared,
    code,
    changes: new Map(),
    files: new Map(),
  } as unknown as Loaded;
  const store = memoryStore();
  const denials = openDenials(Date.now, () => {});
  const calls = openCalls({
    store,
    hosts,
    clock: Date.now,
    log: () => {},
    guilt: noGuilt,
    failuresInFull: true,
    denials,
    loaded: () => loaded,
    routed: async () => loaded,
    ...more,
  });
  return { calls, loaded, model: reading.model, store, denials, components: reading.components };
}
export const openSpecimenHosts = (): Promise<Hosts> =>
  openHosts({ size: 1, reserve: 3, memoryMb: 400, user: 'own', isolation: 'preferred', reachable: '/nowhere', log: () => {} });
