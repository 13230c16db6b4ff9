/** How long a host that cannot be stopped otherwise lives on, and how soon the next one answers, with all components known to it. */
import { HostDied, openHosts } from '#hosts';

const rounds = 12;
const bomb = 'globalThis.component = ({ async run() { let x = 3n; for (;;) x = x * x; } });';

export async function measureKills(
  components: number,
  say: (line: string) => void,
): Promise<{ readonly killed: readonly number[]; readonly respawned: readonly number[]; readonly reloaded: readonly number[] }> {
  let goneAt = 0;
  const hosts = await openHosts({
    size: 1,
    reserve: 1,
    memoryMb: 512,
    user: 'own',
    isolation: 'preferred',
    reachable: '/var/lib/theseus/attacks',
    log: (entry) => {
      if (entry['event'] === 'gone' && entry['role'] === 'shared') goneAt = performance.now();
    },
  });
  const names = Array.from({ length: components }, (_, number) => `c${number}`);
  for (const [number, name] of names.entries())
    await hosts.load({ key: `operation/${name}`, digest: name, code: `globalThis.component = ({ async run() { return ${number}; } });` });
  await hosts.load({ key: 'operation/bomb', digest: 'bomb', code: bomb });
  const ask = (digest: string): ReturnType<typeof hosts.call> =>
    hosts.call({
      key: `operation/${digest}`,
      component: digest,
      alone: false,
      input: { input: {}, row: null, today: '2026-01-31', caller: { id: 'u', name: 'Ada', roles: [] } },
      now: 0,
      seed: 'a seed',
      caps: { wallMs: 10_000, capabilityCalls: 10, rows: 10, bytes: 10_000 },
      deadline: Date.now() + 10_000,
      perform: async () => null,
    });
  const all = async (): Promise<void> => {
    for (const [number, name] of names.entries()) if ((await ask(name)) !== number) throw new Error(`${name} answered otherwise`);
  };
  const [killed, respawned, reloaded]: [number[], number[], number[]] = [[], [], []];
  await all();
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    await ask('bomb').catch((cause: unknown) => {
      if (!(cause instanceof HostDied)) throw cause;
    });
    killed.push(goneAt - began);
    if ((await ask('c0')) !== 0) throw new Error('c0 answered otherwise');
    respawned.push(performance.now() - goneAt);
    await all();
    reloaded.push(performance.now() - goneAt);
    say(`killed after ${Math.round(killed.at(-1) ?? 0)} ms, another answered after ${Math.round(respawned.at(-1) ?? 0)} ms`);
  }
  await hosts.close();
  return { killed, respawned, reloaded };
}
