/**
 * What a component must not see passes it as a stand-in: secrets that callers typed, and tokens that it has issued. The vault of one
 * call knows what each stands for, forgets it with the call, and nothing of it is written down.
 */
import { randomBytes } from 'node:crypto';
import type { Field, Json } from '#kernel';
import type { PlainValues } from '#store';

export interface Vault {
  /** Values of these fields with a stand-in for every secret: fields that are one, and members of shapes whose format is `password`. */
  hidden(fields: readonly Field[], values: PlainValues): PlainValues;
  /** What a stand-in for a secret stands for; undefined where it is none of this call. */
  secret(standIn: string): string | undefined;
  /** A stand-in for a token. */
  token(token: string): string;
  /** An answer with the tokens in their places. */
  filled<Value>(value: Value): Value;
  /** Whether it stands for anything. */
  readonly holds: boolean;
}

export function openVault(): Vault {
  const secrets = new Map<string, string>();
  const tokens = new Map<string, string>();
  const standIn = (kind: string): string => `${kind}:${randomBytes(12).toString('hex')}`;
  const hide = (secret: string): string => {
    const name = standIn('secret');
    secrets.set(name, secret);
    return name;
  };
  return {
    hidden: (fields, values) => {
      let made = values;
      for (const { name, type } of fields) {
        const value = values[name];
        if (type.kind === 'text' && type.secret === true && typeof value === 'string') made = { ...made, [name]: hide(value) };
        else if (type.kind === 'json' && type.shape !== undefined && value !== undefined)
          made = { ...made, [name]: hiddenIn(type.shape, value as Json, hide) as never };
      }
      return made;
    },
    secret: (name) => secrets.get(name),
    token: (token) => {
      const name = standIn('token');
      tokens.set(name, token);
      return name;
    },
    filled: (value) => (tokens.size === 0 ? value : (filledIn(value, tokens) as typeof value)),
    get holds() {
      return secrets.size + tokens.size > 0;
    },
  };
}

/** Whether a value that was written down holds a stand-in for a token, which nothing can be put in the place of any more. */
export function holdsSpentToken(value: unknown): boolean {
  if (typeof value === 'string') return /^token:[0-9a-f]{24}$/.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsSpentToken);
}

const isObject = (value: unknown): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function hiddenIn(shape: Json, value: Json, hide: (secret: string) => string): Json {
  if (!isObject(shape)) return value;
  if (shape['format'] === 'password' && typeof value === 'string') return hide(value);
  const { items, additionalProperties } = shape;
  if (Array.isArray(value)) return items === undefined ? value : value.map((item: Json) => hiddenIn(items, item, hide));
  if (!isObject(value)) return value;
  const properties = isObject(shape['properties']) ? shape['properties'] : {};
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      hiddenIn((Object.hasOwn(properties, name) ? properties[name] : additionalProperties) ?? true, member, hide),
    ]),
  );
}

function filledIn(value: unknown, tokens: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return tokens.get(value) ?? value;
  if (Array.isArray(value)) return value.map((each) => filledIn(each, tokens));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, filledIn(member, tokens)]));
}
