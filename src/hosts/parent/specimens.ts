/** Components and calls for the tests of the hosts; and a driver of calls that does what the machine does when a host dies. */
import { isRefusal, type Json, type Refusal } from '#kernel';
import { HostDied } from './host-died.ts';
import { type Hosts, type HostsOptions, openHosts } from './open-hosts.ts';
import type { HostCall } from './running-call.ts';

/** The code of a component as the reader makes it: the body of `run` stands on line 3 of its source. */
export const codeOf = (body: string, before = ''): string =>
  `${before}globalThis.component =              ({\n  async run({ data, input, row, today: day, caller, now, random, log, emit }) {\n${body}\n  },\n});\n`;

export const openTestHosts = (options: Partial<HostsOptions> = {}): Promise<Hosts> =>
  openHosts({ size: 1, reserve: 2, memoryMb: 400, user: 'own', isolation: 'preferred', reachable: '/nowhere', log: () => {}, ...options });

export async function loadAll(hosts: Hosts, bodies: { readonly [digest: string]: string }): Promise<void> {
  for (const [digest, body] of Object.entries(bodies)) await hosts.load({ key: `operation/${digest}`, digest, code: codeOf(body) });
}

export const callOf = (digest: string, input: Json = {}, more: Partial<HostCall> = {}): HostCall => ({
  key: `operation/${digest}`,
  component: digest,
  alone: false,
  input: { input, row: null, today: '2026-01-31', caller: { id: 'u_1', name: 'Ada', roles: ['clerk'] } },
  now: 1_769_860_800_000,
  seed: 'a seed',
  caps: { wallMs: 5_000, capabilityCalls: 100, rows: 100, bytes: 100_000 },
  deadline: Date.now() + 5_000,
  perform: async (capability, asked) => ({ capability, asked }),
  ...more,
});

/** Calls, and where the host dies calls again, alone. `diedAlone`: it died alone, and not because somebody killed the host. */
export async function callAsTheMachineDoes(
  hosts: Hosts,
  call: HostCall,
): Promise<{ readonly value: Json | Refusal } | { readonly diedAlone: true }> {
  for (let alone = false; ; alone = true) {
    try {
      return { value: await hosts.call({ ...call, alone, deadline: Date.now() + 10_000 }) };
    } catch (cause) {
      if (!(cause instanceof HostDied)) throw cause;
      if (alone && cause.explained) return { diedAlone: true };
    }
  }
}
export const whyOf = (answer: Json | Refusal): string => (isRefusal(answer) ? `${answer.code}: ${answer.why}` : JSON.stringify(answer));
