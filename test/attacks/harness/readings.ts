/**
 * Attacks on whoever reads: texts that kill or stall a parser, and texts that mislead a reader or a model. Each text is one file
 * beside a system that is well; it is read as the machine reads a candidate.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ParserProcess, parserProcess } from '#adapters/parser-process';
import type { OperationContract } from '#kernel';
import type { SystemReading } from '#model';
import { systemFiles } from '../../../scripts/throw-away-system.ts';
import { attacksOf } from './collection.ts';

export interface ReadingAttack {
  /** What is put into the body of an operation that is well otherwise. */
  readonly body?: string;
  /** What stands before the definition. */
  readonly before?: string;
  /** The whole file. */
  readonly text?: string;
  readonly path?: string;
  /** `refused`: it must not be read. `harmless`: where it is read, then with these capabilities and no others. */
  readonly must: 'refused' | 'harmless';
  /** Words that must stand in what a person is told. */
  readonly says?: RegExp;
}
const shop = systemFiles('systems/shop');
const path = 'operations/attack.ts';
const capabilities = `{ product: ['read'] }`;
const longestMs = 12_000;

export const operationText = (body: string, before: string = '', held: string = capabilities): string => `/**
 * An operation that looks harmless.
 *
 * why: to be read
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { integer, operation, refuse } from 'theseus/sdk';
${before}
export default operation({
  id: 'o_attack',
  name: 'attack',
  http: { method: 'POST', path: '/api/attack', status: 200 },
  input: { n: integer({ id: 'f_attn', no: 1 }) },
  capabilities: ${held},
  async run({ data, input }) {
    if (input.n === 0) refuse('conflict', 'No.');
    ${body}
  },
});
`;

/** What reading it came to, and what must not have happened meanwhile. */
export async function sightingsOf(reader: ParserProcess, attack: ReadingAttack): Promise<readonly string[]> {
  const text = attack.text ?? operationText(attack.body ?? '', attack.before);
  const seen: string[] = [];
  const [began, memory] = [performance.now(), process.memoryUsage.rss()];
  const reading = (await reader.read({ ...shop, [attack.path ?? path]: text })) as unknown as SystemReading;
  const tookMs = performance.now() - began;
  if (tookMs > longestMs) seen.push(`reading took ${Math.round(tookMs)} ms`);
  if (process.memoryUsage.rss() - memory > 300 * 1_048_576) seen.push('the machine grew by more than 300 MB');
  if (reading.ok) {
    if (attack.must === 'refused') seen.push('it was read');
    const contract = reading.components.find((component) => component.path === path)?.contract as OperationContract | undefined;
    const held = JSON.stringify(contract?.capabilities ?? []);
    if (contract !== undefined && held !== '[{"kind":"data","entity":"e_prod","access":["read"],"sensitive":[]}]')
      seen.push(`it holds ${held}`);
  } else {
    const said = reading.problems.map((problem) => problem.message).join('\n');
    if (said.length > 200_000) seen.push('what is said of it is huge');
    if (attack.says !== undefined && !attack.says.test(said)) seen.push(`it says: ${said.slice(0, 300)}`);
  }
  const next = (await reader.read(shop)) as unknown as SystemReading;
  if (!next.ok || next.model.entities.length !== 4) seen.push('the next reading is not well');
  return seen;
}

export async function attackReaders(kind: string): Promise<void> {
  const attacks = await attacksOf<ReadingAttack>(kind);
  let reader: ParserProcess;
  before(() => {
    reader = parserProcess();
  });
  after(() => reader.close());
  for (const [name, attack] of attacks)
    test(`${kind}: ${name.replaceAll('-', ' ')}`, { timeout: 60_000 }, async () => {
      assert.deepEqual(await sightingsOf(reader, attack), []);
    });
}
