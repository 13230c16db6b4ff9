/**
 * Builds a generation completely before it may serve: content, contracts, model, statements, component code in the hosts.
 * Building changes nothing; a generation that cannot be built never serves. Built ones are kept while they are routed or drain.
 */
import type { Pool } from 'pg';
import { type ChangeId, changeId, type Digest, Fault, hasBody, type Settings } from '#kernel';
import { componentKey, linkModel } from '#model';
import { prepareModel, type Prepared } from '#store';
import { loadComponents, loadGeneration, loadSources, type StoredComponent } from '#store/records';
import type { Hosts } from '#hosts';
import type { Running } from './running.ts';

export interface Loaded extends Running {
  readonly prepared: Prepared;
  /** Id of an operation, a reaction or a job -> digest of its source, by which the hosts know its code. */
  readonly code: ReadonlyMap<string, string>;
  /** Component key -> the change that gave it its present form. */
  readonly changes: ReadonlyMap<string, ChangeId | null>;
  /** Component key -> its file inside the system. */
  readonly files: ReadonlyMap<string, string>;
}
export type SettingsReader = (text: string) => Settings;

export async function loadGenerationToRun(
  pool: Pool,
  hosts: Pick<Hosts, 'load'>,
  readSettings: SettingsReader,
  id: Digest,
  activation: number,
): Promise<Loaded> {
  const generation = await loadGeneration(pool, id);
  if (generation === null) throw new Fault('tampered', `Generation ${id} is routed, and its content is not in the database.`);
  const [components, sources] = await Promise.all([loadComponents(pool, generation), loadSources(pool, [generation.settings])]);
  const settings = sources.get(generation.settings);
  if (settings === undefined || components.length !== generation.components.length)
    throw new Fault('tampered', `Parts of generation ${id} are missing in the database.`);
  await giveToHosts(hosts, components);
  return buildLoaded(readSettings(settings), id, components, activation);
}

export async function giveToHosts(hosts: Pick<Hosts, 'load'>, components: readonly StoredComponent[]): Promise<void> {
  for (const { contract, code, source } of components)
    if (hasBody(contract) && code !== null) await hosts.load({ key: componentKey(contract.kind, contract.name), digest: source, code });
}

/** Of what was read already. Gives nothing to the hosts. */
export function buildLoaded(settings: Settings, id: Digest, components: readonly StoredComponent[], activation: number): Loaded {
  const model = linkModel(
    settings,
    components.map((component) => component.contract),
  );
  const code = new Map<string, string>();
  for (const { contract, code: text, source } of components) if (hasBody(contract) && text !== null) code.set(contract.id, source);
  const changes = new Map(
    components.map(({ contract, head }) => [
      componentKey(contract.kind, contract.name),
      head.change === 'start' ? null : changeId(head.change),
    ]),
  );
  const files = new Map(components.map(({ contract, path }) => [componentKey(contract.kind, contract.name), path]));
  return { generation: id, activation, model, prepared: prepareModel(model), code, changes, files };
}
