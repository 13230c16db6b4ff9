/**
 * What one more loaded component costs a host: the growth of its resident memory while 200 components are loaded and called once,
 * divided by their number. The first few are left out: with them the host itself grows to its working size.
 */
import { readFileSync } from 'node:fs';
import { openHosts } from '#hosts';

const warmUp = 5;

export async function measureMemory(
  components: number,
  say: (line: string) => void,
): Promise<{ readonly mbPerComponent: number; readonly msPerComponent: number; readonly components: number }> {
  const hosts = await openHosts({
    size: 1,
    reserve: 1,
    memoryMb: 2_048,
    isolates: components + warmUp,
    user: 'own',
    isolation: 'preferred',
    reachable: '/var/lib/theseus/attacks',
    log: () => {},
  });
  try {
    const load = async (number: number): Promise<void> => {
      const digest = `m${number}`;
      await hosts.load({ key: `operation/${digest}`, digest, code: codeOf(number) });
      const answer = await hosts.call({
        key: `operation/${digest}`,
        component: digest,
        alone: false,
        input: { input: { thing: 'a', by: 2 }, row: null, today: '2026-01-31', caller: { id: 'u', name: 'Ada', roles: [] } },
        now: 0,
        seed: 'a seed',
        caps: { wallMs: 10_000, capabilityCalls: 10, rows: 10, bytes: 10_000 },
        deadline: Date.now() + 10_000,
        perform: async (capability) => (capability === 'thing.get' ? { id: 'a', amount: 3 } : { id: 'a', amount: 3 + 2 * number }),
      });
      if (JSON.stringify(answer) !== JSON.stringify({ id: 'a', amount: 3 + 2 * number })) throw new Error(`${digest} answered otherwise`);
    };
    for (let number = 0; number < warmUp; number += 1) await load(number);
    const pid = hosts.pids().find(({ role }) => role === 'shared')?.pid ?? 0;
    const [before, began] = [residentMb(pid), performance.now()];
    for (let number = warmUp; number < warmUp + components; number += 1) await load(number);
    const mbPerComponent = Math.round(((residentMb(pid) - before) / components) * 1_000) / 1_000;
    const msPerComponent = Math.round(((performance.now() - began) / components) * 100) / 100;
    say(`a host grew by ${mbPerComponent} MB for each of ${components} components; ${msPerComponent} ms to load and call one`);
    return { mbPerComponent, msPerComponent, components };
  } finally {
    await hosts.close();
  }
}
const codeOf = (number: number): string => `globalThis.component = ({
  async run({ data, input }) {
    const thing = await data.thing.get(input.thing);
    return data.thing.update(thing.id, { amount: (thing.amount ?? 0) + input.by * ${number} });
  },
});
`;
/** Megabytes of 1,048,576 bytes, as the operating system counts what a process has in memory. */
function residentMb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) / 1_024;
}
