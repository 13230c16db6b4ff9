/** Registers the tests of a class of attacks by reactions or jobs. The control does such a deed with the right to it, and must be seen. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { attacksOf } from './collection.ts';
import { type AttackedBench, openAttackedBench, runUnaskedAttack, type UnaskedAttack } from './unasked.ts';

export async function attackUnasked(kind: string, control: { readonly does: string } & UnaskedAttack): Promise<void> {
  const attacks = await attacksOf<UnaskedAttack>(kind);
  let bench: AttackedBench;
  before(async () => {
    bench = await openAttackedBench();
  });
  after(() => bench.close(), { timeout: 60_000 });
  for (const [name, attack] of attacks)
    test(`${kind}: ${name.replaceAll('-', ' ')}`, { timeout: 60_000 }, () => runUnaskedAttack(bench, attack));
  test(`control: ${control.does}`, { timeout: 60_000 }, async () => {
    await assert.rejects(runUnaskedAttack(bench, control), /seen to succeed/);
  });
}
