/** Tries candidates with the product's own parts: the reader, the type checker, and trial runs of examples on the store in memory. */
import { tmpdir } from 'node:os';
import { trialRun } from '#adapters/trial-run';
import { typescriptChecker } from '#adapters/typescript-checker';
import { openHosts } from '#hosts';
import { Fault, type Json } from '#kernel';
import { printDeclarations, type Example, type SystemReading } from '#model';
import { readSystem } from '#model/read';
import { memoryStore } from '#store/memory';
import { bases, type BaseName } from './hand/every-candidate.ts';
import type { Files, Sources } from './hand/support/texts.ts';

export type Read = Extract<SystemReading, { ok: true }>;
export interface Trier {
  /** Names and reasons of the examples that do not come out as they say. */
  failing(reading: Read, examples?: readonly Example[]): Promise<readonly string[]>;
  typeProblems(files: Sources): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** The files of a base with the edits of a candidate. */
export const withFiles = (base: BaseName, ...edits: readonly Files[]): Sources =>
  Object.fromEntries(
    Object.entries({ ...bases[base], ...(Object.assign({}, ...edits) as Files) }).filter(([, text]) => text !== null),
  ) as Sources;

/** The system as it reads; throws with the problems where it does not. */
export function readable(files: Sources): Read {
  const reading = readSystem(files);
  if (!reading.ok) throw new Fault('bug', reading.problems.map((one) => `${one.path}:${one.line} ${one.message}`).join('\n'));
  return reading;
}
export const examplesAt = (reading: Read, path: string): readonly Example[] =>
  reading.tests.find((one) => one.path === path)?.examples ?? [];

export async function openTrier(): Promise<Trier> {
  const hosts = await openHosts({ size: 1, memoryMb: 256, log: () => {}, user: 'own', isolation: 'preferred', reachable: tmpdir() });
  const trial = trialRun({ hosts, begin: async (prepared, clock) => ({ store: memoryStore(prepared, clock), end: async () => {} }) });
  const checker = typescriptChecker();
  return {
    failing: async (reading, examples = reading.tests.flatMap((tests) => tests.examples)) => {
      const results = await trial.run(reading as unknown as Json, examples as unknown as Json);
      return results.filter((one) => !one.passed).map((one) => `${one.name}: ${one.why}`);
    },
    typeProblems: async (files) => {
      const sources = Object.fromEntries(Object.entries(files).filter(([path]) => path.endsWith('.ts')));
      await checker.open({ ...sources, '.theseus/entities.d.ts': printDeclarations(readable(files).model) });
      return (await checker.diagnose(Object.keys(sources))).map((one) => `${one.path}:${one.line} ${one.message}`);
    },
    close: async () => {
      await trial.close();
      await checker.close();
      await hosts.close();
    },
  };
}
