/**
 * What a hostile component does with what it found, as text that stands before it. `deed(found)`: where `found` makes code
 * from text, or is or leads to a process, files are written and read, sockets opened, the environment told, a process ended.
 * `take(what)` tells at once, so that a success is heard even where the component then fails or never ends.
 */
import type { Target } from './world.ts';

export const spoils = 'SPOILS';

export const deedText = (target: Target): string => `const target = ${JSON.stringify(target)};
const loot = [];
let tell = () => {};
const take = (what) => { loot.push(String(what)); try { tell('${spoils} ' + String(what).slice(0, 4000)); } catch {} };
const deed = (found) => {
  const roots = [found];
  if (typeof found === 'function') for (const text of ['return this', 'return globalThis', 'return process']) try {
    const made = found(text);
    if (typeof made !== 'function') continue;
    take('code was made from text');
    const got = made();
    roots.push(got);
    if (got && typeof got.then === 'function') got.then((root) => deedOn(root), () => {});
  } catch {}
  for (const root of roots) deedOn(root);
};
const deedOn = (root) => {
  let system;
  try { system = typeof root.getBuiltinModule === 'function' ? root : root.process; } catch {}
  if (system === undefined || system === null || typeof system.getBuiltinModule !== 'function') return;
  take('a process was reached');
  const attempt = (go) => { try { take(go()); } catch {} };
  attempt(() => 'environment ' + JSON.stringify(system.env));
  attempt(() => system.getBuiltinModule('fs').readFileSync(target.secretFile, 'utf8'));
  attempt(() => system.getBuiltinModule('fs').writeFileSync(target.folder + '/written', 'x'));
  attempt(() => system.getBuiltinModule('net').connect(target.port, '127.0.0.1').on('error', () => {}));
  attempt(() => system.getBuiltinModule('net').connect(target.socket).on('error', () => {}));
  attempt(() => system.kill(target.victim, 'SIGKILL'));
};
`;
