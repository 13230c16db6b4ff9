/**
 * Runs the body of a component in a host, with a broker between it and the transaction of its call. What asks for another
 * operation from inside runs that one in the same transaction, by that one's own contract, and pays for it with its own caps.
 */
import { createHash } from 'node:crypto';
import {
  type BodyTerms,
  boundedCaps,
  type Call,
  type ComponentKind,
  Fault,
  isRefusal,
  type Json,
  type JsonObject,
  type OperationContract,
  refuse,
  type Refusal,
} from '#kernel';
import type { Hosts } from '#hosts';
import { componentKey } from '#model';
import { dateIn } from '#schema';
import type { Outside } from '#ports';
import { inputValues, type PlainRow, type PlainValues, type WriteTransaction } from '#store';
import { type Broker, openBroker, type Operate } from '../broker.ts';
import type { Loaded } from '../loaded.ts';
import { type Guilt, quarantineRefusal } from '../guilt.ts';
import type { Denials } from './denials.ts';
import { fetchOf } from './fetches.ts';
import type { Guesses } from './identity.ts';
import { mayCall } from './may-call.ts';
import { recorder, type Recording } from './recording.ts';
import { usualCost } from './secrets.ts';
import type { Tokens } from './tokens.ts';
import type { Vault } from './vault.ts';

export interface BodyParts {
  readonly hosts: Pick<Hosts, 'call'>;
  readonly clock: () => number;
  readonly log: (entry: { readonly [key: string]: Json }) => void;
  /** What is held against component versions, and who hears of what they do. */
  readonly guilt: Guilt;
  readonly denials?: Denials;
  /** Makes tokens for people who sign in; without it, in trials, what is issued proves nothing. */
  readonly tokens?: Tokens;
  /** Of the hashes of secrets, as a power of two. */
  readonly secretCost?: number;
  readonly guesses?: Guesses;
  /** Without it nothing outside is asked: trials. */
  readonly outside?: Outside;
}
/** One running body, and those around it. */
export interface BodyCall {
  readonly loaded: Loaded;
  readonly call: Call;
  readonly tx: WriteTransaction;
  /** In a host of its own. */
  readonly alone: boolean;
  /** Hears of each body that ran, inner ones first; without it nothing is written down. */
  readonly record?: ((recording: Recording) => void) | undefined;
  /** What must not be seen by the bodies of this call. */
  readonly vault: Vault;
  /** The bodies around, outermost first. */
  readonly around: readonly { readonly id: string; readonly broker: Broker; readonly deadline: number }[];
}
export type OperateIn = (
  at: BodyCall,
  operation: OperationContract,
  row: string | null,
  input: PlainValues,
) => Promise<PlainRow | PlainValues | null | Refusal>;

/** More bodies than these do not stand in one another. */
const deepest = 3;

/** `input` is made of the broker, so that what goes in passes it as well. */
export async function runBody(
  parts: BodyParts,
  at: BodyCall,
  contract: BodyTerms & { readonly kind: ComponentKind },
  input: (broker: Broker) => { readonly [name: string]: Json },
  operateIn: OperateIn,
): Promise<{ readonly result: Json; readonly broker: Broker } | Refusal> {
  const { loaded, call, tx, around, alone } = at;
  const component = componentKey(contract.kind, contract.name);
  const digest = loaded.code.get(contract.id);
  if (digest === undefined) throw new Fault('bug', `The code of ${contract.name} is not loaded.`);
  const quarantined = parts.guilt.quarantined(digest);
  if (quarantined !== null) return quarantineRefusal(component, quarantined);
  tx.runs(component);
  const caps = boundedCaps(contract.caps);
  const outer = around.at(-1);
  const deadline = Math.min(outer?.deadline ?? call.deadline, parts.clock() + caps.wallMs);
  /** What was refused inside may have written before: nothing around it can stand. */
  let inside: Refusal | undefined;
  const operate: Operate = async (operation, row, values, from) => {
    const within = [...around, { id: contract.id, broker: from, deadline }];
    if (within.some(({ id }) => id === operation.id))
      return refuse('impossible', `${operation.name} is running already in this call, and cannot be called from inside itself.`);
    if (within.length >= deepest)
      return refuse(
        'impossible',
        `${operation.name} would be the operation number ${deepest + 1} inside one call; ${deepest} is the most.`,
      );
    const checked = mayCall(operation, call.caller, loaded) ?? inputValues(loaded.model.settings, operation.input, values);
    if (isRefusal(checked)) return checked;
    if ((row === null) !== (operation.on === undefined))
      return refuse(
        'malformed',
        operation.on === undefined ? `${operation.name} acts on no row.` : `${operation.name} acts on a row: say on: its id.`,
      );
    const answer = await operateIn({ ...at, around: within }, operation, row, checked);
    if (isRefusal(answer)) inside ??= answer;
    return answer;
  };
  const broker = openBroker({
    model: loaded.model,
    contract,
    component,
    tx,
    operate,
    log: (message) => parts.log({ kind: 'log', component, call: call.call, message }),
    ...(outer === undefined ? {} : { outer: outer.broker }),
    ...(parts.denials === undefined ? {} : { denied: parts.denials.add }),
    identity: {
      vault: at.vault,
      tokens: parts.tokens,
      cost: parts.secretCost ?? usualCost,
      guesses: parts.guesses ?? noGuesses,
      now: parts.clock(),
    },
    fetch: fetchOf({ model: loaded.model, contract, component, call, tx, clock: parts.clock, outside: parts.outside }),
  });
  const suspect = parts.guilt.suspect(digest);
  const terms = {
    component: digest,
    input: {
      ...input(broker),
      today: dateIn(loaded.model.settings.timeZone, call.now),
      caller: { id: call.caller.id, name: call.caller.name, roles: call.caller.roles },
    },
    now: call.now,
    seed: seedOf(call, around),
    caps,
  };
  const recorded = at.record === undefined ? undefined : recorder(broker.perform);
  const result = await parts.hosts.call({
    ...terms,
    key: component,
    alone: alone || suspect,
    suspect,
    deadline,
    perform: recorded?.perform ?? broker.perform,
  });
  if (recorded !== undefined)
    at.record?.({
      ...terms,
      component,
      source: digest,
      generation: loaded.generation,
      call: call.call,
      asks: recorded.asks(),
      answered: recorded.answered,
      result,
    });
  if (inside !== undefined) return inside;
  return isRefusal(result) ? ofItself(result, component) : { result, broker };
}

/** In trials nobody is kept from guessing. */
const noGuesses: Guesses = { begun: () => true, undone: () => {} };

/** A component may say that it failed, never that another did, nor that it is in quarantine. */
function ofItself(refusal: Refusal, component: string): Refusal {
  if (refusal.code !== 'component-failed') return refusal;
  const { evidence } = refusal;
  const said: JsonObject = typeof evidence === 'object' && evidence !== null && !Array.isArray(evidence) ? (evidence as JsonObject) : {};
  return said['component'] === component && !Object.hasOwn(said, 'quarantined')
    ? refusal
    : refuse('component-failed', `${component} failed: ${refusal.why}`, { component, deed: 'contract' });
}

/** One call has one seed: a retry of the same call draws the same randomness, what it calls another. */
function seedOf(call: Call, around: BodyCall['around']): string {
  const place = around.map(({ id, broker }) => `${id} ${broker.counts.asks}`).join(' ');
  return createHash('sha256')
    .update(place === '' ? call.call : `${call.call} ${place}`)
    .digest('hex');
}
