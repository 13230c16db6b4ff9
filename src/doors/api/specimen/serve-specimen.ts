/** A server over the specimen shop, on a free port: real HTTP, a machine in memory. */
import { serve, type Served, type ServeOptions } from '../serve.ts';
import { specimenAccess } from './access.ts';
import { specimenMachine, type SpecimenMachine } from './machine.ts';
import { specimenReads, type SpecimenReads } from './reads.ts';

export interface ServedSpecimen extends Served {
  readonly machine: SpecimenMachine;
  readonly reads: SpecimenReads;
  readonly faults: readonly { readonly [key: string]: unknown }[];
  /** Calls with the key of a role (`owner` where nothing is said; null: none). */
  call(
    method: string,
    path: string,
    options?: { readonly as?: string | null; readonly body?: unknown; readonly headers?: { readonly [name: string]: string } },
  ): Promise<Called>;
}
export interface Called {
  readonly status: number;
  readonly headers: Headers;
  readonly json: { readonly [key: string]: unknown };
  readonly text: string;
}

export async function serveSpecimen(options: Partial<ServeOptions> = {}): Promise<ServedSpecimen> {
  const machine = specimenMachine();
  const reads = specimenReads();
  const faults: { readonly [key: string]: unknown }[] = [];
  const served = await serve({ machine, reads, access: specimenAccess(), log: (entry) => void faults.push(entry), ...options });
  return {
    ...served,
    machine,
    reads,
    faults,
    call: async (method, path, { as = 'owner', body, headers = {} } = {}) => {
      const answer = await fetch(served.url + path, {
        method,
        redirect: 'manual',
        headers: {
          ...(as === null ? {} : { authorization: `Bearer key_${as}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await answer.text();
      const json = (answer.headers.get('content-type') ?? '').includes('json') && text !== '' ? (JSON.parse(text) as Called['json']) : {};
      return { status: answer.status, headers: answer.headers, json, text };
    },
  };
}
