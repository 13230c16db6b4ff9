/** `policy.outside` of theseus.json: which hosts may be inside, and what the machine tells whom of who we are. Values of secrets never stand there. */
import type { Credential, OutsidePolicy } from '#kernel';
import { isHostName } from '../host-name.ts';

type Problem = (key: string, message: string) => void;

/** Headers that carry the connection or the request itself; a secret has no business in them. */
const notOurs =
  /^(?:host|connection|content-.*|transfer-encoding|te|trailer|upgrade|expect|keep-alive|proxy-.*|accept.*|user-agent|idempotency-key|if-.*)$/;

export function outsideOf(json: unknown, problem: Problem): OutsidePolicy {
  const known = isObject(json) && Object.keys(json).every((name) => name === 'private' || name === 'credentials');
  const hosts: unknown = isObject(json) ? (json['private'] ?? []) : undefined;
  if (!known || !Array.isArray(hosts) || !hosts.every((host): host is string => typeof host === 'string' && isHostName(host))) {
    problem(
      'outside',
      'outside must be { "private": ["erp.internal:8080"] }: hosts that may have private addresses and be asked without TLS; and beside it "credentials"',
    );
    return { private: [] };
  }
  return { private: hosts, ...(json['credentials'] === undefined ? {} : { credentials: credentialsOf(json['credentials'], problem) }) };
}

function credentialsOf(json: unknown, problem: Problem): NonNullable<OutsidePolicy['credentials']> {
  const made: { [host: string]: Credential } = {};
  if (!isObject(json)) {
    problem(
      'credentials',
      'credentials must be { "api.example.com": { "header": "authorization", "before": "Bearer ", "secret": "EXAMPLE_KEY" } }',
    );
    return made;
  }
  for (const [host, said] of Object.entries(json)) {
    const credential = credentialOf(said);
    if (!isHostName(host) || credential === undefined)
      problem(
        'credentials',
        `the credential of ${JSON.stringify(host.slice(0, 100))} must be of a host: { "header": "authorization", "before": "Bearer ", "secret": "EXAMPLE_KEY" }; the secret is named in capitals, and its value set by theseus secret set`,
      );
    else made[host] = credential;
  }
  return made;
}

function credentialOf(json: unknown): Credential | undefined {
  if (!isObject(json) || !Object.keys(json).every((name) => ['header', 'secret', 'before'].includes(name))) return undefined;
  const { header, secret, before = '' } = json;
  if (typeof header !== 'string' || !/^[a-z][a-z0-9-]{0,60}$/.test(header) || notOurs.test(header)) return undefined;
  if (typeof secret !== 'string' || !/^[A-Z][A-Z0-9_]{0,39}$/.test(secret)) return undefined;
  if (typeof before !== 'string' || !/^[\x20-\x7e]{0,40}$/.test(before)) return undefined;
  return { header, secret, before };
}
const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
