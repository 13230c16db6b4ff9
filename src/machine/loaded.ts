/**
 * Builds a generation completely before it may serve: content, contracts, model, statements, component code in the hosts.
 * Building changes nothing; a generation that cannot be built never serves. Built ones are kept while they are routed or drain.
 */
import type { Pool } from 'pg';
import { type ChangeId, changeId, type Digest, Fault, hasBody, type Settings } from '#kernel';
import { componentKey, linkModel } from '#model';
import { prepareModel, type Prepared } from '#store';
import { loadComponents, loadGeneration, loadSources } from '#store/records';
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
  hosts: Hosts,
  readSettings: SettingsReader,
  id: Digest,
  activation: number,
): Promise<Loaded> {
  const generation = await loadGeneration(pool, id);
  if (generation === null) throw new Fault('tampered', `Generation ${id} is routed, and its content is not in the database.`);
  const [components, sources] = await Promise.all([loadComponents(pool, generation), loadSources(pool, [generation.settings])]);
  const settingsText = sources.get(generation.settings);
  if (settingsText === undefined || components.length !== generation.components.length)
    throw new Fault('tampered', `Parts of generation ${id} are missing in the database.`);
  const model = linkModel(
    readSettings(settingsText),
    components.map((component) => component.contract),
  );
  const code = new Map<string, string>();
  for (const component of components) {
    if (!hasBody(component.contract) || component.code === null) continue;
    code.set(component.contract.id, component.source);
    await hosts.load({
      key: componentKey(component.contract.kind, component.contract.name),
      digest: component.source,
      code: component.code,
    });
  }
  const changes = new Map(
    components.map((component) => [
      componentKey(component.contract.kind, component.contract.name),
      component.head.change === 'start' ? null : changeId(component.head.change),
    ]),
  );
  const files = new Map(components.map(({ contract, path }) => [componentKey(contract.kind, contract.name), path]));
  return { generation: id, activation, model, prepared: prepareModel(model), code, changes, files };
}
