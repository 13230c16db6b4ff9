/** The reducer: a command becomes events or a refusal. It never acts; the machine performs and appends what happened. */
import type { AdmissionFacts } from './admission-facts.ts';
import { admissionConditions } from './admission.ts';
import type { ChangeId, Digest, Instant } from './brand.ts';
import type { Approval } from './certificate.ts';
import type { Policy } from './policy.ts';
import { quarantineOf, strikesInForce } from './quarantine.ts';
import { refuse, type Refusal } from './refusal.ts';
import type { KernelEvent, KernelState } from './state.ts';

export interface Steerer {
  readonly id: string;
  readonly roles: readonly string[];
}
export type Command = { readonly at: Instant; readonly by: Steerer } & (
  | { readonly kind: 'install'; readonly generation: Digest }
  | { readonly kind: 'approve'; readonly approval: Approval; readonly policy: Policy }
  | { readonly kind: 'admit'; readonly facts: AdmissionFacts }
  /** Of an admitted generation whose base serves now. */
  | { readonly kind: 'activate'; readonly generation: Digest }
  /** Of the newest change, or of `change` with all that came after it where `withLater` is said. */
  | { readonly kind: 'roll-back'; readonly change?: ChangeId; readonly withLater: boolean; readonly policy: Policy }
  /** The calls of a draining activation have ended. */
  | { readonly kind: 'close'; readonly activation: number }
  | { readonly kind: 'freeze'; readonly why: string; readonly policy: Policy }
  | { readonly kind: 'unfreeze'; readonly policy: Policy }
  /** A component version proved its guilt; `change` brought it, null where it was there from the start. */
  | {
      readonly kind: 'strike';
      readonly component: string;
      readonly source: Digest;
      readonly change: ChangeId | null;
      readonly why: string;
      readonly policy: Policy;
    }
  /** What is held against a version is forgotten, and it works again. */
  | { readonly kind: 'release'; readonly source: Digest; readonly policy: Policy }
);

export function decide(state: KernelState, command: Command): readonly KernelEvent[] | Refusal {
  const base = { at: command.at, by: command.by.id };
  switch (command.kind) {
    case 'install':
      if (state.line.length > 0) return refuse('conflict', 'This system has a generation already.');
      return [{ ...base, kind: 'installed', generation: command.generation, activation: state.routing.activation + 1 }];
    case 'approve':
      if (!may(command.by, command.policy.approve)) return forbidden('approve a change', command.policy.approve);
      if (command.approval.by !== command.by.id) return refuse('forbidden', 'An approval carries the name of the one who gives it.');
      if (state.approvals.some((given) => given.certificate === command.approval.certificate && given.by === command.by.id)) return [];
      return [{ ...base, kind: 'approved', approval: command.approval }];
    case 'admit': {
      const { predicate, certificate } = command.facts;
      const broken = admissionConditions(state, command.facts).filter((condition) => !condition.holds);
      if (broken.length > 0) {
        const code = broken.some((condition) => condition.name === 'not frozen') ? 'frozen' : 'not-admitted';
        return refuse(
          code,
          broken.map((condition) => condition.why).join(' '),
          broken.map((condition) => condition.name),
        );
      }
      if (state.admitted[predicate.generation]?.certificate === certificate) return [];
      return [{ ...base, kind: 'admitted', generation: predicate.generation, certificate, change: predicate.change, base: predicate.base }];
    }
    case 'activate': {
      const admitted = state.admitted[command.generation];
      if (admitted === undefined || admitted.change === null)
        return refuse('not-admitted', 'Only an admitted generation can be activated.');
      if (state.frozen !== null) return refuse('frozen', `All change is frozen by ${state.frozen.by}: ${state.frozen.why}`);
      if (state.routing.stable === command.generation) return [];
      if (admitted.base !== state.routing.stable)
        return refuse('conflict', 'The system has moved on since this generation was admitted; ask again.');
      return [
        { ...base, kind: 'activated', generation: command.generation, activation: state.routing.activation + 1, change: admitted.change },
      ];
    }
    case 'roll-back':
      return rollBack(state, command, base);
    case 'close': {
      const life = state.live[command.activation];
      if (life === undefined || life.state === 'closed') return [];
      if (life.state === 'serving') return refuse('conflict', 'An activation that serves is not closed.');
      return [{ ...base, kind: 'closed', activation: command.activation }];
    }
    case 'freeze':
      if (!may(command.by, command.policy.freeze)) return forbidden('freeze the system', command.policy.freeze);
      return state.frozen === null ? [{ ...base, kind: 'frozen', why: command.why }] : [];
    case 'unfreeze':
      if (!may(command.by, command.policy.freeze)) return forbidden('unfreeze the system', command.policy.freeze);
      return state.frozen === null ? [] : [{ ...base, kind: 'unfrozen' }];
    case 'strike':
      return strike(state, command, base);
    case 'release': {
      const held = state.held[command.source];
      if (!may(command.by, command.policy.approve)) return forbidden('release a component', command.policy.approve);
      if (held === undefined) return refuse('not-found', 'Nothing is held against that version of a component.');
      return [{ ...base, kind: 'released', component: held.component, source: held.source }];
    }
  }
}

/** A rollback is allowed in a freeze: it is the way out. */
function rollBack(
  state: KernelState,
  command: Command & { kind: 'roll-back' },
  base: { at: Instant; by: string },
): readonly KernelEvent[] | Refusal {
  if (!may(command.by, command.policy.rollback)) return forbidden('roll a change back', command.policy.rollback);
  const newest = state.line.at(-1);
  if (newest === undefined || newest.change === null) return refuse('conflict', 'There is no change to take back.');
  const at = command.change === undefined ? state.line.length - 1 : state.line.findIndex((entry) => entry.change === command.change);
  const target = state.line[at - 1];
  if (at < 1 || target === undefined) return refuse('not-found', 'That change is not in force, so there is nothing to take back.');
  const changes = state.line.slice(at).flatMap((entry) => (entry.change === null ? [] : [entry.change]));
  if (changes.length > 1 && !command.withLater) {
    return refuse(
      'conflict',
      `Later changes stand on it: ${changes.slice(1).join(', ')}. Take all of them back together, or ask for the opposite change.`,
      { later: changes.slice(1) },
    );
  }
  return [{ ...base, kind: 'rolled-back', generation: target.generation, activation: state.routing.activation + 1, changes }];
}

/** The last strike that policy allows quarantines the version; the change that brought it is taken back where it is the newest. */
function strike(state: KernelState, command: Command & { kind: 'strike' }, base: { at: Instant; by: string }): readonly KernelEvent[] {
  const { component, source, change, why, policy } = command;
  if (quarantineOf(state, source) !== null) return [];
  const struck: KernelEvent = { ...base, kind: 'struck', component, source, why };
  const strikes = strikesInForce(state, source, command.at) + 1;
  if (strikes < policy.strikes) return [struck];
  const held: KernelEvent = { ...base, kind: 'quarantined', component, source, why: `${strikes} strikes, the last one: ${why}` };
  const [newest, before] = [state.line.at(-1), state.line.at(-2)];
  if (policy.onQuarantine === 'hold' || change === null || newest?.change !== change || before === undefined) return [struck, held];
  return [
    struck,
    held,
    { ...base, kind: 'rolled-back', generation: before.generation, activation: state.routing.activation + 1, changes: [change] },
  ];
}

const may = (steerer: Steerer, roles: readonly string[]): boolean => steerer.roles.some((role) => roles.includes(role));
const forbidden = (deed: string, roles: readonly string[]): Refusal => refuse('forbidden', `Only ${roles.join(' or ')} may ${deed}.`);
