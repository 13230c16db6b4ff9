/** Innocent callers: each has rows of its own and knows what every answer must be. Nothing is tried twice: what fails has failed. */
import type { HostileSystem } from '../../test/attacks/harness/systems.ts';

export interface Innocents {
  stop(): Promise<{ readonly asked: number; readonly failed: readonly string[]; readonly longestMs: number }>;
}

/** `part`: of the bench; the rows of each are its own. */
export async function openInnocents(system: HostileSystem, connections: number, components: number, part: string): Promise<Innocents> {
  const failed: string[] = [];
  let asked = 0;
  let longestMs = 0;
  let over = false;
  const ask = async (
    method: string,
    path: string,
    body: unknown,
    right: (status: number, json: Record<string, unknown>) => boolean,
  ): Promise<void> => {
    const began = performance.now();
    asked += 1;
    try {
      const { status, json } = await system.call(method, path, body);
      if (!right(status, json)) failed.push(`${method} ${path} ${JSON.stringify(body)}: ${status} ${JSON.stringify(json).slice(0, 300)}`);
    } catch (cause) {
      failed.push(`${method} ${path}: ${cause instanceof Error ? `${cause.message} ${String(cause.cause)}` : String(cause)}`);
    }
    longestMs = Math.max(longestMs, performance.now() - began);
  };
  const caller = async (number: number): Promise<void> => {
    const name = `thing of caller ${number} in ${part}`;
    const { json } = await system.call('POST', '/api/things', { name, amount: 0 });
    const path = `/api/things/${String(json['id'])}`;
    let amount = 0;
    for (let turn = 0; !over; turn += 1) {
      const component = 1 + ((turn * connections + number) % (components - 1));
      amount += turn * component;
      const isMine = (status: number, row: Record<string, unknown>): boolean =>
        status === 200 && row['id'] === json['id'] && row['name'] === name && row['amount'] === amount;
      await ask('POST', `/api/innocent/${component}`, { thing: json['id'], by: turn }, isMine);
      await ask('GET', path, undefined, isMine);
      amount = turn % 1_000;
      await ask('PATCH', path, { amount }, isMine);
      if (turn % 5 !== 0) continue;
      await ask(
        'POST',
        '/api/things',
        { name: `${name}, ${turn}`, amount: turn },
        (status, row) => status === 201 && row['amount'] === turn,
      );
      await ask('GET', `/api/things?name=${encodeURIComponent(name)}&limit=5`, undefined, (status, page) => {
        const items = page['items'] as readonly Record<string, unknown>[] | undefined;
        return status === 200 && items?.length === 1 && items[0]?.['amount'] === amount;
      });
    }
  };
  const work = Array.from({ length: connections }, (_, number) => caller(number));
  return {
    stop: async () => {
      over = true;
      await Promise.all(work);
      return { asked, failed, longestMs };
    },
  };
}
