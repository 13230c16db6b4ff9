import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parserProcess } from '#adapters/parser-process';
import { trialRun } from '#adapters/trial-run';
import { typescriptChecker } from '#adapters/typescript-checker';
import { openHosts } from '#hosts';
import { deepestChain, type Json } from '#kernel';
import { printDeclarations, type SystemReading } from '#model';
import { memoryStore } from '#store/memory';

const guide = readFileSync(join(import.meta.dirname, '../../docs/guides/reactions-and-jobs.md'), 'utf8');
const head = '/**\n * A part of the guide.\n *\n * why: to be read\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';

/** Code blocks that name a file, as the files of one system. */
const files: { readonly [path: string]: string } = Object.fromEntries(
  [...guide.matchAll(/^```(?:ts|json) (\S+)\n([\s\S]*?)^```$/gm)].map(([, path = '', text = '']) => [
    path,
    path.endsWith('.json') || path.endsWith('.test.ts') ? text : `${head}${text}`,
  ]),
);

test('the system of the guide reads, passes the type checker, and does what its examples say', async () => {
  assert.equal(Object.keys(files).length, 6);
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
    const trial = trialRun({ hosts, begin: async (prepared, clock) => ({ store: memoryStore(prepared, clock), end: async () => {} }) });
    const results = await trial.run(reading as unknown as Json, reading.tests.flatMap((tests) => tests.examples) as unknown as Json);
    assert.equal(results.length, 3);
    for (const result of results) assert.ok(result.passed, JSON.stringify(result));
  } finally {
    await checker.close();
    await hosts.close();
    await parser.close();
  }
});

test('the numbers of the guide are those that hold', async () => {
  const { unaskedDefaults } = await import('#model');
  const { attempts, firstMs, mostMs } = unaskedDefaults.retries;
  assert.match(
    guide,
    new RegExp(
      `\`retries.firstMs\` \\(${firstMs / 1_000} s\\).*\`mostMs\` \\(${mostMs / 60_000} min\\).*\`attempts\` \\(${attempts}\\)`,
      's',
    ),
  );
  const { runs, wallMs } = unaskedDefaults.hourly;
  assert.match(guide, new RegExp(`\`hourly.runs\` \\(${runs.toLocaleString('en')}\\) and \`hourly.wallMs\` \\(${wallMs / 60_000} min`));
  assert.match(guide, new RegExp(`end after ${deepestChain}, as a dead letter`));
});
