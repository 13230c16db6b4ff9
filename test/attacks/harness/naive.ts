/**
 * The control: the same text, run the way that is not contained (a function made from text in a process with authority). What
 * the watchers then see is what they would have seen of a success.
 */
import { spawn } from 'node:child_process';
import type { IsolateAttack } from './attack.ts';
import { deedText } from './deed.ts';
import { textOf } from './isolates.ts';
import type { World } from './world.ts';

/** Runs an attack in a process of its own; answers what was seen. */
export async function runNaively(world: World, attack: IsolateAttack): Promise<readonly string[]> {
  const program = `
    const text = ${JSON.stringify(textOf(attack, deedText(world.target)))};
    const globals = {};
    const evaluate = new Function('globalThis', 'component', text);
    const ask = async () => ({});
    const turn = async (turn) => {
      evaluate(globals);
      const log = (message) => console.log('told: ' + message);
      const answer = await globals.component.run({ data: new Proxy({}, { get: () => ({ get: ask, list: ask, create: ask, update: ask, delete: ask }) }), input: { turn, secret: 'given-to-turn-' + turn + '-alone' }, row: null, today: '2026-01-31', caller: { id: 'u', name: 'Ada', roles: [] }, now: 1, random: () => 0.5, log, emit: ask, call: ask, fetch: ask });
      console.log('answer ' + turn + ': ' + JSON.stringify(answer));
    };
    (async () => { for (let n = 1; n <= ${attack.turns ?? 1}; n += 1) await turn(n); })().catch(() => {}).finally(() => setTimeout(() => process.exit(), 30));
  `;
  const child = spawn(process.execPath, ['--no-warnings', '--eval', program], {
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 5_000,
    env: process.env,
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (stdout += piece));
  await new Promise((done) => child.once('close', done));
  const seen: string[] = [];
  for (const line of stdout.split('\n')) {
    if (line.startsWith('told: SPOILS')) seen.push(line);
    if (/^answer \d+: .*"loot":\["/.test(line)) seen.push('loot');
    const turn = Number(/^answer (\d+): /.exec(line)?.[1]);
    for (let other = 1; other <= (attack.turns ?? 1); other += 1)
      if (other !== turn && line.startsWith('answer') && line.includes(`given-to-turn-${other}-alone`))
        seen.push(`turn ${turn} knows turn ${other}`);
  }
  for (const secret of world.secrets) if (stdout.includes(secret)) seen.push(`the secret ${secret} came out`);
  return seen;
}
