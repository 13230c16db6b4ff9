import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { isRefusal, type Refusal } from '#kernel';
import type { ModelAnswer } from '#ports';
import { openModels } from '#adapters/language-models';
import { countedSpending } from '../../bench/models/counted-spending.ts';
import { startRehearsal } from './server.ts';

const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'theseus-rehearsal-'));
  folders.push(made);
  return made;
};
after(() => folders.forEach((path) => rmSync(path, { recursive: true, force: true })));

const call = async (url: string, text: string): Promise<ModelAnswer | Refusal> => {
  const [model] = openModels(
    {
      hiddenShare: 0,
      candidates: 1,
      models: [
        {
          name: 'hand',
          provider: 'openai-compatible',
          model: 'rehearsal',
          url,
          maxOutputTokens: 1_000,
          structured: 'text',
          totalMs: 60_000,
          stallMs: 20_000,
        },
      ],
    },
    {},
    countedSpending(),
  );
  assert.ok(model);
  return model.call({
    change: 'ch_1',
    phase: 'understand',
    instructions: 'Be brief.',
    messages: [{ role: 'user', text }],
    schema: { type: 'object' },
    maxOutputTokens: 100,
    signal: new AbortController().signal,
  });
};
/** Plays the model: writes `name` as soon as its prompt is there. */
const play = (where: string, prompt: string, name: string, text: string): Promise<void> =>
  new Promise((done) => {
    const watcher = watch(where, () => {
      if (!readdirSync(where).includes(prompt)) return;
      watcher.close();
      writeFileSync(join(where, name), text);
      done();
    });
  });

test('a prompt lies in a file until its answer lies beside it, and both can be replayed', async () => {
  const recorded = folder();
  const first = await startRehearsal({ folder: recorded });
  const playing = play(recorded, '001-prompt.md', '001-answer.md', 'Here:\n```json\n{"said":"by hand"}\n```\n');
  const answer = await call(first.url, 'Who are you?');
  await playing;
  assert.ok(!isRefusal(answer));
  assert.deepEqual(answer.value, { said: 'by hand' });
  assert.equal(readFileSync(join(recorded, '001-prompt.md'), 'utf8'), '# system\n\nBe brief.\n\n# user\n\nWho are you?\n');
  await first.close();

  const again = folder();
  const second = await startRehearsal({ folder: again, replay: recorded });
  const replayed = await call(second.url, 'Who are you?');
  assert.ok(!isRefusal(replayed));
  assert.deepEqual(replayed.value, { said: 'by hand' });
  await second.close();
});

test('a provider that says no is played by a file as well', async () => {
  const where = folder();
  const rehearsal = await startRehearsal({ folder: where });
  const playing = play(where, '001-prompt.md', '001-error.json', '{"status":401,"message":"no such key"}');
  const answer = await Promise.all([call(rehearsal.url, 'x'), playing]).then(([each]) => each);
  assert.match((answer as Refusal).why, /401/);
  await rehearsal.close();
});
