/** A wish for speed in a whole system: real processes, the logins of each; what the evidence foretold is how service reads, and it goes back. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startThrowAwaySystem, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';

let system: ThrowAwaySystem;
before(async () => {
  system = await startThrowAwaySystem({ log: (line) => void (process.env['THESEUS_LOG'] && process.stderr.write(`${line}\n`)) });
});
after(() => system.stop());

test('searching is slow, is made faster with the figures in answer and evidence, finds what it found, and is taken back', async () => {
  const found = async (): Promise<readonly unknown[]> => (await system.call('GET', '/api/products?q=a&limit=20')).json.items ?? [];
  const before = await found();
  assert.ok(before.length > 0);
  const change = await system.ask('Searching products by name is slow');
  assert.equal(change.outcome, 'live', JSON.stringify(change));
  const detail = (await system.call('GET', `/_theseus/changes/${String(change['id'])}`)).json as unknown as {
    readonly understanding: { readonly echo: readonly string[]; readonly notes: readonly string[] };
    readonly decision: { readonly chosen: string; readonly options: readonly { readonly name: string; readonly value: string }[] };
    readonly evidence: readonly {
      readonly gate: string;
      readonly findings: readonly { readonly statement: string; readonly bound?: string }[];
    }[];
  };
  assert.deepEqual(detail.understanding.echo, ['Make searching products faster.']);
  const figures =
    /^Searching products looks at 20,000 rows in \d+ pages, .* ms .*; with the index it looks at \d+ rows? in \d+ pages, .*: [\d,]+ times fewer rows/;
  assert.match(detail.understanding.notes[0] ?? '', figures);
  const finding = detail.evidence.find(({ gate }) => gate === 'quality')?.findings[0];
  assert.match(finding?.statement ?? '', figures);
  assert.match(finding?.bound ?? '', /^over 20,000 generated rows \(the live system has \d+\)/);
  assert.equal(detail.decision.chosen, 'configure');
  assert.match(detail.decision.options.find(({ name }) => name === 'configure')?.value ?? '', figures);
  assert.deepEqual(await found(), before);

  const taken = await system.call('POST', '/_theseus/rollback', {});
  assert.ok(taken.status < 300, JSON.stringify(taken.json));
  assert.deepEqual(await found(), before);
});

test('what cannot be helped, and what need not be, is said', async () => {
  const total = await system.ask('Listing orders sorted by total is slow');
  assert.equal(total.outcome, 'refused');
  assert.match(String(total['why']), /no index can make it faster: total is computed when it is read/);
  const memory = await system.ask('Use less memory');
  assert.equal(memory.outcome, 'nothing-to-do');
  assert.match(String(memory['why']), /Held now: .*(?:kernel|PostgreSQL) \d+ MB/);
});
