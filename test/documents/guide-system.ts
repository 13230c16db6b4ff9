/** The files that a guide shows, as one system: read, type-checked, inspected, and its examples run. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parserProcess } from '#adapters/parser-process';
import { doorInTrial } from '#api/trial';
import { trialRun } from '#adapters/trial-run';
import { typescriptChecker } from '#adapters/typescript-checker';
import { openHosts } from '#hosts';
import type { Json } from '#kernel';
import { printDeclarations, type SystemReading } from '#model';
import { memoryStore } from '#store/memory';

const head = '/**\n * A part of the guide.\n *\n * why: to be read\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';

export const guideText = (name: string): string => readFileSync(join(import.meta.dirname, '../../docs/guides', name), 'utf8');

/** Code blocks that name a file. */
export const guideFiles = (guide: string): { readonly [path: string]: string } =>
  Object.fromEntries(
    [...guide.matchAll(/^```(?:ts|json) (\S+)\n([\s\S]*?)^```$/gm)].map(([, path = '', text = '']) => [
      path,
      path.endsWith('.json') || path.endsWith('.test.ts') ? text : `${head}${text}`,
    ]),
  );

/** Every example of the guide, and those given beside, must pass. Answers how many ran. */
export async function tryGuide(files: { readonly [path: string]: string }, beside: readonly Json[] = []): Promise<number> {
  const parser = parserProcess();
  const hosts = await openHosts({ size: 1, memoryMb: 256, log: () => {}, user: 'own', isolation: 'preferred', reachable: tmpdir() });
  const checker = typescriptChecker();
  try {
    const reading = (await parser.read(files)) as unknown as SystemReading;
    assert.ok(reading.ok, JSON.stringify(reading));
    const sources = Object.fromEntries(Object.entries(files).filter(([path]) => path.endsWith('.ts')));
    await checker.open({ ...sources, '.theseus/entities.d.ts': printDeclarations(reading.model) });
    assert.deepEqual(await checker.diagnose(Object.keys(sources)), []);
    const facts = (await parser.inspect(sources)) as { readonly [path: string]: { readonly findings: readonly unknown[] } };
    for (const [path, { findings }] of Object.entries(facts)) assert.deepEqual(findings, [], path);
    const trial = trialRun({
      hosts,
      door: doorInTrial,
      begin: async (prepared, clock) => ({ store: memoryStore(prepared, clock), end: async () => {} }),
    });
    const examples = reading.tests.flatMap((tests) => tests.examples) as unknown as readonly Json[];
    const results = await trial.run(reading as unknown as Json, [...examples, ...beside]);
    for (const result of results) assert.ok(result.passed, JSON.stringify(result));
    return results.length;
  } finally {
    await checker.close();
    await hosts.close();
    await parser.close();
  }
}
