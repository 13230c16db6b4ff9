/**
 * The first generation of a system, from its sources. It has no certificate, since nothing was there to change; what it is made of
 * is saved, its data prepared and its event written to the log as those of all others. Nothing happens where there is one already.
 */
import type { Pool } from 'pg';
import { Fault, instant, isRefusal } from '#kernel';
import { digestOf, generationOfReading, type SourceFiles, type SystemReading } from '#model';
import type { CodeReader } from '#ports';
import { saveComponents, saveGeneration, saveSources } from '#store/records';
import { type KernelLog, machineItself } from './kernel-log.ts';
import type { PreparationParts } from './preparation.ts';
import { storedOf } from './second-reading.ts';

export interface InstallParts extends Pick<PreparationParts, 'migrate'> {
  readonly pool: Pool;
  readonly reader: CodeReader;
  readonly log: KernelLog;
  readonly clock: () => number;
}

/** Whether there was something to install. Throws a Fault `setup` where the sources do not read, with each place. */
export async function install({ pool, reader, log, clock, migrate }: InstallParts, files: SourceFiles): Promise<boolean> {
  if ((await log.refresh()).line.length > 0) return false;
  const reading = (await reader.read(files)) as unknown as SystemReading;
  if (!reading.ok) {
    const places = reading.problems.map(({ path, line, message }) => `${path}:${line}: ${message}`);
    throw new Fault('setup', `The system cannot be read: ${places.join('\n')}`);
  }
  const generation = generationOfReading(files, reading);
  await saveSources(
    pool,
    Object.values(files).map((text) => ({ digest: digestOf(text), text })),
  );
  await saveComponents(
    pool,
    reading.components.map((component) => storedOf(files, component)),
  );
  await saveGeneration(pool, generation, null, null);
  await migrate(generation.id, reading.model);
  const events = await log.perform({ kind: 'install', at: instant(clock()), by: machineItself, generation: generation.id });
  if (isRefusal(events)) throw new Fault('bug', events.why);
  return true;
}
