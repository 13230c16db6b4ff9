/** Signing people in for a component that holds the capability: secrets are checked and tokens issued here, and it sees stand-ins alone. */
import { type EntityContract, isRefusal, isRowId, type Json, type PermanentId, refuse, type Refusal } from '#kernel';
import { entityById, type SystemModel } from '#model';
import type { PlainRow, WriteTransaction } from '#store';
import { hashSecret, isSecret, markOf, withTokensEnded } from './secrets.ts';
import type { Tokens } from './tokens.ts';
import type { Vault } from './vault.ts';

export interface IdentityParts {
  readonly model: SystemModel;
  readonly tx: WriteTransaction;
  readonly vault: Vault;
  /** Absent in trials: what is issued there proves nothing. */
  readonly tokens: Tokens | undefined;
  readonly cost: number;
  readonly guesses: Guesses;
  readonly now: number;
  /** Of the component that asks. */
  readonly by: PermanentId;
}
/** How often somebody has guessed at a login. A guess counts from its beginning, so that many at once are no more than one by one. */
export interface Guesses {
  begun(who: string, now: number): boolean;
  /** It was no guess: the secret was right, or was not looked at. */
  undone(who: string, now: number): void;
}
const mostGuesses = 10;
const guessMs = 60_000;
const mostLogins = 50_000;

export function openGuesses(): Guesses {
  const failures = new Map<string, readonly number[]>();
  const recent = (who: string, now: number): readonly number[] => (failures.get(who) ?? []).filter((at) => at > now - guessMs);
  return {
    begun: (who, now) => {
      const before = recent(who, now);
      if (before.length >= mostGuesses) return false;
      failures.delete(who);
      // The one that was guessed at longest ago goes first: nobody clears the count of another by guessing at many.
      if (failures.size >= mostLogins) for (const oldest of failures.keys()) if (failures.size >= mostLogins) failures.delete(oldest);
      failures.set(who, [...before, now]);
      return true;
    },
    undone: (who, now) => {
      const left = recent(who, now);
      const at = left.indexOf(now);
      if (at < 0) return;
      if (left.length === 1) failures.delete(who);
      else failures.set(who, left.toSpliced(at, 1));
    },
  };
}

const day = 86_400_000;
const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `shown` masks a row as the component may see it. */
export async function signing(
  verb: string,
  input: Json,
  entity: EntityContract,
  parts: IdentityParts,
  shown: (row: PlainRow) => Json,
): Promise<Json | Refusal> {
  const { identity } = entity;
  const [login, secret] = ['login', 'secret'].map((part) =>
    entity.fields.find((field) => field.id === identity?.[part as 'login' | 'secret']),
  );
  if (identity === undefined || login === undefined || secret === undefined)
    return refuse('impossible', `Rows of ${entity.name} do not sign in.`);
  const { tx, vault, now } = parts;
  if (verb === 'check') {
    if (!isObject(input) || typeof input['login'] !== 'string' || typeof input['secret'] !== 'string')
      return refuse('malformed', 'identity.check takes a login and a secret.');
    const who = `${entity.id} ${input['login']}`;
    if (!parts.guesses.begun(who, now))
      return refuse('rate-limited', 'Too many wrong secrets for this login. Wait a minute.', { seconds: 60 });
    const found = await tx.list(entity.id, { filters: [{ field: login.name, op: 'eq', value: input['login'] }], limit: 1 });
    if (isRefusal(found)) {
      parts.guesses.undone(who, now);
      return found;
    }
    const [row] = found.items as unknown as readonly PlainRow[];
    const kept = row?.[secret.name];
    const typed = vault.secret(input['secret']);
    const right = await isSecret(typed ?? '', typeof kept === 'string' ? kept : undefined, parts.cost);
    if (isRefusal(right)) parts.guesses.undone(who, now);
    if (isRefusal(right)) return right;
    if (row === undefined || !right || typed === undefined) return null;
    parts.guesses.undone(who, now);
    return shown(row);
  }
  if (typeof input !== 'string' || !isRowId(input)) return refuse('malformed', `identity.${verb} takes the id of a row.`);
  const row = await tx.get(entity.id, input);
  if (isRefusal(row)) return row;
  const kept = row[secret.name];
  if (typeof kept !== 'string') return refuse('conflict', `This ${entity.name} has no secret to sign in with.`);
  if (verb === 'issueToken') {
    const claims = { entity: entity.id, row: input, mark: markOf(kept), expires: now + identity.days * day };
    return vault.token(parts.tokens?.issue(claims) ?? `token of a trial for ${input}`);
  }
  if (verb === 'endTokens') {
    const ended = await tx.update(entity.id, input, { [secret.name]: withTokensEnded(kept) }, { by: parts.by });
    return isRefusal(ended) ? ended : null;
  }
  return refuse('forbidden', `There is no capability identity.${verb.slice(0, 40)}.`);
}

/** Values that are written, with the hash of each secret in the place of its stand-in; what is no stand-in is refused. */
export async function withHashes(
  entity: EntityContract,
  values: { readonly [name: string]: Json },
  { model, vault, cost }: Pick<IdentityParts, 'model' | 'vault' | 'cost'>,
): Promise<{ readonly [name: string]: Json } | Refusal> {
  const secret = entityById(model, entity.id)?.fields.find((field) => field.id === entity.identity?.secret);
  if (secret === undefined || !Object.hasOwn(values, secret.name) || secret.type.kind !== 'text') return values;
  const given = values[secret.name];
  const typed = typeof given === 'string' ? vault.secret(given) : undefined;
  const fault = (message: string): Refusal => refuse('invalid', 'Some values are not allowed.', { fields: { [secret.name]: message } });
  if (typed === undefined) return fault('must be a secret that a caller has typed: an input that is a secret');
  const characters = [...typed].length;
  if (characters < (secret.type.min ?? 8)) return fault(`must have at least ${secret.type.min ?? 8} characters`);
  if (characters > (secret.type.max ?? 200)) return fault(`must have at most ${secret.type.max ?? 200} characters`);
  const hash = await hashSecret(typed, cost);
  return isRefusal(hash) ? hash : { ...values, [secret.name]: hash };
}
