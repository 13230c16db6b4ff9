/**
 * Hosts outside as an example states them. Nothing outside is ever asked in a trial: a read is answered with what a step before it said
 * (`{ outside: 'api.rates.example/latest', answers: { rate: 1.1 } }`), and refused where no step did.
 */
import { type Json, refuse } from '#kernel';
import type { Outside } from '#ports';

export interface StatedAnswers extends Outside {
  /** `address`: a host, or the beginning of an address without its scheme. The longest that fits answers. */
  state(address: string, answers: Json, status: number): void;
}

export function statedAnswers(): StatedAnswers {
  const stated = new Map<string, { readonly body: Json; readonly status: number }>();
  return {
    state: (address, body, status) => void stated.set(address, { body, status }),
    send: async ({ url }) => {
      const asked = url.replace(/^https?:\/\//, '');
      const [address] = [...stated.keys()].filter((one) => begins(asked, one)).sort((a, b) => b.length - a.length);
      const answer = address === undefined ? undefined : stated.get(address);
      const host = asked.split(/[/?#]/)[0] ?? '';
      return answer === undefined
        ? refuse(
            'unavailable',
            `${host} is not asked here: in a trial nothing outside is. An example says what it answers: { outside: '${host}', answers: { ... } }.`,
          )
        : { status: answer.status, headers: { 'content-type': 'application/json' }, body: answer.body };
    },
  };
}

/** `api.example` is not the beginning of `api.example.org`. */
export const begins = (asked: string, address: string): boolean =>
  asked.startsWith(address) && (address.includes('/') || ['/', '?', '#', undefined].includes(asked[address.length]));
