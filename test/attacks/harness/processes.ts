/**
 * Attacks from inside a host's process, outside its isolates: what hostile code could do that broke the engine. The code stands
 * behind the host's own program; what it did is looked for from outside. The control does the same in a process with authority.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { containments, openUids, surroundings } from '../../../src/hosts/parent/containment.ts';
import { openFilesForHosts } from '../../../src/hosts/parent/files-for-hosts.ts';
import { spawnContained } from '../../../src/hosts/parent/spawn-contained.ts';
import type { World } from './world.ts';

export interface ProcessAttack {
  /** Functions as text; they may use `use(module)` and `target`, and answer a value or a promise. To end without an error is a success. */
  readonly attempts: { readonly [name: string]: string };
  /** What the control must have seen, where it is not that an attempt succeeded. Null: it cannot be tried with authority. */
  readonly control?: null;
}
export interface Tried {
  /** Attempts that ended well, and what the watchers of the world saw. */
  readonly successes: readonly string[];
}

const programOf = (world: World, { attempts }: ProcessAttack, addon: string, neighbour = 99_999_999): string => `
  const target = ${JSON.stringify({ ...world.target, addon, neighbour })};
  const use = (name) => process.getBuiltinModule(name);
  process.on('uncaughtException', () => {});
  const attempts = { ${Object.entries(attempts)
    .map(([name, text]) => `${JSON.stringify(name)}: ${text}`)
    .join(', ')} };
  const told = {};
  const patience = (work) => Promise.race([work, new Promise((_, late) => setTimeout(late, 1500, new Error('silence')))]);
  Promise.all(Object.entries(attempts).map(async ([name, go]) => {
    try { told[name] = 'done ' + String(await patience(go())).slice(0, 200); } catch (error) { told[name] = 'failed ' + String(error?.code ?? error?.message ?? error).slice(0, 100); }
  })).then(() => process.stdout.write('\\n{"kind":"told"}\\t' + JSON.stringify(told) + '\\n'));
`;

export async function tryContained(world: World, attack: ProcessAttack): Promise<Tried> {
  const files = openFilesForHosts('/var/lib/theseus/attacks');
  const uids = openUids();
  const around = surroundings('own');
  const [ways, ways2] = [containments(around, uids.take()), containments(around, uids.take())];
  const terms = { cpuMs: 500, most: 4, currencyDigits: 2 };
  for (const [at, containment] of ways.entries()) {
    // A host beside, where the attack is on one.
    const beside = Object.values(attack.attempts).join().includes('target.neighbour')
      ? spawnContained(files, ways2[at] ?? containment, terms)
      : null;
    if (beside !== null) await new Promise((up) => beside.stdout?.once('data', up));
    const told = await toldBy(spawnContained(files, containment, terms, programOf(world, attack, files.addonPath, beside?.pid)));
    const ended = beside !== null && (beside.exitCode ?? beside.signalCode) !== null ? ['the host beside was ended'] : [];
    beside?.kill('SIGKILL');
    if (told !== null) return { successes: [...told, ...ended, ...world.sightings()] };
  }
  throw new Error('no host starts here');
}

export async function tryWithAuthority(world: World, attack: ProcessAttack): Promise<Tried> {
  const { addonPath } = openFilesForHosts('/var/lib/theseus/attacks');
  const told = await toldBy(spawn(process.execPath, ['--no-warnings', '--eval', programOf(world, attack, addonPath)]));
  await new Promise((turn) => setImmediate(turn));
  return { successes: [...(told ?? []), ...world.sightings()] };
}

/** The attempts that ended well; null where the process did not start. A process that ends before it has told succeeded in nothing. */
async function toldBy(child: ChildProcess): Promise<readonly string[] | null> {
  let [out, heard] = ['', false];
  const answer = await new Promise<string | null>((done) => {
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      heard = true;
      out += piece;
      const line = out.split('\n').find((one) => one.startsWith('{"kind":"told"}\t'));
      if (line !== undefined && out.endsWith('\n')) done(line.slice(line.indexOf('\t') + 1));
    });
    child.once('exit', () => done(heard ? '{}' : null));
  });
  child.kill('SIGKILL');
  if (answer === null) return null;
  return Object.entries(JSON.parse(answer) as { readonly [name: string]: string })
    .filter(([, outcome]) => outcome.startsWith('done'))
    .map(([name, outcome]) => `${name}: ${outcome}`);
}
