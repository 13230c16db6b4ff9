/** What the owner decided in theseus.json: values, roles, who may steer, what may happen by itself. */
import type { Autonomy, RiskClass } from './certificate.ts';
import type { GateName } from './evidence.ts';

export interface Policy {
  /** Roles that may ask for a change, approve one, roll back, freeze. */
  readonly ask: readonly string[];
  readonly approve: readonly string[];
  readonly rollback: readonly string[];
  readonly freeze: readonly string[];
  readonly autonomy: { readonly [Risk in RiskClass]: Autonomy };
  /** Approvals needed where autonomy is `propose`. */
  readonly approvals: { readonly [Risk in RiskClass]: number };
  /** What the way in which a change is shown makes of its class; absent: `defaultAssurance`. */
  readonly assurance?: AssurancePolicy;
  /** Gates whose `pass` is needed, by risk. `unknown` counts as missing. */
  readonly gates: { readonly [Risk in RiskClass]: readonly GateName[] };
  /** `required`: hosts start only with an own user or namespaces. */
  readonly isolation: 'required' | 'preferred';
  readonly limits: Limits;
  /** Strikes of one component version within a day at which it is quarantined. */
  readonly strikes: number;
  /** Whether the kernel takes the newest change back by itself where that brought a version that is quarantined. */
  readonly onQuarantine: 'roll-back' | 'hold';
  /** A call of a model that would pass one of these is not made. */
  readonly budgets: Budgets;
  /** Of hosts outside, as contracts name them; absent: nothing. */
  readonly outside?: OutsidePolicy;
}
export interface AssurancePolicy {
  /** What is proved and narrow is asked for as a class lower: medium as low. */
  readonly lowerProven: boolean;
  /** What leaves a statement unknown is asked for as a class higher. */
  readonly raiseOpen: boolean;
  /** What alters more components than these is asked for as a class higher. */
  readonly wide: number;
  /** A region that the author of the code states and that covers this share of the rows or more, in percent, is wide. */
  readonly wideRegion: number;
}
export interface OutsidePolicy {
  /** Hosts that may have private addresses and be asked without TLS. */
  readonly private: readonly string[];
  /** What hosts are sent with each request, by host: one header, made of a secret that the machine alone knows. */
  readonly credentials?: { readonly [host: string]: Credential };
}
/** `secret` is a name, never a value. The header says `before` and then the value. */
export interface Credential {
  readonly header: string;
  readonly secret: string;
  readonly before: string;
}
/** What may be spent on models: US dollars, and tokens of input and output together. */
export interface Budget {
  readonly usd?: number;
  readonly tokens?: number;
}
export interface Budgets {
  readonly change: Budget;
  readonly day: Budget;
  readonly month: Budget;
}
/** How often one may knock. What is over is refused as `rate-limited`, with the seconds to wait. */
export interface Limits {
  /** Requests a second of one caller; null: as many as the machine can. */
  readonly calls: number | null;
  /** Alterations a second of one caller through the control API: requests for a change, approvals, rollbacks, keys. */
  readonly control: number;
  /** Failed sign-ins a minute from one address. */
  readonly signIns: number;
}
/** Who may do what with the rows of every entity, unless a component says more. */
export interface Role {
  readonly name: string;
  readonly read: boolean;
  readonly write: boolean;
  readonly sensitive: boolean;
}

/** What of theseus.json differs: nothing; strategies alone; roles or policy; or what every stored value stands on. */
export type SettingsChange = 'no' | 'strategies' | 'policy' | 'basis';

export interface Settings {
  readonly name: string;
  readonly currency: { readonly code: string; readonly digits: number };
  readonly timeZone: string;
  readonly locale: string;
  readonly collation: string;
  readonly roles: readonly Role[];
  readonly policy: Policy;
  /** By `kind/name#point`, the strategy in use; the first of a point where it is not named. */
  readonly strategies: { readonly [point: string]: string };
}
