/**
 * `fetch` of a body. A read is asked at once and answered; everything else is an effect: it goes into the outbox with the transaction,
 * and leaves after the commit, with the id of its outbox row as its Idempotency-Key (`sendings.ts`).
 */
import { boundedCaps, type BodyTerms, type Call, type Credential, type Json, refuse } from '#kernel';
import type { SystemModel } from '#model';
import type { Outside } from '#ports';
import type { WriteTransaction } from '#store';
import type { BrokerParts } from '../broker.ts';
import { askedFetch, type FetchGrant } from './asked-fetch.ts';

export interface FetchTerms {
  readonly model: SystemModel;
  readonly contract: BodyTerms;
  readonly component: string;
  readonly call: Call;
  readonly tx: WriteTransaction;
  readonly clock: () => number;
  /** Without it nothing outside is asked: trials. */
  readonly outside?: Outside | undefined;
}
/** A read holds a transaction open: it may take no longer, and bring no more, whatever the caps of the contract. */
export const longestReadMs = 3_000;
const mostBytes = 1_000_000;

export const fetchGrants = ({ capabilities }: BodyTerms): readonly FetchGrant[] =>
  capabilities.filter((capability) => capability.kind === 'fetch');

/** What the machine adds to a request to this host; no component has a say in it. */
export function credentialFor({ settings }: SystemModel, host: string): { readonly credential?: Credential } {
  const credentials = settings.policy.outside?.credentials ?? {};
  const credential = Object.hasOwn(credentials, host) ? credentials[host] : undefined;
  return credential === undefined ? {} : { credential };
}

export function fetchOf({ model, contract, component, call, tx, clock, outside }: FetchTerms): NonNullable<BrokerParts['fetch']> {
  const grants = fetchGrants(contract);
  const bytes = Math.min(boundedCaps(contract.caps).bytes, mostBytes);
  return async (input, deny) => {
    const asked = askedFetch(input, grants, bytes);
    if ('why' in asked)
      return asked.asked === undefined
        ? refuse('malformed', asked.why)
        : deny(asked.asked, `${contract.name}: ${asked.why}`, asked.write ?? null);
    const { url, host, method, headers, body, read } = asked;
    if (!read) {
      await tx.send({ component, contract: contract.id, host, url, method, headers, body });
      return { status: 202, headers: {}, body: null, queued: true };
    }
    if (outside === undefined) return refuse('unavailable', `${host} is not asked here: in a trial nothing outside is.`);
    const answer = await outside.send({
      url,
      method,
      headers,
      body,
      hosts: grants.filter((grant) => grant.read && grant.methods.includes(method)).map((grant) => grant.host),
      privateHosts: model.settings.policy.outside?.private ?? [],
      ...credentialFor(model, host),
      wallMs: Math.max(1, Math.min(longestReadMs, call.deadline - clock())),
      bytes,
    });
    return answer as unknown as Json;
  };
}
